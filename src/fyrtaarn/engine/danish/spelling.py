"""Spelling mistakes: the known words one slip away from an unknown one."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product
from zlib import crc32

from .compounds import split
from .lexicon import forms, lemma

_ALPHABET = "eranstdilgokmvfubhpyåæøjcxwzq"
_FILTER_BITS = 1 << 23
_SHORTEST = 4
_WRITTEN_OUT = {"ae": "æ", "oe": "ø", "aa": "å"}
_WRITTEN_OUT_AT = re.compile("(ae|oe|aa)")
_MOST_WRITTEN_OUT = 4


def slips(word: str) -> Iterator[str]:
    """Words one slip away (Damerau 1964): two letters swapped, one lost, added or changed.

    In the order of how often each slip happens, so the first known one is the best guess.
    """
    for cut in range(len(word) - 1):
        yield word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    for cut in range(len(word)):
        yield word[:cut] + word[cut + 1 :]
    for cut in range(len(word) + 1):
        for letter in _ALPHABET:
            yield word[:cut] + letter + word[cut:]
    for cut in range(len(word)):
        for letter in _ALPHABET:
            yield word[:cut] + letter + word[cut + 1 :]


@lru_cache(maxsize=1)
def _filter() -> bytearray:
    """A Bloom filter with one hash over all known forms: 1 MB, about 9 % false alarms."""
    bits = bytearray(_FILTER_BITS >> 3)
    for form in forms():
        place = crc32(form.encode()) & (_FILTER_BITS - 1)
        bits[place >> 3] |= 1 << (place & 7)
    return bits


def _perhaps_known(word: str) -> bool:
    place = crc32(word.encode()) & (_FILTER_BITS - 1)
    return bool(_filter()[place >> 3] & (1 << (place & 7)))


def known(word: str) -> bool:
    """Whether a lower-case word is in the dictionary or is a compound of known parts."""
    return lemma(word) is not None or split(word) is not None


@lru_cache(maxsize=4_096)
def corrections(word: str, limit: int = 3) -> tuple[str, ...]:
    """Known words that an unknown lower-case word may stand for, the likeliest first.

    Letters that a foreign keyboard lacks come first (vaerksted), then slips.
    A compound is mended in one of its parts when no known word is near the whole.
    Short words and words with digits are left alone.
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return ()
    found = _written_out(word)[:limit] or _near(word, limit, lambda near: lemma(near) is not None)
    return found or _near_compounds(word, limit)


def _written_out(word: str) -> tuple[str, ...]:
    """Known words with æ, ø and å where ae, oe and aa stand for them."""
    pieces = _WRITTEN_OUT_AT.split(word)[: 2 * _MOST_WRITTEN_OUT + 1]
    if len(pieces) == 1 or "".join(pieces) != word:
        return ()
    ways = [(piece, _WRITTEN_OUT[piece]) if piece in _WRITTEN_OUT else (piece,) for piece in pieces]
    return tuple(near for way in product(*ways) if (near := "".join(way)) != word and known(near))


def _near(word: str, limit: int, accept: Callable[[str], bool]) -> tuple[str, ...]:
    found: list[str] = []
    for near in slips(word):
        if near not in found and near != word and _perhaps_known(near) and accept(near):
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
            found += [first + near for near in _near(head, 1, lambda near: lemma(near) is not None)]
        elif len(first) >= _SHORTEST and _perhaps_known(head) and lemma(head):
            found += [near + head for near in _near(first, 1, lambda near: lemma(near) is not None)]
        if len(found) >= limit:
            break
    return tuple(one for one in dict.fromkeys(found) if split(one) is not None)[:limit]
