"""A pitch on paper: one page, tagged so that a screen reader reads it (PDF/UA-1), set by Typst."""

from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.paper import note_on, on_paper, pages_on_paper, printable

from .models import Pitch, PitchVersion
from .parts import GUIDES, Part, words_in

PAGE = Path(__file__).with_name("page.typ")


class TooLong(Exception):
    """It does not fit on one page; `parts` are those to shorten, with how many words too many, the worst first."""

    def __init__(self, parts: list[tuple[Part, int]]) -> None:
        super().__init__(parts)
        self.parts = parts


def on_one_page(pitch: Pitch | PitchVersion) -> bytes:
    """The PDF, in the pitch's language. Raises TooLong when it needs more than one page."""
    words = _words(pitch)
    if pages_on_paper(PAGE, words) > 1:
        raise TooLong(too_long_parts(pitch))
    return on_paper(PAGE, words)


def too_long_parts(pitch: Pitch | PitchVersion) -> list[tuple[Part, int]]:
    """The parts with more words than their guide says, the worst first; the longest part where none has."""
    over = [(part, words_in(text) - GUIDES[part].most_words) for part, text in pitch.texts]
    found = sorted(((part, words) for part, words in over if words > 0), key=lambda one: -one[1])
    longest = max(pitch.texts, key=lambda one: len(one[1]))
    return found or [(longest[0], 0)]


def _words(pitch: Pitch | PitchVersion) -> dict[str, str]:
    """What the page says, as plain strings: none of it is read as Typst."""
    with override(pitch.language):
        department = pitch.department
        to = f"{department.label}, {department.municipality.label}" if department else ""
        day = date_format(clock.today(), "DATE_FORMAT")
        inputs = {
            "lang": pitch.language,
            "title": printable(pitch.title).strip() or _("Pitch without a title"),
            "organisation": printable(pitch.organisation.name),
            "to": _("To %(department)s") % {"department": to} if to else "",
            "note": note_on(pitch.title, pitch.organisation.name, *(text for _part, text in pitch.texts)),
            "foot": f"{printable(pitch.organisation.name)} · {day}",
        }
        for number, (part, text) in enumerate(pitch.texts):
            inputs[f"label-{number}"], inputs[f"text-{number}"] = str(part.label), printable(text)
    return inputs | {"parts": str(len(pitch.texts))}
