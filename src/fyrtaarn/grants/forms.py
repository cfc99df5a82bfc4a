"""What recipients and fund managers write. People choose the last day of a period; the database keeps the day after."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fyrtaarn.applications.models import BudgetLine, EffectGoal
from fyrtaarn.foundation.forms import DateField, KronerField, UploadField
from fyrtaarn.pools.models import AidRegime

from .actions.grants import PlannedPart
from .models import Grant, Report

LONGEST = 5000
MOST_PARTS = 6


def _text(label: Any, *, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea({"rows": rows}), **options)


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = _text(_("Why?"), rows=3, help_text=_("The recipient reads it."))


class AskForm(forms.Form):
    """How the condition of an instalment is met, and what shows it."""

    met = _text(_("How is the condition met?"), required=False)
    shown = UploadField(label=_("Files that show it"), required=False, multiple=True)


class PaidForm(forms.Form):
    """When something was paid, and under which number."""

    day = DateField(label=_("Day of the payment"))
    reference = forms.CharField(label=_("Number in the finance system"), max_length=60, required=False)


class PlanForm(forms.Form):
    """The instalments of a grant, one row each; rows without an amount are left out."""

    def __init__(self, *args: Any, grant: Grant, parts: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: list[Any] = [*parts, *[None] * MOST_PARTS][:MOST_PARTS]
        for number, part in enumerate(rows, start=1):
            words = {"number": number}
            self.fields[f"oere-{number}"] = KronerField(
                label=gettext("Amount %(number)s") % words, required=False, initial=part and part.oere, most=grant.oere
            )
            self.fields[f"due-{number}"] = DateField(
                label=gettext("Day %(number)s") % words, required=False, initial=part and part.due
            )
            self.fields[f"condition-{number}"] = forms.CharField(
                label=gettext("Condition %(number)s") % words,
                max_length=200,
                required=False,
                initial=part.condition if part else "",
            )
            self.fields[f"after-{number}"] = forms.BooleanField(
                label=gettext("Instalment %(number)s waits until the last report is approved") % words,
                required=False,
                initial=bool(part and part.after_report),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(1, MOST_PARTS + 1):
            oere, due = cleaned.get(f"oere-{number}"), cleaned.get(f"due-{number}")
            if oere and not due and f"due-{number}" not in self.errors:
                self.add_error(f"due-{number}", _("Choose the day on which it is paid."))
        return cleaned

    @property
    def parts(self) -> list[PlannedPart]:
        cleaned = self.cleaned_data
        return [
            PlannedPart(
                cleaned[f"oere-{number}"],
                cleaned[f"due-{number}"],
                cleaned[f"condition-{number}"].strip(),
                cleaned[f"after-{number}"],
            )
            for number in range(1, MOST_PARTS + 1)
            if cleaned[f"oere-{number}"]
        ]


class ChangeForm(forms.Form):
    """What is to be otherwise."""

    text = _text(_("What do you want to change, and why?"))
    last_day = DateField(
        label=_("New last day"), required=False, help_text=_("Only if you want to end on another day than agreed.")
    )

    @property
    def ends(self) -> date | None:
        last: date | None = self.cleaned_data["last_day"]
        return last and last + timedelta(days=1)


class AnswerForm(forms.Form):
    """Yes or no to a change."""

    agree = forms.ChoiceField(
        label=_("Your answer"), choices=(("ja", _("Yes")), ("nej", _("No"))), widget=forms.RadioSelect
    )
    answer = _text(_("What do you want to say?"), rows=3, required=False, help_text=_("With a no, write why."))


class DemandForm(forms.Form):
    """Money that is to come back."""

    oere = KronerField(label=_("Amount"))
    reason = _text(_("Why?"), rows=3, help_text=_("The recipient reads it."))
    due = DateField(label=_("To be paid by"))


class ReportForm(forms.Form):
    """A report: how it went, what of each budget line was used, and what came of each goal."""

    text = _text(_("How did it go?"), required=False, rows=6)
    worse = _text(_("What went worse than expected?"), required=False)
    experience = _text(_("What can others learn from it?"), required=False)
    shared = forms.BooleanField(
        label=_("Everybody may read what others can learn from it"),
        required=False,
        help_text=_("It is shown once the municipality has said yes too."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, lines: Iterable[BudgetLine], goals: Iterable[EffectGoal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.goals = list(lines), list(goals)
        for line in self.lines:
            label = gettext("Used for %(what)s") % {"what": line.text}
            self.fields[f"spent-{line.pk}"] = KronerField(label=label, least=0, required=False)
        for goal in self.goals:
            self.fields[f"result-{goal.pk}"] = forms.CharField(
                label=gettext("What came of “%(goal)s”?") % {"goal": goal.text},
                max_length=300,
                required=False,
                help_text=gettext("Promised: %(target)s") % {"target": goal.target} if goal.target else "",
            )

    @property
    def spent(self) -> dict[int, int]:
        found = {line.pk: self.cleaned_data[f"spent-{line.pk}"] for line in self.lines}
        return {pk: oere for pk, oere in found.items() if oere is not None}

    @property
    def results(self) -> dict[int, str]:
        found = {goal.pk: self.cleaned_data[f"result-{goal.pk}"].strip() for goal in self.goals}
        return {pk: text for pk, text in found.items() if text}


def report_values(report: Report) -> dict[str, Any]:
    """What a report's form begins with: what is written; where nothing is, each budget line as it was planned."""
    application = report.grant.decision.application
    spent = {one.line_id: one.oere for one in report.spent.all()}
    results = {one.goal_id: one.text for one in report.results.all()}
    planned = {} if spent else {line.pk: line.oere for line in application.lines.all()}
    return {
        **{name: getattr(report, name) for name in ("text", "worse", "experience", "shared", "version")},
        **{f"spent-{pk}": oere for pk, oere in {**planned, **spent}.items()},
        **{f"result-{pk}": text for pk, text in results.items()},
    }


class ApproveReportForm(forms.Form):
    """A yes to a report."""

    share = forms.BooleanField(
        label=_("Let everybody read what others can learn from it"),
        required=False,
        help_text=_("It is shown only if the recipient wants it too."),
    )


class PaymentsForm(forms.Form):
    """A file of what the finance system has paid."""

    payments = UploadField(
        label=_("File"),
        accept=".csv,.xlsx,.txt",
        help_text=_("CSV or Excel with headings: key or CVR number, amount, date and reference."),
    )


class RateForm(forms.Form):
    """The rate of a day. The krone is kept within 2.25 % of 746.038 for 100 euro, so others are typing errors."""

    day = DateField(label=_("Day"))
    kroner = forms.DecimalField(
        label=_("Kroner for 100 euro"),
        localize=True,
        min_value=Decimal(700),
        max_value=Decimal(800),
        max_digits=8,
        decimal_places=4,
        help_text=_("As the national bank gives it, such as 746,03."),
        widget=forms.TextInput({"inputmode": "decimal"}),
    )
    source = forms.CharField(label=_("Source"), max_length=200)


class CeilingForm(forms.Form):
    """A ceiling that holds from a day to come."""

    regime = forms.ChoiceField(
        label=_("Rule"),
        choices=[one for one in AidRegime.choices if one[0] != AidRegime.NONE],
        widget=forms.RadioSelect,
    )
    cents = KronerField(  # euro are written as kroner are
        label=_("Ceiling in euro"),
        help_text=_("For one undertaking in three years, such as 300.000."),
        error_messages=dict.fromkeys(("invalid", "least", "most"), _("Write an amount in euro, such as 300.000.")),
    )
    valid_from = DateField(label=_("Holds from"))
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("The regulation, with its number."))
