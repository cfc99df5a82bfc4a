"""Small words, and which of the two languages a text is written in."""

from collections.abc import Sequence

from .lexicon import knows_english, lemma
from .wordlists import word_list

DANISH_STOP = word_list("stop-da.txt")
ENGLISH_STOP = word_list("stop-en.txt")
GENRE = word_list("genre.txt")
EVERYDAY = word_list("everyday.txt")
_DANISH_LETTERS = "æøå"


_SAME_IN_BOTH = (DANISH_STOP & ENGLISH_STOP) | frozenset(("an", "by", "is", "most", "so", "me", "do", "all"))
_WORDS_LOOKED_UP = 20
_ONLY_DANISH = DANISH_STOP - _SAME_IN_BOTH
_ONLY_ENGLISH = ENGLISH_STOP - _SAME_IN_BOTH


def language_of(words: Sequence[str]) -> str:
    """`da` or `en`: by which language's own small words are more, else by whose dictionary knows more of the words.

    Danish when in doubt.
    """
    text = " ".join(words)
    danish = sum(map(_ONLY_DANISH.__contains__, words)) + sum(map(text.count, _DANISH_LETTERS))
    english = sum(map(_ONLY_ENGLISH.__contains__, words))
    if danish == english:
        for word in words[:_WORDS_LOOKED_UP]:
            known_danish, known_english = lemma(word) is not None, knows_english(word)
            danish += known_danish and not known_english
            english += known_english and not known_danish
    return "en" if english > danish else "da"


def is_stop(word: str, language: str) -> bool:
    """Whether a lower-case word says nothing about what a text is about."""
    if len(word) < 2:
        return not word.isdigit()
    return word in (ENGLISH_STOP if language == "en" else DANISH_STOP)
