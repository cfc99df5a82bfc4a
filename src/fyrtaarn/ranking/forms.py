"""Forms of the examples and of publishing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fyrtaarn.listings.registry import kinds


class ExampleForm(forms.Form):
    """A question, and among what it is asked."""

    question = forms.CharField(
        label=_("Question"), max_length=200, help_text=_("As people ask it. No names and nothing that tells who asked.")
    )
    kind = forms.ChoiceField(label=_("Among"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [("", _("Everything")), *((kind.key, kind.plural) for kind in kinds())]

    def clean_question(self) -> str:
        return " ".join(str(self.cleaned_data["question"]).split())


class PublishForm(forms.Form):
    """Why a new version comes; carries which state of the draft was seen."""

    note = forms.CharField(
        label=_("What is new, and why?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands with the version for everybody who edits."),
    )
    draft = forms.IntegerField(widget=forms.HiddenInput)
