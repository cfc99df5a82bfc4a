"""Which column holds which field: as last time, or guessed from the headings."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import models
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.importing import Importer, ImportField, folded, in_both_languages

from .models import KnownHeading

SURE, LIKELY = 1.0, 0.8
LONGEST_HEADING = 200


class Confidence(models.TextChoices):
    """How we came to the guess."""

    REMEMBERED = "remembered", _("As last time")
    SURE = "sure", _("Sure")
    LIKELY = "likely", _("A guess: please look")
    NONE = "none", _("Not recognised")


@dataclass(frozen=True)
class Guess:
    """What one column probably holds: a field's name, or "" for none."""

    field: str
    confidence: Confidence


def is_known_heading(importer: Importer, heading: str) -> bool:
    """Whether the text is surely the heading of one of the importer's fields."""
    return any(folded(heading) in names_of(each) for each in importer.fields)


def names_of(field: ImportField) -> set[str]:
    """All headings that surely mean the field, folded."""
    return {folded(name) for name in (field.name, *in_both_languages(field.label), *field.synonyms)}


def guess_columns(importer: Importer, municipality: Municipality, headings: list[str]) -> list[Guess]:
    """One guess a column. Each field is guessed once, for the column that fits it best."""
    known = dict(
        KnownHeading.objects.filter(
            municipality=municipality, kind=importer.kind, heading__in=[key_of(h) for h in headings]
        )
        .order_by("heading")
        .values_list("heading", "field")
    )
    guesses: dict[int, Guess] = {}
    taken: set[str] = set()
    names = {field.name for field in importer.fields}
    for column, heading in enumerate(headings):
        field = known.get(key_of(heading))
        if field is not None and (not field or (field in names and field not in taken)):
            guesses[column] = Guess(field, Confidence.REMEMBERED)
            taken.add(field)
    scores = sorted(
        (
            (-_likeness(folded(heading), field), column, field.name)
            for column, heading in enumerate(headings)
            if heading and column not in guesses
            for field in importer.fields
        ),
    )
    for score, column, field in scores:
        if -score >= LIKELY and column not in guesses and field not in taken:
            guesses[column] = Guess(field, Confidence.SURE if -score == SURE else Confidence.LIKELY)
            taken.add(field)
    return [guesses.get(column, Guess("", Confidence.NONE)) for column in range(len(headings))]


def remember(importer: Importer, municipality: Municipality, headings: list[str], mapping: dict[str, int]) -> None:
    """Keep what the columns meant, for the municipality's next file."""
    meaning = {column: field for field, column in mapping.items()}
    KnownHeading.objects.bulk_create(
        {
            key_of(heading): KnownHeading(
                municipality=municipality, kind=importer.kind, heading=key_of(heading), field=meaning.get(column, "")
            )
            for column, heading in enumerate(headings)
            if key_of(heading)
        }.values(),
        update_conflicts=True,
        unique_fields=["municipality", "kind", "heading"],
        update_fields=["field"],
    )


def key_of(heading: str) -> str:
    return folded(heading)[:LONGEST_HEADING]


def _likeness(heading: str, field: ImportField) -> float:
    """1 for a name of the field; less for a heading that is spelt like one or holds one as its words."""
    names = names_of(field)
    if heading in names:
        return SURE
    words = set(heading.split())
    holds = max((0.9 for name in names if len(name) > 3 and set(name.split()) <= words), default=0.0)
    return max(holds, *(SequenceMatcher(None, heading, name).ratio() * 0.99 for name in names))
