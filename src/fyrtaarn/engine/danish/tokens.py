"""Words of a text with their places, so that a match can be marked in the original."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_REST = r"[\w\u0300-\u036f]"
_TOKEN = re.compile(
    r"\w+(?:[\u0300-\u036f]+\w*)*"  # as _REST says, in the words of a faster search
    r"(?:(?<=\d)[.,]\d+"  # 2.000 and 3,5 are one number
    r"|(?:\.\w{1,3})+\."  # f.eks. and bl.a. are one token
    rf"|[-\u2010\u2011'\u2019&]{_REST}+)*"  # it-udstyr
    r"(?:[-\u2010\u2011]|(?<=\d)\+)?"  # 65+
    r"|§{1,2}\s?\d+"  # § 18
)
_HYPHENS = re.compile(r"[\u2010\u2011]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its normal form and the half-open character range it came from.

    `name` says that it looks like a name or an abbreviation: a capital within a sentence.
    """

    text: str
    start: int
    end: int
    name: bool


@lru_cache(maxsize=16_384)
def fold(word: str) -> str:
    """The word in lower case, composed Unicode and plain hyphens.

    Folding twice is the same as folding once.
    """
    folded = unicodedata.normalize("NFC", _HYPHENS.sub("-", word).replace("\u2019", "'"))
    if folded.startswith("§"):
        return "§" + folded.lstrip("§ \u00a0\n\t")
    for _ in range(4):
        again = unicodedata.normalize("NFC", folded.lower())
        if again == folded:
            break
        folded = again
    return folded


def _spaced(text: str) -> str:
    return text.replace("_", " ")


def tokenise(text: str) -> list[Token]:
    """The tokens of a text in order.

    A hyphen at the end is kept, because it says that the word is the first part
    of a compound whose head follows later ("Børne- og Ungdomsforvaltningen").
    """
    return [
        Token(fold(match.group()), match.start(), match.end(), _looks_like_name(text, match.group(), match.start()))
        for match in _TOKEN.finditer(_spaced(text))
    ]


def _looks_like_name(text: str, word: str, start: int) -> bool:
    if not word[0].isupper():
        return False
    before = text[max(0, start - 3) : start].rstrip(" \"'»“(")
    return word[1:2].isupper() or (start > 0 and before[-1:] not in ("", ".", "!", "?", ":", "\n"))


def written_places(text: str) -> list[re.Match[str]]:
    """The tokens of a text as they are written, each with its place."""
    return list(_TOKEN.finditer(_spaced(text)))


def written_words(text: str) -> list[str]:
    """The tokens of a text as they are written."""
    return _TOKEN.findall(_spaced(text))


def words(text: str) -> list[str]:
    """The normal forms of the tokens of a text: the same as `tokenise` gives, without their places."""
    return [fold(word) for word in written_words(text)]
