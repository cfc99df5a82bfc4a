"""A pitch on paper: one page, tagged so that a screen reader reads it (PDF/UA-1), set by Typst."""

import unicodedata
from functools import cache
from pathlib import Path

import typst
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from fyrtaarn.foundation import clock

from .models import Pitch, PitchVersion
from .parts import GUIDES, Part, words_in

NO_FORM = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
USUAL = (range(0x20, 0x250), range(0x2010, 0x2028), range(0x20A0, 0x20C0))  # Latin letters, punctuation, currencies
PAGE = Path(__file__).with_name("page.typ")


class TooLong(Exception):
    """It does not fit on one page; `parts` are those to shorten, with how many words too many, the worst first."""

    def __init__(self, parts: list[tuple[Part, int]]) -> None:
        super().__init__(parts)
        self.parts = parts


class Unprintable(Exception):
    """The fonts lack `signs`."""

    def __init__(self, signs: str) -> None:
        super().__init__(signs)
        self.signs = signs


def on_one_page(pitch: Pitch | PitchVersion) -> bytes:
    """The PDF, in the pitch's language. Raises TooLong when it needs more than one page, Unprintable for smileys."""
    words = _words(pitch)
    pages = typst.query(_source(), "<pages>", field="value", one=True, sys_inputs=words, font_paths=_fonts())
    if int(pages) > 1:
        raise TooLong(too_long_parts(pitch))
    try:
        return typst.compile(_source(), sys_inputs=words, pdf_standards=["ua-1"], font_paths=_fonts())
    except typst.TypstError as fault:
        signs = rare_signs(pitch)
        if not signs:
            raise
        raise Unprintable(signs) from fault


def rare_signs(pitch: Pitch | PitchVersion) -> str:
    """The signs in it that are neither Latin letters nor the usual punctuation, each once."""
    said = "".join([pitch.title, pitch.organisation.name, *(text for _part, text in pitch.texts)])
    return " ".join(sorted({sign for sign in plain(said) if not any(ord(sign) in usual for usual in USUAL)}))


def plain(text: str) -> str:
    """The text without the control characters that have no form on paper; lines stay lines."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join("".join(sign for sign in line if unicodedata.category(sign) not in NO_FORM) for line in lines)


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
            "title": plain(pitch.title).strip() or _("Pitch without a title"),
            "organisation": plain(pitch.organisation.name),
            "to": _("To %(department)s") % {"department": to} if to else "",
            "foot": f"{plain(pitch.organisation.name)} · {day}",
        }
        for number, (part, text) in enumerate(pitch.texts):
            inputs[f"label-{number}"], inputs[f"text-{number}"] = str(part.label), plain(text)
    return inputs | {"parts": str(len(pitch.texts))}


@cache
def _source() -> bytes:
    return PAGE.read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Those that come with Typst, so that a page looks alike, and breaks alike, everywhere."""
    return typst.Fonts(include_system_fonts=False)
