"""Many realistic listings: texts of two or three subjects each, with words by Zipf's law, spread over municipalities.

The same seed always makes the same collection.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from fyrtaarn.engine.matching import default_taxonomy

SENTENCES = (
    "Vi arbejder med {0} og {1} sammen med borgere, der har brug for {2}.",
    "Hos os handler det om {0}, og vi lægger vægt på {1}.",
    "Forløbet varer tre måneder og bygger på {0} med hjælp fra {1}.",
    "Vi har erfaring med {0}, {1} og {2} fra flere år i byen.",
    "Deltagerne lærer om {0}, mens de er med til {1}.",
    "Kommunen kan købe pladser til {0} eller lave en aftale om {1}.",
    "Der mangler tilbud om {0}, især når det gælder {1}.",
    "Vi søger nogen, der kan hjælpe med {0} uden at glemme {1} og {2}.",
    "Sidste år kom mere end hundrede mennesker til {0}.",
    "Det begynder med {0} og fører til {1}.",
)


@dataclass(frozen=True)
class Made:
    """One made listing; numbers count from nought within themes, districts and so on."""

    kind: str
    title: str
    text: str
    municipality: int
    theme: int
    groups: tuple[int, ...]
    goals: tuple[int, ...]
    district: int
    department: int
    everywhere: bool
    public: bool
    minute: int
    stage: str


@cache
def subjects() -> tuple[tuple[str, ...], ...]:
    """The Danish words of each concept that the engine knows."""
    words: dict[str, list[str]] = {}
    for phrase, concepts in default_taxonomy().words["da"].items():
        for term, _ in concepts:
            words.setdefault(term, []).append(phrase)
    return tuple(tuple(sorted(found)) for _, found in sorted(words.items()) if len(found) > 3)


@cache
def rare_words() -> tuple[str, ...]:
    """Danish words of all sorts: the long tail."""
    dictionary = DefaultDictionaryFactory().get_dictionary("da")
    words = {w.decode() if isinstance(w, bytes) else w for w in dictionary}
    return tuple(sorted(w for w in words if 5 < len(w) < 22 and w.isalpha() and w.islower()))


def zipf(count: int) -> Sequence[float]:
    """Rising weights: the first of `count` things is met `count` times as often as the last."""
    return tuple(accumulate(1 / rank for rank in range(1, count + 1)))


def collection(size: int, *, municipalities: int, seed: int = 1, only: str = "") -> Iterator[Made]:
    """`size` listings: seven of ten are solutions, two organisations, one a challenge; or `only` of one kind."""
    random = Random(seed)
    order = list(subjects())
    random.shuffle(order)
    by_rank, homes = zipf(len(order)), zipf(municipalities)
    for number in range(size):
        about = random.choices(range(len(order)), cum_weights=by_rank, k=random.choice((2, 2, 3)))
        words = [random.choice(order[subject]) for subject in about for _ in range(6)]
        words += random.choices(rare_words(), k=5)
        random.shuffle(words)
        lines = [sentence.format(*random.choices(words, k=3)) for sentence in random.sample(SENTENCES, 5)]
        yield Made(
            kind=only or random.choices(("solution", "organisation", "challenge"), (7, 2, 1))[0],
            title=f"{random.choice(words).capitalize()} og {random.choice(order[about[0]])}",
            text=" ".join(lines),
            municipality=random.choices(range(municipalities), cum_weights=homes)[0],
            theme=about[0],
            groups=tuple(random.sample(range(25), random.choice((1, 1, 2, 3)))),
            goals=tuple(random.sample(range(1, 18), random.choice((1, 2, 3)))),
            district=random.randrange(12),
            department=random.randrange(7),
            everywhere=random.random() < 0.05,
            public=random.random() < 0.97,
            minute=number,
            stage=random.choice(("idea", "tried", "tried", "proven", "scaled")),
        )


def questions(count: int, seed: int = 2) -> list[str]:
    """What people type: one to four words; a common subject more often than a rare one."""
    random = Random(seed)
    order = list(subjects())
    Random(1).shuffle(order)
    by_rank = zipf(len(order))
    return [
        " ".join(
            random.choice(order[subject])
            for subject in random.choices(range(len(order)), cum_weights=by_rank, k=random.choice((1, 1, 2, 2, 3, 4)))
        )
        for _ in range(count)
    ]
