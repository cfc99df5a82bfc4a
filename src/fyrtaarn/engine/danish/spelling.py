"""Spelling mistakes: the known words one slip away from an unknown one."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product
from zlib import crc32

from .compounds import is_doubtful, split
from .lexicon import forms, knows_english, lemma

_ALPHABET = "eranstdilgokmvfubhpyåæøjcxwzq"
_FILTER_BITS = 1 << 23
_SECOND_HASH = 9
"""From this bit of a checksum on lies the second hash."""
_SHORTEST = 4
_WRITTEN_OUT = {"ae": "æ", "oe": "ø", "aa": "å"}
_WRITTEN_OUT_AT = re.compile("(ae|oe|aa)")
_MOST_WRITTEN_OUT = 4
_MOST_GUESSES = 6
_MOST_A_PART = 3


def slips(word: str) -> Iterator[str]:
    """Words of which a word is one slip away (Damerau 1964): two letters swapped, one lost, added or changed.

    The likeliest first: a letter lost or swapped leaves no choice, one added or changed may be any.
    """
    for cut in range(len(word) - 1):
        yield word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    for cut in range(len(word) + 1):
        for letter in _ALPHABET:
            yield word[:cut] + letter + word[cut:]
    for cut in range(len(word)):
        yield word[:cut] + word[cut + 1 :]
    for cut in range(len(word)):
        for letter in _ALPHABET:
            yield word[:cut] + letter + word[cut + 1 :]


@lru_cache(maxsize=2)
def _filter(language: str) -> bytearray:
    """A Bloom filter with two hashes over all known forms of a language: 1 MB, about 3 % false alarms."""
    bits = bytearray(_FILTER_BITS >> 3)
    for form in forms(language):
        for place in _hashes(form):
            bits[place >> 3] |= 1 << (place & 7)
    return bits


def _hashes(word: str) -> tuple[int, int]:
    checksum = crc32(word.encode())
    return checksum & (_FILTER_BITS - 1), checksum >> _SECOND_HASH


def _perhaps_known(word: str, language: str = "da") -> bool:
    first, second = _hashes(word)
    bits = _filter(language)
    return bool(bits[first >> 3] & (1 << (first & 7)) and bits[second >> 3] & (1 << (second & 7)))


def known(word: str, language: str = "da") -> bool:
    """Whether a lower-case word is in the dictionary or is a Danish compound of known parts.

    A Danish word is known in an English text too. Known words with a hyphen between them may be somebody's name.
    """
    return lemma(word) is not None or (knows_english(word) if language == "en" else split(word) is not None)


@lru_cache(maxsize=8_192)
def is_sure(word: str, language: str = "da") -> bool:
    """Whether a lower-case word, or each piece of a hyphenated one, is known as more than a compound like hardly any other."""
    if "-" in word:
        return all(is_sure(piece, language) for piece in word.split("-") if piece)
    return known(word, language) and not (language == "da" and is_doubtful(word))


@lru_cache(maxsize=4_096)
def corrections(word: str, language: str = "da") -> tuple[str, ...]:
    """Known words that an unknown or doubtful lower-case word may stand for, the likeliest first.

    Letters that a foreign keyboard lacks come first (vaerksted), then slips.
    A compound is mended in one of its parts when no known word is near the whole, a hyphenated word in one of its pieces.
    Short words and words with digits are left alone.
    """
    if "-" in word:
        return _mended_pieces(word, language)
    if len(word) < _SHORTEST or not word.isalpha():
        return ()
    if language == "en":
        return _near(word, _MOST_GUESSES, knows_english, language)
    found = _written_out(word) or _near(word, _MOST_GUESSES, lambda near: lemma(near) is not None)
    return found[:_MOST_GUESSES] or _near_compounds(word, _MOST_GUESSES)


def _mended_pieces(word: str, language: str) -> tuple[str, ...]:
    pieces = word.split("-")
    unsure = [place for place, piece in enumerate(pieces) if piece and not is_sure(piece, language)]
    if len(unsure) != 1:
        return ()
    before, after = pieces[: unsure[0]], pieces[unsure[0] + 1 :]
    return tuple("-".join((*before, guess, *after)) for guess in corrections(pieces[unsure[0]], language))


def _written_out(word: str) -> tuple[str, ...]:
    """Known words with æ, ø and å where ae, oe and aa stand for them."""
    pieces = _WRITTEN_OUT_AT.split(word)[: 2 * _MOST_WRITTEN_OUT + 1]
    if len(pieces) == 1 or "".join(pieces) != word:
        return ()
    ways = [(piece, _WRITTEN_OUT[piece]) if piece in _WRITTEN_OUT else (piece,) for piece in pieces]
    return tuple(near for way in product(*ways) if (near := "".join(way)) != word and known(near))


def _near(word: str, limit: int, accept: Callable[[str], bool], language: str = "da") -> tuple[str, ...]:
    found: list[str] = []
    for near in slips(word):
        if near not in found and near != word and _perhaps_known(near, language) and accept(near):
            found.append(near)
            if len(found) == limit:
                break
    return tuple(found)


def _near_compounds(word: str, limit: int) -> tuple[str, ...]:
    """Compounds with one part known as written and the other one slip away."""
    found: list[str] = []
    for cut in range(len(word) - 3, 2, -1):
        first, head = word[:cut], word[cut:]
        if len(head) >= _SHORTEST and _perhaps_known(first) and lemma(first):
            found += [first + near for near in _near(head, _MOST_A_PART, lambda near: lemma(near) is not None)]
        elif len(first) >= _SHORTEST and _perhaps_known(head) and lemma(head):
            found += [near + head for near in _near(first, _MOST_A_PART, lambda near: lemma(near) is not None)]
        if len(found) >= limit:
            break
    return tuple(one for one in dict.fromkeys(found) if split(one) is not None)[:limit]
