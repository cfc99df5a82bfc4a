"""What the parties write of terms over several years."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.forms import KronerField

from ..models import Giving, LongTerm, TermsOutcome
from .actions import ADJUSTABLE

LONGEST = 5000
EXPERIENCE = ("worked", "did_not_work", "next_time")


def _text(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea({"rows": 3}), **options)


class TermForm(forms.Form):
    """One term."""

    kind = forms.ChoiceField(label=_("What you get"), choices=Giving.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("In a few words"), max_length=200)
    oere = KronerField(
        label=_("Amount a year"), required=False, help_text=_("Of help and rooms: what it is worth, if you know it.")
    )
    effect = forms.CharField(
        label=_("The effect that it is bound to"),
        max_length=300,
        help_text=_("So that you can both see at a review whether it has come."),
    )
    otherwise = forms.CharField(label=_("What happens if it does not come"), max_length=300)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Giving.MONEY and not cleaned.get("oere") and "oere" not in self.errors:
            self.add_error("oere", _("Write the amount a year."))
        return cleaned


class ConcludeForm(forms.Form):
    """What a review leads to; of adjusted terms each as it is to be."""

    outcome = forms.ChoiceField(label=_("What happens now?"), choices=TermsOutcome.choices, widget=forms.RadioSelect)
    text = _text(_("Why?"), help_text=_("The other party reads it."))

    def __init__(self, *args: Any, terms: Sequence[LongTerm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms
        only = gettext("Only if the terms are adjusted.")
        for term in terms:
            words = {"what": term.text}
            self.fields[f"text-{term.pk}"] = forms.CharField(
                label=gettext("“%(what)s” as it is to be") % words,
                max_length=200,
                required=False,
                initial=term.text,
                help_text=only,
            )
            self.fields[f"oere-{term.pk}"] = KronerField(
                label=gettext("Amount a year of “%(what)s”") % words, required=False, initial=term.oere
            )
            self.fields[f"effect-{term.pk}"] = forms.CharField(
                label=gettext("The effect that “%(what)s” is bound to") % words,
                max_length=300,
                required=False,
                initial=term.effect,
            )
            self.fields[f"otherwise-{term.pk}"] = forms.CharField(
                label=gettext("What happens if the effect of “%(what)s” does not come") % words,
                max_length=300,
                required=False,
                initial=term.otherwise,
            )
        ends = gettext("Only if the terms end.")
        for name, label in zip(
            EXPERIENCE, (gettext("What worked?"), gettext("What did not?"), gettext("What next?")), strict=True
        ):
            self.fields[name] = _text(label, required=False, help_text=ends)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == TermsOutcome.ENDED:
            for name in EXPERIENCE:
                if not cleaned.get(name, "").strip():
                    self.add_error(name, _("Write a few words, so that others can learn from it."))
        if cleaned.get("outcome") == TermsOutcome.ADJUSTED:
            self._check_terms(cleaned)
        return cleaned

    def _check_terms(self, cleaned: dict[str, Any]) -> None:
        for term in self.terms:
            for name in ("text", "effect", "otherwise"):
                if not cleaned.get(f"{name}-{term.pk}", "").strip():
                    self.add_error(f"{name}-{term.pk}", _("This cannot be empty."))
            amount = f"oere-{term.pk}"
            if term.kind == Giving.MONEY and not cleaned.get(amount) and amount not in self.errors:
                self.add_error(amount, _("Write the amount a year."))

    @property
    def adjusted(self) -> dict[int, dict[str, Any]]:
        """The terms as they are to be, by term."""
        return {term.pk: {name: self.cleaned_data[f"{name}-{term.pk}"] for name in ADJUSTABLE} for term in self.terms}

    @property
    def experience(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in EXPERIENCE}


class AnswerForm(forms.Form):
    """Yes or no to adjusted terms."""

    agree = forms.ChoiceField(
        label=_("Your answer"), choices=(("ja", _("Yes")), ("nej", _("No"))), widget=forms.RadioSelect
    )
    reason = _text(_("What do you want to say?"), required=False, help_text=_("With a no, write why."))
