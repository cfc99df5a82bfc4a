"""What people write in a dialogue."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.forms import UploadField
from fyrtaarn.listings.models import Listing

from .models import Message

LONGEST = 5000
MOST_SHOWN_OPEN = 6  # more choices than this go into a drop-down list
OWN_WORDS = "own"


def _text(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea({"rows": 5}), **options)


def waits_field() -> forms.ChoiceField:
    """A filter for dialogues in which something waits."""
    choices = [("", _("All")), ("svar", _("Waiting for our answer")), ("ulaest", _("With new messages"))]
    return forms.ChoiceField(label=_("What waits"), choices=choices, required=False)


class MessageForm(forms.Form):
    """A message with files."""

    text = _text(capfirst(Message._meta.get_field("text").verbose_name))
    uploads = UploadField(
        label=_("Files"), multiple=True, required=False, help_text=_("Only the two of you can open them.")
    )


class AnswerForm(forms.Form):
    """A yes, with a few words if one likes."""

    text = _text(_("A few words along with your yes"), required=False)


class OpeningForm(MessageForm):
    """The first message, and which of one's own it is about where there are several."""

    counterpart = forms.ModelChoiceField(Listing.objects.none(), empty_label=None)

    field_order = ("counterpart", "text", "uploads")

    def __init__(self, *args: Any, choices: QuerySet[Listing], choice_label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["counterpart"]
        field.queryset = choices  # type: ignore[attr-defined]
        field.label = choice_label
        self.known = known = list(choices[: MOST_SHOWN_OPEN + 1])
        if len(known) == 1:
            field.widget = forms.HiddenInput()
            field.initial = known[0].pk
        elif len(known) <= MOST_SHOWN_OPEN:
            field.widget = forms.RadioSelect(choices=field.widget.choices)
        self.fields["text"].help_text = _("Two or three sentences are enough: who you are, and why you write.")


class PoliteForm(forms.Form):
    """A sentence to choose, one's own words, or both; `message` is what is sent."""

    sentence = forms.ChoiceField(label=_("What would you like to say?"), widget=forms.RadioSelect)
    text = _text(_("Your own words"), required=False)

    def __init__(self, *args: Any, sentences: Sequence[str | Promise], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(number), sentence) for number, sentence in enumerate(sentences)]
        self.sentences = dict(choices)
        self.fields["sentence"].choices = [*choices, (OWN_WORDS, _("I will write it myself"))]  # type: ignore[attr-defined]
        self.fields["sentence"].initial = "0"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("sentence") == OWN_WORDS and not cleaned.get("text", "").strip():
            self.add_error("text", _("Write a few words, or choose one of the sentences."))
        return cleaned

    @property
    def message(self) -> str:
        """The chosen sentence and one's own words, in the language of the page."""
        parts = (str(self.sentences.get(self.cleaned_data["sentence"], "")), self.cleaned_data["text"].strip())
        return "\n\n".join(part for part in parts if part)
