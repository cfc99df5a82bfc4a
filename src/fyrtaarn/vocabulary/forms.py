"""Forms of the shared words."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.forms import EditForm
from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.forms import UploadField
from fyrtaarn.foundation.importing import Fault, Lookup
from fyrtaarn.topics.models import TargetGroup, Theme

from .content import Entry
from .models import LONGEST_WORD, ConceptKind, VocabularyConcept

MOST_WORDS = 200
BETWEEN = re.compile(r"[\n,;|]")


def read_words(text: str) -> tuple[str, ...]:
    """Words and phrases, one a line or with commas between, each once. Raises ValidationError for what is too long."""
    found: dict[str, str] = {}
    for part in BETWEEN.split(text.replace("\x00", " ")):
        word = " ".join(part.split())
        if len(word) > LONGEST_WORD:
            raise ValidationError(
                _("“%(word)s …” is longer than %(most)s characters."), params={"word": word[:40], "most": LONGEST_WORD}
            )
        if word:
            found.setdefault(word.casefold(), word)
    if len(found) > MOST_WORDS:
        raise ValidationError(_("At most %(most)s words."), params={"most": MOST_WORDS})
    return tuple(found.values())


class WordsField(forms.CharField):
    """A list of words and phrases, one a line."""

    widget = forms.Textarea(attrs={"rows": 8})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        return read_words(value or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        before, after = self.prepare_value(initial or ""), self.prepare_value(data or "")
        return sorted(BETWEEN.split(before.replace("\r", ""))) != sorted(BETWEEN.split(after.replace("\r", "")))


def lookup_of(kind: str) -> Lookup[VocabularyConcept]:
    """The concepts of a kind by their names and keys."""
    rows = VocabularyConcept.objects.filter(kind=kind, withdrawn=False).order_by("sort_key", "pk")
    return Lookup((concept, concept.label_da, (concept.label_en, concept.key)) for concept in rows)


class ConceptForm(forms.Form):
    """One concept with the words that lead to it."""

    label_da = forms.CharField(label=_("Danish name"), max_length=120, help_text=_("What readers see as the reason."))
    label_en = forms.CharField(label=_("English name"), max_length=120, required=False)
    danish = WordsField(
        label=_("Danish words"),
        required=False,
        help_text=_(
            "One a line: words, phrases of up to four words, abbreviations. The dictionary form is enough; search knows"
            " the inflections, and finds the word inside compounds."
        ),
    )
    english = WordsField(label=_("English words"), required=False, help_text=_("One a line."))
    broader = WordsField(
        label=_("Broader concepts"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Names of concepts that this one belongs to, one a line. They count a little along."),
    )
    note = forms.CharField(label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
                           help_text=_("For those who edit; readers do not see it."))  # fmt: skip
    why = forms.CharField(label=_("Why"), max_length=300, required=False, help_text=_("Stands in the history."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, concept: VocabularyConcept | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.concept = concept
        self.entry_kind = concept.kind if concept else ""

    @classmethod
    def of(cls, concept: VocabularyConcept, data: Any = None, **changes: Any) -> "ConceptForm":
        """The form of a concept as it is, or as sent; the broader ones by their Danish names."""
        labels = dict(
            VocabularyConcept.objects.filter(kind=concept.kind, key__in=concept.broader).values_list("key", "label_da")
        )
        initial = {
            "label_da": concept.label_da,
            "label_en": concept.label_en,
            "danish": concept.danish,
            "english": concept.english,
            "broader": [labels.get(key, key) for key in concept.broader],
            "note": concept.note,
            "version": concept.version,
            **changes,
        }
        return cls(data, concept=concept, initial=initial)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.entry_kind = values.get("kind", self.entry_kind)
        if "broader" in values and self.entry_kind:
            values["broader"] = self._keys(values["broader"])
        if not values.get("danish") and not values.get("english") and not self.errors:
            self.add_error("danish", _("Write at least one word that leads to it."))
        return values

    def _keys(self, names: tuple[str, ...]) -> tuple[str, ...]:
        known = lookup_of(self.entry_kind) if names else None
        keys = []
        for name in names:
            concept = known.get(name) if known else None
            if concept is None and known:
                self.add_error("broader", said(known.unknown(name)))
            elif concept == self.concept:
                self.add_error("broader", _("A concept cannot belong to itself."))
            elif concept:
                keys.append(concept.key)
        return tuple(dict.fromkeys(keys))

    def entry(self) -> Entry:
        """What was written, as an entry."""
        values = self.cleaned_data
        return Entry(
            self.concept.key if self.concept else "",
            self.entry_kind,
            values["label_da"].strip(),
            values["label_en"].strip(),
            values["broader"],
            values["danish"],
            values["english"],
            values["note"].strip(),
        )


def said(fault: Fault) -> str:
    """A fault in the reader's words."""
    return gettext(fault.message) % fault.params


class NewConceptForm(ConceptForm):
    """A new concept: also whether it is a target group."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=ConceptKind.choices,
        initial=ConceptKind.CONCEPT,
        widget=forms.RadioSelect,
        help_text=_("A target group says whom something is for, a concept what it is about."),
    )
    field_order = ("kind",)


class MergeForm(forms.Form):
    """Into which concept."""

    into = forms.CharField(label=_("Into which concept?"), max_length=120, help_text=_("Write its name."))
    why = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, *args: Any, concept: VocabularyConcept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.concept = concept

    def clean_into(self) -> VocabularyConcept:
        known = lookup_of(self.concept.kind)
        found = known.get(self.cleaned_data["into"])
        if found is None:
            raise ValidationError(said(known.unknown(self.cleaned_data["into"])))
        return found


class SplitForm(forms.Form):
    """Which words the new concept gets."""

    label_da = forms.CharField(label=_("The new concept's Danish name"), max_length=120)
    label_en = forms.CharField(label=_("The new concept's English name"), max_length=120, required=False)
    words = forms.MultipleChoiceField(label=_("Words that move to it"), widget=forms.CheckboxSelectMultiple)
    why = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, *args: Any, concept: VocabularyConcept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["words"]
        field.choices = [(word, word) for word in dict.fromkeys([*concept.danish, *concept.english])]


class ProposalForm(forms.Form):
    """Why a municipality wants a change, and which one wants it."""

    why = forms.CharField(
        label=_("Why do you propose it?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tell which words people use, and what they look for. Name nobody."),
    )  # fmt: skip
    municipality = forms.ModelChoiceField(
        label=_("In which municipality's name?"), queryset=Municipality.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, municipalities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["municipality"]
        field.queryset = municipalities
        field.initial = municipalities[0].pk if municipalities else None
        if len(municipalities) == 1:
            field.widget = forms.HiddenInput()


class AnswerForm(forms.Form):
    """What an editor answers."""

    answer = forms.CharField(
        label=_("What do you answer?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Must be there when you decline; otherwise as you like."),
    )  # fmt: skip


class AddWordForm(forms.Form):
    """To which concept a word is added."""

    ord = forms.CharField(label=_("Word"), max_length=LONGEST_WORD)
    concept = forms.CharField(label=_("Concept or target group"), max_length=120, help_text=_("Write its name."))

    found: VocabularyConcept

    def clean_concept(self) -> str:
        name = str(self.cleaned_data["concept"])
        for kind in ConceptKind.values:
            concept = lookup_of(kind).get(name)
            if concept:
                self.found = concept
                return name
        raise ValidationError(said(lookup_of(ConceptKind.CONCEPT).unknown(name)))


class UploadForm(forms.Form):
    """A file with words."""

    file = UploadField(
        label=_("File"),
        accept=".xlsx,.csv,.json",
        help_text=_("A workbook or CSV file with the headings of the export, or the export as JSON."),
    )


class TargetGroupForm(EditForm):
    """A target group's names."""

    class Meta:
        model = TargetGroup
        fields = ("name", "name_en")
        labels = {"name": _("Danish name"), "name_en": _("English name")}


class ThemeForm(EditForm):
    """A theme's names, and what belongs to it."""

    class Meta:
        model = Theme
        fields = ("name", "name_en", "description_da", "description_en")
        labels = {
            "name": _("Danish name"),
            "name_en": _("English name"),
            "description_da": _("What belongs to it, in Danish"),
            "description_en": _("What belongs to it, in English"),
        }
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("description_da", "description_en")}
