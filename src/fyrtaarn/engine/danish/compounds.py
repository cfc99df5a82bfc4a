"""Danish compounds taken apart, with what the lemma data teaches about their parts.

The splitter is learnt without supervision: every base form that can be read as
first part + link + head, all of them known words, votes for its readings; two
rounds of expectation maximisation (Dempster, Laird, Rubin 1977) share each vote
among rival readings in proportion to how often their parts occur elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log

from simplemma.strategies.dictionaries import frontcode

from .lexicon import forms, lemma
from .wordlists import word_list

LINKS = ("", "s", "e", "er", "en", "n")
_SHORTEST_FIRST = 2
_SHORTEST_HEAD = 3
_ROUNDS = 2

_PREFIXES = word_list("prefixes.txt")
_SUFFIXES = word_list("suffixes.txt")
# Written first parts whose base form no link explains.
_IRREGULAR = {
    "børne": "barn", "børns": "barn", "brædde": "bræt", "mødre": "mor", "fædre": "far",
    "blomster": "blomst", "ældre": "ældre", "unge": "ung", "ungdoms": "ungdom", "gæste": "gæst",
    "hånd": "hånd", "hænde": "hånd", "fødevare": "fødevare", "arbejds": "arbejde", "mands": "mand",
    "ligestillings": "ligestilling", "nærings": "næring", "øko": "øko", "socio": "socio",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Split:
    """One reading of a compound: first part as written, its base form, the head as written."""

    first: str
    base: str
    head: str


@dataclass(frozen=True, slots=True)
class PartCounts:
    """How often a written first part and a head stand in known compounds."""

    first: dict[str, float]
    head: dict[str, float]

    def score(self, first: str, head: str) -> float:
        """Log odds that the two are parts; below 0 the word is better left whole."""
        return (
            log(self.first.get(first, 0.0) + 0.05)
            + log(self.head.get(head, 0.0) + 0.05)
            + 0.45 * (min(len(first), 8) + min(len(head), 8))
            - 3.0
        )


def base_forms() -> set[str]:
    """The distinct lower-case base forms in the installed lemma data."""
    # The public view decodes a block for every value; the record iterator reads the stream once.
    stream = forms()
    records = frontcode._iter_records(stream._data, stream._pos)  # type: ignore[attr-defined]
    return {base.decode() for _, _, base in records if base[:1].islower() or base[0] > 127}


def readings(word: str, known: set[str]) -> Iterator[tuple[str, str]]:
    """Every (first part as written, head) of a word whose base parts are known."""
    for cut in range(_SHORTEST_FIRST, len(word) - _SHORTEST_HEAD + 1):
        head = word[cut:]
        if head not in known or head in _SUFFIXES:
            continue
        first = word[:cut]
        if first in _PREFIXES:
            continue
        if (
            first in known
            or first in _IRREGULAR
            or any(link and first.endswith(link) and first[: -len(link)] in known for link in LINKS)
        ):
            yield first, head


def learn(words: Iterable[str]) -> PartCounts:
    """Part counts from known base forms."""
    known = {word for word in words if word.isalpha() and len(word) >= 2}
    compounds = [found for word in known if len(word) > 5 if (found := list(readings(word, known)))]
    counts = PartCounts({}, {})
    for turn in range(_ROUNDS):
        first: defaultdict[str, float] = defaultdict(float)
        head: defaultdict[str, float] = defaultdict(float)
        for found in compounds:
            votes = [1.0 if turn == 0 else counts.first[one] * counts.head[two] for one, two in found]
            total = sum(votes)
            for (one, two), vote in zip(found, votes, strict=True):
                first[one] += vote / total
                head[two] += vote / total
        counts = PartCounts(dict(first), dict(head))
    return PartCounts(
        {part: count for part, count in counts.first.items() if count > 0.3},
        {part: count for part, count in counts.head.items() if count > 0.3},
    )


@lru_cache(maxsize=1)
def part_counts() -> PartCounts:
    """The counts learnt from the installed lemma data (about a second, once in a process)."""
    return learn(base_forms())


def first_base(first: str) -> str | None:
    """The base form of a written first part: arbejds -> arbejde, børne -> barn, or None."""
    if first in _IRREGULAR:
        return _IRREGULAR[first]
    whole = lemma(first)
    if whole is not None and not (first.endswith("s") and lemma(first[:-1])):
        return whole
    for link in LINKS[1:]:
        if first.endswith(link) and len(first) - len(link) >= 2:
            base = lemma(first[: -len(link)])
            if base is not None:
                return base
    return whole


@lru_cache(maxsize=65_536)
def split(word: str) -> Split | None:
    """The best reading of a lower-case word as first part and head, or None.

    A known base form is split only where its parts are well known; an unknown word
    also where they are less so, because a compound is what it most likely is.
    """
    counts = part_counts()
    known = lemma(word) is not None
    best: Split | None = None
    best_score = 0.0 if known else -3.5
    for cut in range(_SHORTEST_FIRST, len(word) - _SHORTEST_HEAD + 1):
        first, head = word[:cut], word[cut:]
        if first in _PREFIXES or head in _SUFFIXES:
            continue
        if first not in counts.first and (known or cut < 4):
            continue
        head_base = lemma(head)
        if head_base is None or head_base in _SUFFIXES:
            continue
        score = counts.score(first, head_base)
        if score <= best_score:
            continue
        base = first_base(first)
        if base is None:
            continue
        best, best_score = Split(first, base, head), score
    return best


@lru_cache(maxsize=65_536)
def parts(word: str) -> tuple[str, ...]:
    """The base forms of all parts of a compound in order; empty when it is none.

    A first part that is itself a compound is taken apart again, and so is the head.
    """
    reading = split(word)
    if reading is None:
        return ()
    bases = (reading.base, lemma(reading.head) or reading.head)
    return tuple(
        part
        for base in bases
        # A base form as long as the compound (an odd dictionary entry) would never end.
        for part in (len(base) < len(word) and parts(base)) or (base,)
    )
