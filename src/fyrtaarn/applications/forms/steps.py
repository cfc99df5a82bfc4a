"""The steps of an application; each may be saved as far as it has come."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import District
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.choices import ChoicesTogether
from fyrtaarn.foundation.forms import DateField, DaysForm, KronerField
from fyrtaarn.foundation.keys import key_in
from fyrtaarn.organisations.cvr import tidy_cvr, validate_cvr
from fyrtaarn.organisations.models import Membership
from fyrtaarn.people.models import User
from fyrtaarn.pools.models import AidRegime, Stage

from ..models import Application, BottomLine, CostKind, Source
from .rows import RowKind, RowsForm

LONGEST = 5000
LONGEST_KEY = 36
MOST_GOALS = 5
MOST_LINES = 40
ONE_DAY = timedelta(days=1)


class EuroField(KronerField):
    """An amount in euro as people write it; `clean` gives euro cents."""

    default_error_messages = {
        "invalid": _("Write an amount in euro, such as 1.500 or 1.500,50."),
        "least": _("Write an amount in euro above zero."),
        "most": _("The amount is too great."),
    }


class CvrField(forms.CharField):
    """A CVR number, also with spaces or DK before it."""

    def clean(self, value: Any) -> str:
        text = tidy_cvr(super().clean(value))
        if text:
            validate_cvr(text)
        return text


def line_fields() -> dict[str, forms.Field]:
    return {
        "text": forms.CharField(label=_("What for"), max_length=150),
        "kind": forms.ChoiceField(label=_("Kind"), choices=CostKind.choices, initial=CostKind.MATERIALS),
        "source": forms.ChoiceField(label=_("Who pays"), choices=Source.choices, initial=Source.POOL),
        "oere": KronerField(label=_("Amount in kroner"), least=0),
    }


def goal_fields() -> dict[str, forms.Field]:
    return {
        "text": forms.CharField(label=_("What changes?"), max_length=200),
        "bottom_line": forms.ChoiceField(label=_("For whom?"), choices=BottomLine.choices, initial=BottomLine.PEOPLE),
        "measure": forms.CharField(label=_("How do you measure it?"), max_length=200),
        "target": forms.CharField(label=_("Goal, for instance a number"), max_length=100),
    }


def aid_fields() -> dict[str, forms.Field]:
    given = [choice for choice in AidRegime.choices if choice[0] != AidRegime.NONE]
    return {
        "cvr": CvrField(label=_("CVR number of who got it"), max_length=12),
        "giver": forms.CharField(label=_("Granted by"), max_length=150),
        "day": DateField(label=_("Granted on")),
        "cents": EuroField(label=_("Amount in euro")),
        "regime": forms.ChoiceField(label=_("Rule"), choices=given, initial=AidRegime.DE_MINIMIS),
    }


def linked_fields() -> dict[str, forms.Field]:
    return {
        "cvr": CvrField(label=_("CVR number"), max_length=12),
        "name": forms.CharField(label=_("Name"), max_length=150),
    }


TOLD = ("cvr", "giver", "day", "cents")
LINES = RowKind(
    "lines", _("What it costs, and who pays"), _("Line"), line_fields, ("text", "oere"), spare=3, most=MOST_LINES
)
GOALS = RowKind(
    "goals", _("Effect goals"), _("Goal"), goal_fields, ("text", "measure", "target"), spare=1, most=MOST_GOALS
)
AID = RowKind("aid", _("State aid in the last three years"), _("Aid"), aid_fields, TOLD, needed=TOLD, spare=1)
LINKED = RowKind(
    "linked", _("Linked enterprises"), _("Enterprise"), linked_fields, ("cvr", "name"), ("cvr", "name"), spare=1
)
RELATED = {"lines": "lines", "goals": "goals", "aid": "declared_aid", "linked": "linked"}


class StepForm(ChoicesTogether, RowsForm, forms.ModelForm):  # type: ignore[type-arg]
    """Some of an application, with the version that the page was opened with and a key of the page itself.

    `counts` gives the least number of rows to show, so that two versions of a page can be laid beside each other.
    """

    template_name = "applications/step_form.html"
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    page_key = forms.CharField(widget=forms.HiddenInput, required=False)
    all_optional = True  # what is missing is said at the end
    use_required_attribute = False

    class Meta:
        model = Application
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, user: User, counts: Mapping[str, int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial.update(version=self.instance.version, page_key=uuid.uuid4())
        for field in self.fields.values():
            field.required = False
            if isinstance(field.widget, forms.Textarea):
                field.validators.append(MaxLengthValidator(LONGEST))
        self.add_rows(counts or {})

    def stored_rows(self, name: str) -> list[dict[str, Any]]:
        names = next(kind.fields() for kind in self.kinds if kind.name == name)
        rows = sorted(getattr(self.instance, RELATED[name]).all(), key=lambda row: row.pk)
        return [{field: getattr(row, field) for field in names} for row in rows]

    @property
    def plain_fields(self) -> list[BoundField]:
        """The visible fields that stand in no row."""
        return [field for field in self.visible_fields() if field.name not in self.row_keys]

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.clean_rows()
        return self.cleaned_data

    def clean_version(self) -> int:
        """The version; what is none is as a version that somebody has saved after."""
        return key_in(self.cleaned_data["version"]) or 0

    def clean_page_key(self) -> str:
        key: str = self.cleaned_data["page_key"]
        return key if len(key) <= LONGEST_KEY else ""

    @property
    def values(self) -> dict[str, Any]:
        """What was written, without what the page carries."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class WhatForm(DaysForm, StepForm):
    """What and for whom, where and when."""

    last_day = DateField(label=_("Last day"))

    class Meta(StepForm.Meta):
        fields = ("title", "stage", "what", "for_whom", "why", "shown", "district", "starts", "contact")
        widgets = {
            "what": forms.Textarea(attrs={"rows": 6}),
            "for_whom": forms.Textarea(attrs={"rows": 3}),
            "why": forms.Textarea(attrs={"rows": 3}),
            "shown": forms.Textarea(attrs={"rows": 3}),
            "stage": forms.RadioSelect,
        }
        labels = {"stage": _("What do you apply for?"), "district": _("District"), "contact": _("Contact")}
        help_texts = {
            "title": _("In one line: what do you do for whom?"),
            "what": _("Tell it to somebody who does not know your field."),
            "contact": _("Whom the municipality asks when something is unclear."),
        }
        field_classes = {"starts": DateField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = self.instance
        if here.ends is not None:
            self.initial["last_day"] = here.ends - ONE_DAY
        choices: dict[str, Any] = dict(self.fields)
        choices["district"].queryset = District.objects.filter(municipality=here.municipality_id).order_by(
            "sort_key", "pk"
        )
        choices["district"].empty_label = _("The whole municipality")
        choices["contact"].queryset = self._team()
        choices["contact"].empty_label = None
        stages = sorted(here.rules.stages.all(), key=lambda stage: stage.number)
        asked = here.stage.wanted if here.stage else ""
        choices["stage"].queryset = Stage.objects.filter(rules=here.rules_id).order_by("number")
        choices["stage"].label_from_instance = lambda stage: stage.label
        choices["stage"].empty_label = None
        if len(stages) < 2:
            del self.fields["stage"]
        if asked or here.shown or any(stage.asked for stage in stages):
            choices["shown"].help_text = asked
        else:
            del self.fields["shown"]
        self.read_choices()
        self.order_fields(("title", "stage", "what", "for_whom", "why", "shown", "starts", "last_day", "district"))

    def _team(self) -> Any:
        team = Membership.objects.current().filter(organisation=self.instance.organisation_id).values("user")
        return User.objects.filter(pk__in=team, is_active=True).order_by("name", "pk") | User.objects.filter(
            pk=self.instance.contact_id
        )

    def clean_contact(self) -> User:
        """An empty choice, or one that is none, keeps who it is."""
        chosen: User | None = self.cleaned_data["contact"]
        return chosen or self.instance.contact

    @property
    def values(self) -> dict[str, Any]:
        last_day = self.cleaned_data["last_day"]
        named = {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.fields}
        return {**named, "ends": last_day + ONE_DAY if last_day else None}


class EffectForm(StepForm):
    """What changes, at most five things."""

    kinds: Sequence[RowKind] = (GOALS,)


class BudgetForm(StepForm):
    """What it costs, and who pays."""

    kinds: Sequence[RowKind] = (LINES,)

    def row_values(self) -> dict[str, list[dict[str, Any]]]:
        """An amount that is not written yet is nought."""
        rows = super().row_values()
        return {name: [{**row, "oere": row["oere"] or 0} for row in found] for name, found in rows.items()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for kind, default in (("kind", CostKind.OTHER), ("source", Source.POOL)):
            for index in range(self.counts["lines"]):
                cleaned[f"lines-{index}-{kind}"] = cleaned.get(f"lines-{index}-{kind}") or default
        return cleaned


class EconomyForm(StepForm):
    """How it carries itself afterwards, and which state aid the enterprise has had."""

    kinds: Sequence[RowKind] = (AID, LINKED)

    class Meta(StepForm.Meta):
        fields = ("future_economy", "aid_declared")
        widgets = {"future_economy": forms.Textarea(attrs={"rows": 5})}
        labels = {"aid_declared": _("We have told of all state aid in the last three years, or there is none")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.rules.aid_regime == AidRegime.NONE:
            del self.fields["aid_declared"]
            for key in self.row_keys:
                del self.fields[key]
            self.kinds, self.counts = (), {}
        if not self.instance.rules.future_economy and not self.instance.future_economy:
            del self.fields["future_economy"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for index in range(self.counts.get("aid", 0)):
            day = cleaned.get(f"aid-{index}-day")
            if day and day > clock.today():
                self.add_error(f"aid-{index}-day", _("Write a day that has come."))
            cleaned[f"aid-{index}-regime"] = cleaned.get(f"aid-{index}-regime") or AidRegime.DE_MINIMIS
        seen: set[str] = set()
        for index in range(self.counts.get("linked", 0)):
            cvr = cleaned.get(f"linked-{index}-cvr")
            if cvr and cvr in seen:
                self.add_error(f"linked-{index}-cvr", _("This enterprise stands here already."))
            seen.add(cvr or "")
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.fields}


FORMS: dict[str, type[StepForm]] = {
    "hvad": WhatForm,
    "effekt": EffectForm,
    "budget": BudgetForm,
    "oekonomi": EconomyForm,
}
