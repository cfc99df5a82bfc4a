"""The forms of a plan: what is done, what shall be different, how it shows, and what is honest to say."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.forms import DateField

from ..models import MOST_OUTCOMES, IndicatorVersion, Measure, Outcome, Plan, PlannedIndicator, Unit
from ..suggesting import Suggestion
from .numbers import NumberField

WHOLE = (Unit.PERSONS, Unit.PIECES, Unit.ORGANISATIONS, Unit.EVENTS)
"""What there is no half of."""


class _PlanForm(forms.ModelForm):  # type: ignore[type-arg]
    """Some of a plan's words, with the version that the form was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    @property
    def words(self) -> dict[str, str]:
        """What was written, without the version."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def _post_clean(self) -> None:
        """The plan itself is changed by its action alone."""


class AroundForm(_PlanForm):
    """What is done, and for whom."""

    class Meta:
        model = Plan
        fields = ("does", "for_whom")
        widgets = {name: forms.Textarea({"rows": 4, "maxlength": 1500}) for name in fields}


class HonestForm(_PlanForm):
    """What would have happened anyway, what can go wrong, what went worse, and what nobody knows."""

    class Meta:
        model = Plan
        fields = ("anyway", "risk", "worse", "unknown")
        widgets = {name: forms.Textarea({"rows": 3, "maxlength": 1500}) for name in fields}


class OutcomesForm(forms.Form):
    """At most five outcomes; those that fit what is done come first, and say why."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(
        self, *args: Any, outcomes: Iterable[Outcome], suggested: dict[int, list[Suggestion]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.outcomes = {outcome.pk: outcome for outcome in outcomes}
        order = [pk for pk in suggested if pk in self.outcomes]
        order += [pk for pk in self.outcomes if pk not in suggested]
        self.fields["outcomes"] = forms.TypedMultipleChoiceField(
            label=_("What shall be different?"),
            help_text=_("Choose at most five. Few that you follow up on are worth more than many."),
            coerce=int,
            choices=[(pk, self._told(pk, suggested.get(pk, []))) for pk in order],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one.")},
        )

    def _told(self, pk: int, suggestions: list[Suggestion]) -> str:
        outcome = self.outcomes[pk]
        reason = next((reason for one in suggestions for reason in one.reasons), "")
        return f"{outcome.name}: {outcome.what}" + (f" ({reason})" if reason else "")

    def clean_outcomes(self) -> list[Outcome]:
        chosen = [self.outcomes[pk] for pk in self.cleaned_data["outcomes"]]
        if len(chosen) > MOST_OUTCOMES:
            raise forms.ValidationError(_("You have chosen %(count)s. Choose at most five.") % {"count": len(chosen)})
        return chosen


def _plain(value: Any) -> Any:
    """A number without decimals that say nothing."""
    return int(value) if isinstance(value, Decimal) and value == int(value) else value


class PlannedForm(forms.Form):
    """Where one indicator stands, where it shall be, when, and who counts."""

    baseline = NumberField(label="", required=False)
    baseline_of = NumberField(label="", required=False)
    baseline_on = DateField(label=_("On which day?"), required=False)
    target = NumberField(label=_("Where shall it be?"))
    target_by = DateField(label=_("When?"))
    collector = forms.CharField(
        label=_("Who counts?"),
        max_length=100,
        help_text=_("A role is better than a name: the shop, the kitchen, the lead."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(
        self, *args: Any, plan: Plan, measured: IndicatorVersion, kept: PlannedIndicator | None, **kwargs: Any
    ):
        names = ("baseline", "baseline_of", "baseline_on", "target", "target_by", "collector")
        kwargs["initial"] = {name: _plain(getattr(kept, name)) for name in names} if kept else {}
        kwargs["initial"]["version"] = plan.version
        super().__init__(*args, **kwargs)
        self.measured = measured
        unit = measured.shown_unit
        self.fields["baseline"].label = measured.numerator
        self.fields["baseline"].help_text = _("Where do you stand today? Leave it empty while you do not know.")
        self.fields["target"].help_text = _("In %(unit)s.") % {"unit": unit}
        if measured.denominator:
            self.fields["baseline_of"].label = measured.denominator
        else:
            del self.fields["baseline_of"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_baseline(cleaned)
        begin, by = cleaned.get("baseline_on"), cleaned.get("target_by")
        if begin and by and by <= begin:
            self.add_error("target_by", _("The target comes after the day on which you began."))
        target = cleaned.get("target")
        if target is not None:
            self._check_number("target", target, is_share=self.measured.measure == Measure.SHARE)
        return {**cleaned, "baseline_of": cleaned.get("baseline_of")}

    def _check_baseline(self, cleaned: dict[str, Any]) -> None:
        above, below = cleaned.get("baseline"), cleaned.get("baseline_of")
        if above is None:
            if below is not None and "baseline" not in self.errors:
                self.add_error("baseline", _("Write both numbers, or neither."))
            cleaned["baseline_on"] = None
            return
        self._check_number("baseline", above, is_share=False)
        if cleaned.get("baseline_on") is None and "baseline_on" not in self.errors:
            cleaned["baseline_on"] = clock.today()
        if "baseline_of" not in self.fields or "baseline_of" in self.errors:
            return
        if below is None:
            self.add_error("baseline_of", _("Write both numbers, or neither."))
        elif below <= 0:
            self.add_error("baseline_of", _("Write a number above nought."))
        elif self.measured.measure == Measure.SHARE and self._never_below_nought and above > below:
            self.add_error("baseline", _("The part cannot be larger than the whole."))

    def _check_number(self, name: str, number: Decimal, *, is_share: bool) -> None:
        if is_share and number > 100 and self._never_below_nought:
            self.add_error(name, _("Write a share between 0 and 100 per cent."))
        elif number < 0 and self._never_below_nought:
            self.add_error(name, _("Write a number that is not below nought."))
        elif self.measured.measure in (Measure.PEOPLE, Measure.COUNT) and self.measured.unit in WHOLE and number % 1:
            self.add_error(name, _("Write a whole number."))

    @property
    def _never_below_nought(self) -> bool:
        """Only money, jobs that were closed and changes on a scale can be negative."""
        return self.measured.unit not in (Unit.KRONER, Unit.POINTS, Unit.FULL_TIME)

    @property
    def values(self) -> dict[str, Any]:
        """What the indicator takes over."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
