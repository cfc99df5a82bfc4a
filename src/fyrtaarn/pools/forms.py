"""What fund managers write. People choose the last day of a duty; the database keeps the day after."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, LocalBody
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.forms import DateField, KronerField
from fyrtaarn.organisations.models import OrganisationKind
from fyrtaarn.people.models import User

from .actions.calls import CALL_FIELDS
from .actions.contributions import Promise
from .actions.pools import POOL_FIELDS
from .actions.rules import RULES_FIELDS
from .giving import QUARTERS
from .models import (
    AidRegime,
    Call,
    Contribution,
    Criterion,
    DueDay,
    Duty,
    Leftover,
    Pool,
    PoolKind,
    PoolRules,
    Stage,
)

LONGEST = 5000
FIRST_YEAR, LAST_YEAR = 2000, 2100
EMPTY_ROWS = 2
MOST_ROWS = 20


def _text(label: Any, *, rows: int = 3, required: bool = False, **options: Any) -> forms.CharField:
    area = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST, widget=area, required=required, **options)


def _version() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


def _has_come(day: date) -> date:
    if day > clock.today():
        raise forms.ValidationError(_("The day has not come yet."))
    return day


class PoolForm(forms.Form):
    """What a pool is for and who feeds it."""

    name = forms.CharField(label=_("Name"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    purpose = _text(_("What is the money for?"), required=True)
    purpose_en = _text(_("The same in English"))
    kind = forms.ChoiceField(label=_("Who feeds the pool?"), choices=PoolKind.choices, widget=forms.RadioSelect)
    leftover = forms.ChoiceField(
        label=_("What becomes of money that is left at the end of a year?"),
        choices=Leftover.choices,
        widget=forms.RadioSelect,
    )
    due_day = forms.ChoiceField(
        label=_("When does a quarter of a contribution fall due?"),
        choices=DueDay.choices,
        initial=DueDay.FIRST_MONTH,
        widget=forms.RadioSelect,
        help_text=_("It holds for contributions that are noted from now on. A day can be moved for each of them."),
    )
    two_from = KronerField(
        label=_("From which amount must two people decide?"),
        required=False,
        help_text=_("Leave it empty if one is enough for any amount."),
    )
    version = _version()


class CriterionRow(forms.Form):
    """One criterion; a row without a name is left out."""

    name = forms.CharField(label=_("Criterion"), max_length=120, required=False)
    name_en = forms.CharField(label=_("In English"), max_length=120, required=False)
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=100, initial=1, required=False)
    most = forms.IntegerField(label=_("Most points"), min_value=1, max_value=100, initial=5, required=False)
    guidance = _text(_("What gives many points, and what few?"), rows=2)
    guidance_en = _text(_("The same in English"), rows=2)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("weight", "most"):
            if cleaned.get(name) is None and name not in self.errors:
                cleaned[name] = self.fields[name].initial
        return cleaned


class StageRow(forms.Form):
    """One stage; a row without a name is left out."""

    name = forms.CharField(label=_("Stage"), max_length=120, required=False)
    name_en = forms.CharField(label=_("In English"), max_length=120, required=False)
    most = KronerField(label=_("Greatest amount at this stage"), required=False)
    asked = _text(_("What must be shown?"), rows=2)
    asked_en = _text(_("The same in English"), rows=2)
    after_earlier = forms.BooleanField(label=_("Only after a completed grant of the stage before"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("name") and cleaned.get("most") is None and "most" not in self.errors:
            self.add_error("most", _("Say the greatest amount at this stage."))
        return cleaned


ROWS: dict[str, type[forms.Form]] = {"criteria": CriterionRow, "stages": StageRow}


class RulesForm(forms.Form):
    """A draft of the rules with its rows of criteria and stages, all sent at once."""

    kinds = forms.MultipleChoiceField(
        label=_("Which organisations may apply?"),
        choices=OrganisationKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose none if all may."),
    )
    only_home = forms.BooleanField(label=_("Only organisations at home in the municipality"), required=False)
    cvr_needed = forms.BooleanField(label=_("A CVR number is needed"), required=False)
    least = KronerField(label=_("Least amount"))
    most = KronerField(label=_("Greatest amount"))
    own_share = forms.IntegerField(label=_("Own share in percent"), min_value=0, max_value=90)
    wages_allowed = forms.BooleanField(label=_("Wages may be paid"), required=False)
    future_economy = forms.BooleanField(label=_("The applicant must show how it carries itself later"), required=False)
    aid_regime = forms.ChoiceField(label=_("State aid"), choices=AidRegime.choices)
    assessors = forms.IntegerField(label=_("How many assess each application?"), min_value=1, max_value=9)
    guidance = _text(_("What should one know before applying?"), rows=5)
    guidance_en = _text(_("The same in English"), rows=5)
    version = _version()

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.rows = {name: self._rows_of(name) for name in ROWS}

    def _rows_of(self, name: str) -> list[forms.Form]:
        """As many rows as were sent, or those that there are; a few empty ones when the page is opened or asks."""
        shown: Sequence[dict[str, Any]] = self.initial.get(name, ())
        count = self._sent_rows(name) if self.is_bound else len(shown) + EMPTY_ROWS
        rows = []
        for place in range(min(count, MOST_ROWS)):
            first = shown[place] if place < len(shown) else None
            rows.append(ROWS[name](self.data if self.is_bound else None, prefix=f"{name}-{place}", initial=first))
        return rows

    def _sent_rows(self, name: str) -> int:
        places = [key.split("-")[1] for key in self.data if key.startswith(f"{name}-") and key.endswith("-name")]
        return max(
            (int(place) + 1 for place in places if place.isascii() and place.isdigit() and len(place) < 4), default=0
        )

    @property
    def wants_more(self) -> str:
        """Of which kind she asks for more rows, by the button that she has pressed."""
        return next((name for name in ROWS if f"more-{name}" in self.data), "") if self.is_bound else ""

    def add_rows(self) -> None:
        """A few more empty rows of the kind that she asks for; nothing of what she has written is judged yet."""
        name = self.wants_more
        there = len(self.rows[name])
        more = range(there, min(there + EMPTY_ROWS, MOST_ROWS))
        self.rows[name] += [ROWS[name](prefix=f"{name}-{place}") for place in more]

    def take_version(self, version: int) -> None:
        """Who is overtaken keeps what she wrote; saving it again saves on top of that version."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(version)
        self.data = data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        least, most = cleaned.get("least"), cleaned.get("most")
        if least is not None and most is not None and most < least:
            self.add_error("most", _("The greatest amount is below the least."))
        for name, rows in self.rows.items():
            for place, row in enumerate(rows, 1):
                self._judge_row(name, place, row)
            cleaned[name] = [row.cleaned_data for row in rows if row.is_valid() and row.cleaned_data.get("name")]
        return cleaned

    def _judge_row(self, name: str, place: int, row: forms.Form) -> None:
        for field, faults in row.errors.items():
            label = row.fields[field].label if field in row.fields else ""
            for fault in faults:
                kind = _("Criterion") if name == "criteria" else _("Stage")
                self.add_error(None, f"{kind} {place}, {label}: {fault}")


def rules_initial(rules: PoolRules) -> dict[str, Any]:
    """What the form of a draft begins with."""
    said = {name: getattr(rules, name) for name in RULES_FIELDS}
    return {
        **said,
        "version": rules.version,
        "criteria": [_row_of(one, CriterionRow) for one in rules.criteria.all()],
        "stages": [_row_of(one, StageRow) for one in rules.stages.all()],
    }


def _row_of(row: Criterion | Stage, form: type[forms.Form]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in form.base_fields}


class CallForm(forms.Form):
    """When one can apply, and for how much in all."""

    title = forms.CharField(label=_("Title"), max_length=150)
    title_en = forms.CharField(label=_("Title in English"), max_length=150, required=False)
    text = _text(_("What is this call about?"))
    text_en = _text(_("The same in English"))
    opens = DateField(label=_("Opens on"))
    closes = DateField(
        label=_("Last day to apply"), required=False, help_text=_("Leave it empty if one can apply at any time.")
    )
    answer_by = DateField(label=_("Applicants get an answer at the latest on"), required=False)
    set_aside = KronerField(
        label=_("Money set aside"),
        required=False,
        least=0,
        help_text=_("It is taken of what is free when you publish. Leave it empty to grant of what is free."),
    )
    version = _version()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes, answer = (cleaned.get(name) for name in ("opens", "closes", "answer_by"))
        if opens and closes and closes < opens:
            self.add_error("closes", _("The last day comes before the first."))
        if answer and answer < (closes or opens or answer):
            self.add_error("answer_by", _("An answer cannot be promised before one can no longer apply."))
        cleaned["set_aside"] = cleaned.get("set_aside") or 0
        return cleaned


class ExtendForm(forms.Form):
    """A later last day, and why."""

    closes = DateField(label=_("New last day to apply"))
    reason = _text(_("Why?"), required=True, help_text=_("Those who are writing an application read it."))


class ReasonForm(forms.Form):
    """Why something is called off or taken back."""

    reason = _text(_("Why?"), required=True)


class DocumentForm(forms.Form):
    """The voucher that shows it."""

    document = forms.CharField(
        label=_("Voucher"), max_length=200, help_text=_("The number of the voucher or payment in the finance system.")
    )


class PaidForm(DocumentForm):
    """When it came in, and the voucher."""

    day = DateField(label=_("Paid on"), initial=clock.today)
    field_order = ("day",)


class SaidPaidForm(PaidForm):
    """When the department paid, and its own voucher."""

    def clean_day(self) -> date:
        return _has_come(self.cleaned_data["day"])


class ContributorForm(forms.Form):
    """Who feeds the pool from now on."""

    who = forms.ChoiceField(label=_("Who?"))
    joined = DateField(label=_("With the pool from"), initial=clock.today)

    def __init__(self, *args: Any, pool: Pool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        feeding = pool.contributors.filter(left=None)
        departments = Department.objects.current().exclude(pk__in=feeding.exclude(department=None).values("department"))
        bodies = LocalBody.objects.exclude(pk__in=feeding.exclude(local_body=None).values("local_body"))
        here = [
            one
            for rows in (departments, bodies)
            for one in rows.filter(municipality=pool.municipality).order_by("sort_key", "pk")
        ]
        self.found = {f"{one._meta.model_name}-{one.pk}": one for one in here if PoolKind(pool.kind).is_fed_by(one)}
        who: Any = self.fields["who"]
        who.choices = [(key, str(getattr(one, "label", one.name))) for key, one in self.found.items()]

    def clean_who(self) -> Department | LocalBody:
        return self.found[self.cleaned_data["who"]]


class PromiseForm(forms.Form):
    """A percentage of a budget, or a sum."""

    budget = KronerField(label=_("Budget"), required=False, most=10**15)
    percent = forms.DecimalField(
        label=_("Percentage of it"), min_value=0, max_value=100, max_digits=6, decimal_places=3, required=False,
        localize=True,
    )  # fmt: skip
    sum = KronerField(label=_("Or a sum"), required=False)
    document = forms.CharField(
        label=_("Decision or document"), max_length=200, help_text=_("For example the number of the case or minutes.")
    )
    decided = DateField(label=_("Decided on"), initial=clock.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        budget, percent, whole = (cleaned.get(name) for name in ("budget", "percent", "sum"))
        if self.errors:
            return cleaned
        if whole is not None and (budget is not None or percent is not None):
            self.add_error("sum", _("Write either a budget with a percentage or a sum, not both."))
        elif whole is None and (budget is None or percent is None):
            self.add_error("budget", _("Write a budget with a percentage, or a sum."))
        return cleaned

    def clean_decided(self) -> date:
        return _has_come(self.cleaned_data["decided"])

    @property
    def promise(self) -> Promise:
        said = self.cleaned_data
        return Promise(said["document"], said["decided"], said["budget"], said["percent"], said["sum"])


class DecideForm(PromiseForm):
    """What a contributor gives for a year, and other days to pay than the usual."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    due_1 = DateField(label=_("1st quarter is paid on"), required=False)
    due_2 = DateField(label=_("2nd quarter is paid on"), required=False)
    due_3 = DateField(label=_("3rd quarter is paid on"), required=False)
    due_4 = DateField(
        label=_("4th quarter is paid on"),
        required=False,
        help_text=_("Days that you leave empty follow the pool's rule."),
    )
    field_order = ("year",)

    @property
    def due(self) -> dict[int, date]:
        return {quarter: day for quarter in QUARTERS if (day := self.cleaned_data[f"due_{quarter}"])}


class CorrectForm(PromiseForm):
    """What should have been noted."""

    reason = _text(_("What was wrong?"), required=True, help_text=_("It stands in the books."))


def promise_initial(contribution: Contribution) -> dict[str, Any]:
    is_sum = contribution.budget is None
    return {
        "budget": contribution.budget,
        "percent": contribution.percent,
        "sum": contribution.oere if is_sum else None,
        "document": contribution.document,
        "decided": contribution.decided,
    }


class DueForm(forms.Form):
    """Another day to pay."""

    due = DateField(label=_("To be paid on"))


class LeaveForm(forms.Form):
    """From which day a contributor is out, and why."""

    left = DateField(label=_("Out of the pool from"), initial=clock.today)
    reason = _text(_("Why?"), required=True, help_text=_("What is due from that day on and not paid is dropped."))


class DutyForm(forms.Form):
    """Who does what for the pool from a day on."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Who?"), empty_label=None)
    duty = forms.ChoiceField(label=_("What does she do?"), choices=Duty.choices, widget=forms.RadioSelect)
    starts = DateField(label=_("From"), initial=clock.today)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day of a duty."""

    last_day = DateField(label=_("Last day"), initial=clock.today)

    @property
    def ends(self) -> date:
        return self.cleaned_data["last_day"] + timedelta(days=1)  # type: ignore[no-any-return]


def pool_initial(pool: Pool) -> dict[str, Any]:
    return {**{name: getattr(pool, name) for name in POOL_FIELDS}, "version": pool.version}


def call_initial(call: Call) -> dict[str, Any]:
    return {**{name: getattr(call, name) for name in CALL_FIELDS}, "version": call.version}
