"""What those write who draft, decide, are heard, complain and answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fyrtaarn.applications.models import Application
from fyrtaarn.foundation.forms import DateField, KronerField

from ..models import Decision, Outcome

LONGEST = 8000


def _text(label: Any, *, rows: int = 5, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea({"rows": rows}), **options)


class DecisionForm(forms.Form):
    """The draft of a decision. A whole grant and a refusal need no amount."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=Outcome.choices, widget=forms.RadioSelect)
    oere = KronerField(
        label=_("Amount granted in part"), required=False, help_text=_("Only where part of it is granted.")
    )
    reasons = _text(
        _("Reasons"),
        rows=10,
        help_text=_("The applicant reads them. Say what counted for and against, and which criteria decided it."),
    )
    conditions = _text(_("Conditions"), required=False, help_text=_("What the applicant must do or keep to."))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, initial=0)

    def fields_for(self, application: Application) -> dict[str, Any]:
        """The cleaned values, the amount as it follows from what is decided."""
        words = {name: self.cleaned_data[name] for name in ("outcome", "oere", "reasons", "conditions")}
        amounts = {Outcome.GRANTED.value: application.asked, Outcome.REFUSED.value: 0}
        return {**words, "oere": amounts.get(words["outcome"], words["oere"] or 0)}


def initial_of(decision: Decision) -> dict[str, Any]:
    return {
        "outcome": decision.outcome,
        "oere": decision.oere if decision.outcome == Outcome.IN_PART else None,
        "reasons": decision.reasons,
        "conditions": decision.conditions,
        "version": decision.version,
    }


class HearingForm(forms.Form):
    """What the applicant is heard about, and until when."""

    text = _text(
        _("What will the decision rest on?"),
        help_text=_("Facts that go against the applicant, matter for the decision, and that it has not given itself."),
    )
    due = DateField(label=_("Answer by"), help_text=_("At least a week from now."))


class TextForm(forms.Form):
    """One text that must be written."""

    text = _text("")

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label


class VersionForm(forms.Form):
    """Which version of the decision she has read and says yes to."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class ComplaintAnswerForm(forms.Form):
    """How a complaint is answered."""

    right = forms.ChoiceField(
        label=_("What do you find?"),
        choices=[("no", _("The decision stands")), ("yes", _("The applicant is right, and it is decided anew"))],
        widget=forms.RadioSelect,
    )
    text = _text(_("Answer, with reasons"))
