"""What assessors' points come to, exact, and how far the money goes. Applications are compared, never people."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Weighted:
    """A criterion: from nought to `most` points, times `weight`."""

    key: int
    weight: int
    most: int


@dataclass(frozen=True)
class Total:
    """The weighted sums of those who have assessed, each out of `possible`; `share` is all of them out of the most."""

    sums: tuple[int, ...]
    possible: int

    @property
    def given(self) -> int:
        return sum(self.sums)

    @property
    def most(self) -> int:
        return self.possible * len(self.sums)

    @property
    def share(self) -> Fraction:
        return Fraction(self.given, self.most) if self.most else Fraction(0)

    @property
    def spread(self) -> int:
        """How far the assessors are from each other: the highest sum less the lowest."""
        return max(self.sums) - min(self.sums) if self.sums else 0


def total_of(criteria: Iterable[Weighted], assessments: Iterable[Mapping[int, int]]) -> Total:
    """The total of assessments, each points by criterion; one without points for every criterion is an error."""
    by_key = list(criteria)
    sums = tuple(sum(one.weight * points[one.key] for one in by_key) for points in assessments)
    return Total(sums, sum(one.weight * one.most for one in by_key))


@dataclass(frozen=True)
class Ranked:
    """An application in the order of its share: `place` is shared by those who are equal (`tied`).

    `running` is what it and all before it ask for together, in øre; `covered` says whether the money goes so far.
    """

    key: int
    place: int
    tied: bool
    running: int
    covered: bool


def ranked(shares: Mapping[int, Fraction], asked: Mapping[int, int], money: int) -> list[Ranked]:
    """The applications by falling share, equal ones by the lowest number. Where the money ends, it ends for all after."""
    order = sorted(shares, key=lambda key: (-shares[key], key))
    sharing, places = Counter(shares.values()), dict[Fraction, int]()
    found, running = [], 0
    for number, key in enumerate(order, start=1):
        share, running = shares[key], running + asked[key]
        place = places.setdefault(share, number)
        found.append(Ranked(key, place, sharing[share] > 1, running, running <= money))
    return found
