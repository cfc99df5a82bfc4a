"""Papers: PDFs that Typst sets and tags, so that a screen reader reads them (PDF/UA-1). See docs/decisions/0019.

    on_paper(PAGE, {"lang": "da", "title": printable(title)})

The words go in as plain strings, never as markup. The fonts are those that come with Typst, so that a page looks alike,
and breaks alike, everywhere. They have Latin, Greek, Cyrillic, Hebrew and Arabic letters, but neither Chinese nor smileys.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

import typst
from django.utils.translation import gettext as _

STAND_IN = "[?]"
NO_FORM = {"Cc", "Cf", "Cs", "Zl", "Zp"}
USUAL = (range(0x20, 0x250), range(0x2010, 0x2028), range(0x20A0, 0x20C0))  # Latin letters, punctuation, currencies
LACKING = range(0x2E80, 0xD7A4)  # Chinese, Japanese and Korean; asked of the fonts one by one they would take long
ONE_SIGN = b'#set document(title: "-")\n#sys.inputs.sign'


def on_paper(page: Path, words: Mapping[str, str]) -> bytes:
    """The PDF of a page in Typst, with the words as its inputs."""
    return typst.compile(_source(page), sys_inputs=dict(words), pdf_standards=["ua-1"], font_paths=_fonts())


def pages_on_paper(page: Path, words: Mapping[str, str]) -> int:
    """How many pages it takes, where the page says so under the label <pages>."""
    inputs = dict(words)
    return int(typst.query(_source(page), "<pages>", field="value", one=True, sys_inputs=inputs, font_paths=_fonts()))


def printable(text: str) -> str:
    """The text as it can be set: no control characters, and `[?]` for signs that the fonts lack. Lines stay lines."""
    return "\n".join("".join(_set_signs(line)) for line in text.replace("\r\n", "\n").split("\n"))


def note_on(*texts: str) -> str:
    """What the paper says where signs of the texts could not be printed; else nothing."""
    if all(STAND_IN not in printable(text) or STAND_IN in text for text in texts):
        return ""
    return _("“%(sign)s” stands for signs that cannot be printed here. Its page in Fyrtårn shows them.") % {
        "sign": STAND_IN
    }


def _set_signs(line: str) -> Iterator[str]:
    """The signs of a line one by one; many in a row that the fonts lack become one stand-in."""
    lacked = False
    for sign in _signs(unicodedata.normalize("NFC", line)):
        shown = next((form for form in _forms(sign) if _is_set(form)), STAND_IN)
        if not (lacked and shown == STAND_IN):
            yield shown
        lacked = shown == STAND_IN


def _signs(line: str) -> list[str]:
    """Letters with the marks that belong to them, without what has no form on paper."""
    found: list[str] = []
    for sign in line:
        kind = unicodedata.category(sign)
        if kind in NO_FORM:
            continue
        if kind.startswith("M") and found:
            found[-1] += sign
        else:
            found.append(sign)
    return found


def _forms(sign: str) -> Iterator[str]:
    """The sign itself, its plainer form (１ as 1), and its letter without marks."""
    yield sign
    yield unicodedata.normalize("NFKC", sign)
    yield sign[0]


def _is_set(sign: str) -> bool:
    if len(sign) == 1 and any(ord(sign) in usual for usual in USUAL):
        return True
    return not any(ord(part) in LACKING for part in sign) and _fonts_have(sign)


@lru_cache(maxsize=4096)
def _fonts_have(sign: str) -> bool:
    try:
        typst.compile(ONE_SIGN, sys_inputs={"sign": sign}, pdf_standards=["ua-1"], font_paths=_fonts())
    except typst.TypstError:
        return False
    return True


@cache
def _source(page: Path) -> bytes:
    return page.read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
