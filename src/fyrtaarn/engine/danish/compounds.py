"""Danish compounds taken apart, with what the lemma data teaches about their parts.

The splitter is learnt without supervision: every base form that can be read as
first part + link + head, all of them known words, votes for its readings; two
rounds of expectation maximisation (Dempster, Laird, Rubin 1977) share each vote
among rival readings in proportion to how often their parts occur elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import NamedTuple

from .learnt import learnt
from .lexicon import is_name, lemma
from .wordlists import word_list

LINKS = ("", "s", "e", "er", "en", "n")
_SHORTEST_FIRST = 2
_SHORTEST_HEAD = 3
_SHORTEST_UNKNOWN_FIRST = 7
_ROUNDS = 2

_PREFIXES = word_list("prefixes.txt")
_SUFFIXES = word_list("suffixes.txt")
_WHOLE = word_list("whole.txt")
# Written first parts whose base form no link explains.
_IRREGULAR = {
    "børne": "barn", "børns": "barn", "brædde": "bræt", "mødre": "mor", "fædre": "far",
    "blomster": "blomst", "ældre": "ældre", "unge": "ung", "ungdoms": "ungdom", "gæste": "gæst",
    "hånd": "hånd", "hænde": "hånd", "fødevare": "fødevare", "arbejds": "arbejde", "mands": "mand",
    "ligestillings": "ligestilling", "nærings": "næring", "maskin": "maskine", "symaskin": "symaskine",
    "mediko": "medico", "kokke": "kok", "tog": "tog",
} | {form: form for form in word_list("combining.txt")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Split:
    """One reading of a compound: first part as written, its base form, the head as written."""

    first: str
    base: str
    head: str


class PartCounts(NamedTuple):
    """Log evidence that a written first part, and a head, stand in compounds.

    The evidence of a part is its count in known compounds times the square of its
    reliability: of the words that begin (end) with it, the share that are such compounds.
    """

    first: Mapping[str, float]
    head: Mapping[str, float]

    def score(self, first: str, head: str) -> float:
        """Evidence for the two together; below 0 the word is better left whole."""
        return (
            self.first.get(first, UNSEEN)
            + self.head.get(head, UNSEEN)
            + PER_LETTER * (min(len(first), 8) + min(len(head), 8))
            - THRESHOLD
        )


UNSEEN = -3.0
PER_LETTER = 0.5
THRESHOLD = 3.0
UNKNOWN_BONUS = 3.5
SURE = 3.0
"""An unknown word with less evidence for its parts may as well be another word, misspelt."""


def readings(word: str, known: set[str], doers: Set[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Every (first part as written, head) of a word whose base parts are known.

    A head may be one of `doers`, who are called by what they do: avle, svineavler.
    """
    for cut in range(_SHORTEST_FIRST, len(word) - _SHORTEST_HEAD + 1):
        head = word[cut:]
        if (head not in known and head not in doers) or head in _SUFFIXES:
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


def learn(words: Iterable[str], verbs: Iterable[str] = ()) -> PartCounts:
    """Part counts from known base forms, `verbs` among them."""
    known = {word for word in words if word.isalpha() and len(word) >= 2}
    doers = {verb + "r" for verb in verbs if verb.endswith("e") and len(verb) > _SHORTEST_HEAD}
    compounds = [found for word in sorted(known) if len(word) > 5 if (found := list(readings(word, known, doers)))]
    first: defaultdict[str, float] = defaultdict(float)
    head: defaultdict[str, float] = defaultdict(float)
    for turn in range(_ROUNDS):
        old_first, old_head = first, head
        first, head = defaultdict(float), defaultdict(float)
        for found in compounds:
            votes = [1.0 if turn == 0 else old_first[one] * old_head[two] for one, two in found]
            total = sum(votes)
            for (one, two), vote in zip(found, votes, strict=True):
                first[one] += vote / total
                head[two] += vote / total
    return PartCounts(*_evidence(first, head, known))


def _evidence(
    first: Mapping[str, float], head: Mapping[str, float], known: set[str]
) -> tuple[dict[str, float], dict[str, float]]:
    begin: defaultdict[str, int] = defaultdict(int)
    end: defaultdict[str, int] = defaultdict(int)
    for word in known:
        for cut in range(_SHORTEST_FIRST, len(word) - _SHORTEST_HEAD + 1):
            if word[:cut] in first:
                begin[word[:cut]] += 1
            if word[cut:] in head:
                end[word[cut:]] += 1
    return (
        {part: 3 * log(count) - 2 * log(begin[part]) for part, count in first.items() if count > 0.3},
        {part: 3 * log(count) - 2 * log(end[part]) for part, count in head.items() if count > 0.3},
    )


@lru_cache(maxsize=1)
def part_counts() -> PartCounts:
    """The counts learnt from the installed lemma data."""
    return PartCounts(learnt().first, learnt().head)


def first_base(first: str) -> str | None:
    """The base form of a written first part: arbejds -> arbejde, børne -> barn, gymnasie -> gymnasium, or None."""
    if first in _IRREGULAR:
        return _IRREGULAR[first]
    if first.endswith("ie") and (latin := lemma(first[:-2] + "ium")):
        return latin
    whole = lemma(first)
    if whole is not None and not (first.endswith("s") and lemma(first[:-1])):
        return whole
    for link in LINKS[1:]:
        if first.endswith(link) and len(first) - len(link) >= 2:
            base = lemma(first[: -len(link)])
            if base is not None:
                return base
    return whole


@lru_cache(maxsize=8_192)
def split(word: str) -> Split | None:
    """The best reading of a lower-case word as first part and head, or None.

    A known base form is split only where its parts are well known; an unknown word
    also where they are less so, because a compound is what it most likely is.
    """
    if word in _WHOLE or is_name(word):
        return None
    counts = part_counts()
    known = lemma(word) is not None
    best: Split | None = None
    best_score = 0.0 if known else -UNKNOWN_BONUS
    for cut in range(_SHORTEST_FIRST, len(word) - _SHORTEST_HEAD + 1):
        first, head = word[:cut], word[cut:]
        if first in _PREFIXES or head in _SUFFIXES:
            continue
        if first not in counts.first and (known or cut < 4):
            continue
        head_base = lemma(head)
        if head_base is None or head_base in _SUFFIXES:
            continue
        score = counts.score(first, head if head in counts.head else head_base)
        if score <= best_score:
            continue
        base = first_base(first)
        if base is None:
            continue
        best, best_score = Split(first, base, head), score
    return best if best or known else _split_longer(word)


def is_doubtful(word: str) -> bool:
    """Whether a lower-case word is known only as a compound of parts that rarely stand so in others."""
    reading = split(word)
    if reading is None or lemma(word) is not None:
        return False
    head = reading.head if reading.head in part_counts().head else lemma(reading.head) or reading.head
    return part_counts().score(reading.first, head) < SURE


def _split_longer(word: str) -> Split | None:
    """A reading of an unknown word whose first part is itself an unknown compound."""
    for cut in range(_SHORTEST_UNKNOWN_FIRST, len(word) - _SHORTEST_HEAD + 1):
        head_base = lemma(word[cut:])
        if head_base is None or part_counts().head.get(head_base, UNSEEN) < 0:
            continue
        first = word[:cut]
        for link in LINKS[:2]:
            base = first.removesuffix(link)
            if (not link or first.endswith(link)) and lemma(base) is None and split(base):
                return Split(first, base, word[cut:])
    return None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a compound in base form; depth 1 for its own two parts, 2 for theirs, and so on."""

    base: str
    depth: int
    is_head: bool


@lru_cache(maxsize=8_192)
def parts(word: str) -> tuple[Part, ...]:
    """All parts of a compound, larger before smaller; empty when it is none."""
    reading = split(word)
    if reading is None:
        return ()
    found = []
    for base, is_head in ((reading.base, False), (lemma(reading.head) or reading.head, True)):
        found.append(Part(base, 1, is_head))
        # A base form as long as the compound (an odd dictionary entry) would never end.
        if len(base) < len(word):
            found += [Part(part.base, part.depth + 1, part.is_head) for part in parts(base)]
    return tuple(found)


def base_form(word: str) -> str:
    """The base form of a Danish word; of an unknown compound by its head."""
    known = lemma(word)
    if known is not None:
        return known
    reading = split(word)
    if reading is None:
        return word
    return reading.first + (lemma(reading.head) or reading.head)
