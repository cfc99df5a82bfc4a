"""Small words, and which of the two languages a text is written in."""

from collections.abc import Iterable

from .wordlists import word_list

DANISH_STOP = word_list("stop-da.txt")
ENGLISH_STOP = word_list("stop-en.txt")
GENRE = word_list("genre.txt")
_DANISH_LETTERS = frozenset("æøå")


def language_of(words: Iterable[str]) -> str:
    """`da` or `en`, by the share of each language's small words; Danish when in doubt."""
    danish = english = 0
    for word in words:
        danish += word in DANISH_STOP or not _DANISH_LETTERS.isdisjoint(word)
        english += word in ENGLISH_STOP
    return "en" if english > 2 * danish and english > 1 else "da"


def is_stop(word: str, language: str) -> bool:
    """Whether a lower-case word says nothing about what a text is about."""
    if len(word) < 2:
        return not word.isdigit()
    return word in (ENGLISH_STOP if language == "en" else DANISH_STOP)
