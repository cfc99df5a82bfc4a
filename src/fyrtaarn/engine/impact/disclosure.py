"""Which figures can be shown without telling about a few people.

A figure is a number of people: a sum over the finest groups (atoms). Small figures are held back, and then as many others
as it takes that nobody can work a small group out: by adding, subtracting, filtering or comparing with what was released
before. For every small group there is a proof: two sets of whole numbers for all groups that agree with everything shown,
one in which the group is no longer small and one in which it is smaller than it is.

That covers every difference and union of groups. If one could be worked out to be small, no group in it could be large in
any set of numbers that agrees with what is shown; but each small group is large in one.

Amounts are protected in the same way (`protect_amounts`): an amount that one participant dominates is what a small number
is for people.

Complementary suppression as in Hundepool et al. 2012, Statistical Disclosure Control, chapter 4, with whole numbers instead
of intervals; which figure goes is chosen one by one, and in the end every figure that can be shown is.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import chain, combinations
from typing import Any

import numpy as np

from .simplex import Answer, Numbers, Polytope

LEAST_THRESHOLD = 3
Atom = Hashable
Name = Hashable


class Held(StrEnum):
    """Why a figure is not shown. This is for those who publish: readers see that it is held back, never why."""

    SMALL = "small"
    DOMINATED = "dominated"
    """One participant's contribution could be told too well from the amount."""
    COVERS_ANOTHER = "covers another"
    """It is large enough, but would give a small one away."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Below `threshold` a number is small. Nought tells of nobody and is shown, unless it is not `noughts_are_safe`."""

    threshold: int = 5
    noughts_are_safe: bool = True

    def __post_init__(self) -> None:
        if self.threshold < LEAST_THRESHOLD:
            raise ValueError(f"a threshold below {LEAST_THRESHOLD} protects nobody")

    def is_small(self, number: int) -> bool:
        """Whether a number tells about a few."""
        return int(self.noughts_are_safe) <= number < self.threshold


STANDARD = Rule()


@dataclass(frozen=True, slots=True)
class Dominance:
    """The p %-rule: an amount tells too much where the second largest contributor, who knows her own part, could tell the
    largest to within `percent`; Hundepool et al. 2012, section 4.2.2. Nought from some people tells of each of them."""

    percent: int = 10

    def __post_init__(self) -> None:
        if not 0 < self.percent <= 100:
            raise ValueError("a percentage lies above 0 and up to 100")

    def tells(self, contributions: Sequence[int]) -> bool:
        """Whether the sum of some contributions tells too much of the largest."""
        largest, second = _two_largest(contributions)
        return bool(contributions) and 100 * (sum(contributions) - largest - second) <= largest * self.percent

    def reach(self, contributions: Sequence[int]) -> "_Reach":
        """How far to either side a sum that tells too much must be able to lie."""
        largest, second = _two_largest(contributions)
        room = -(-largest * self.percent // 100)
        return _Reach((largest + room + second,), sum(contributions) - room if room else None)


def _two_largest(contributions: Sequence[int]) -> tuple[int, int]:
    first, second, *_more = (*sorted(contributions, reverse=True), 0, 0)
    return first, second


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people to be shown: all those in some atoms. What has been `released` before is known to everybody."""

    name: Name
    atoms: frozenset[Atom]
    released: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """What is shown and what is held back, and the groups that earlier releases give away whatever is held back now."""

    shown: Mapping[Name, int]
    held: Mapping[Name, Held]
    given_away: tuple[frozenset[Atom], ...]
    atoms: Mapping[Name, frozenset[Atom]]

    def share(self, part: Name, whole: Name) -> Fraction | None:
        """A part of a whole; None where one of the two is held back, or the share says the same of everybody (0 or 1).

        Raises ValueError for a part that lies not wholly within.
        """
        if not self.atoms[part] <= self.atoms[whole]:
            raise ValueError(f"{part} lies not within {whole}")
        if part not in self.shown or whole not in self.shown or self.shown[part] in (0, self.shown[whole]):
            return None
        return Fraction(self.shown[part], self.shown[whole])

    def mean(self, name: Name, total: Fraction, ends: Collection[Fraction] = ()) -> Fraction | None:
        """The mean of a total over the people of a figure; None where their number is held back or nought, or the mean is
        one of the `ends` of the scale and so says the same of everybody.

        As totals add up as numbers of people do, no mean of a small group can be worked out of those shown.
        """
        if not self.shown.get(name):
            return None
        mean = total / self.shown[name]
        return None if mean in ends else mean


def protect(counts: Mapping[Atom, int], figures: Iterable[Figure], rule: Rule = Rule()) -> Release:
    """Choose what to show of some figures over the same atoms.

    Of two figures that would do, the one goes that says less: of fewer groups, not nought, smaller. Raises ValueError for a
    name that is there twice or a count below nought, KeyError for an atom without a count.
    """
    every = list(figures)
    if len({one.name for one in every}) < len(every):
        raise ValueError("two figures have the same name")
    if any(count < 0 for count in counts.values()):
        raise ValueError("a number of people is never below nought")

    def reach(group: frozenset[Atom]) -> _Reach:
        number = sum(counts[atom] for atom in group)
        return _Reach(range(rule.threshold, number, -1), number - 1 if number else None)

    return _Choice(
        counts,
        every,
        _Secret(
            Held.SMALL,
            lambda atoms: rule.is_small(sum(counts[atom] for atom in atoms)),
            reach,
            dict.fromkeys(counts, 0),
        ),
    ).release()


def protect_amounts(
    contributions: Mapping[Atom, Sequence[int]],
    figures: Iterable[Figure],
    numbers: Release,
    rule: Dominance = Dominance(),
) -> Release:
    """Choose which amounts to show beside the numbers of people that are shown: sums of whole contributions (øre), one of
    each person and none below nought.

    For every group that one participant dominates there is a proof as for numbers of people, which holds against anybody
    who knows her own contribution: two sets of amounts in which every other group has at least what its largest
    contributor gave, one in which the group is too large to tell the largest contribution by, and one in which it is too
    small. So no union of groups tells too much either: where one does, so does the group in it with the largest
    contribution. Raises ValueError for a contribution below nought, KeyError for an atom without contributions.
    """
    every = [one for one in figures if one.name in numbers.shown]
    if any(amount < 0 for amounts in contributions.values() for amount in amounts):
        raise ValueError("a contribution is never below nought")

    def of(atoms: frozenset[Atom]) -> list[int]:
        return [amount for atom in atoms for amount in contributions[atom]]

    amounts = _Choice(
        {atom: sum(given) for atom, given in contributions.items()},
        every,
        _Secret(
            Held.DOMINATED,
            lambda atoms: rule.tells(of(atoms)),
            lambda group: rule.reach(of(group)),
            {atom: max(given, default=0) for atom, given in contributions.items()},
        ),
    ).release()
    return Release(amounts.shown, {**numbers.held, **amounts.held}, amounts.given_away, numbers.atoms)


@dataclass(frozen=True, slots=True)
class _Reach:
    """How large a group that tells too much must be able to look, the largest that will do first, and how small."""

    least: Sequence[int]
    most: int | None


@dataclass(frozen=True, slots=True)
class _Secret:
    """What tells too much, how far it must be able to lie from what it is, and how little of each atom somebody knows."""

    why: Held
    tells: Callable[[frozenset[Atom]], bool]
    reach: Callable[[frozenset[Atom]], _Reach]
    known: Mapping[Atom, int]


@dataclass(frozen=True, slots=True)
class _Open:
    """How large a group that tells too much must be able to look, and how small; None where earlier releases leave no
    room."""

    least: int | None
    most: int | None


class _Shown:
    """What any numbers must agree with: some rows with their values, and for each group what is known of the others."""

    def __init__(self, places: Sequence[int], rows: Numbers, values: Numbers, known: Numbers) -> None:
        self.places = places
        self._rows, self._values, self._known = rows[places], values[places], known
        self._polytopes: dict[bytes, Polytope] = {}

    def reach(self, group: int, *, least: int | None = None, most: int | None = None) -> Answer:
        """Numbers that agree, in which the group is at least, or at most, so much."""
        known = self._known.copy()
        known[group] = 0
        polytope = self._polytopes.get(known.tobytes())
        if polytope is None:
            polytope = self._polytopes[known.tobytes()] = Polytope(self._rows, self._values - self._rows @ known)
        answer = polytope.reach(group, least=least, most=most)
        return answer if answer.witness is None else Answer(answer.witness + known, answer.binding)


class _Choice:
    """Figures as rows over groups, atoms that always stand together being one group."""

    def __init__(self, counts: Mapping[Atom, int], figures: Sequence[Figure], secret: _Secret) -> None:
        self.figures, self.secret = figures, secret
        self.groups = _groups(figures)
        numbers = np.array([sum(counts[atom] for atom in group) for group in self.groups], dtype=np.int64)
        self.known = np.array(
            [max((secret.known[atom] for atom in group), default=0) for group in self.groups], dtype=np.int64
        )
        self.rows = np.array(
            [[group <= one.atoms for group in self.groups] for one in figures], dtype=np.int64
        ).reshape(len(figures), len(self.groups))
        self.values = self.rows @ numbers
        self.shown = {place for place, one in enumerate(figures) if one.released or not secret.tells(one.atoms)}
        self.covering: list[int] = []
        self.witnesses: dict[int, list[Numbers]] = {}
        self.given_away: list[int] = []
        self.open = self._left_open([place for place, group in enumerate(self.groups) if secret.tells(group)])
        self._cover()
        self._show_again()

    def _left_open(self, telling: Sequence[int]) -> dict[int, _Open]:
        """For each group that tells too much, what earlier releases leave open and nothing else may close."""
        before = self._agreeing({place for place in self.shown if self.figures[place].released})
        left = {}
        for group in telling:
            wanted = self.secret.reach(self.groups[group])
            least = next((one for one in wanted.least if before.reach(group, least=one).witness is not None), None)
            falls = wanted.most is not None and before.reach(group, most=wanted.most).witness is not None
            left[group] = _Open(least, wanted.most if falls else None)
            if least != wanted.least[0] or (wanted.most is not None and not falls):
                self.given_away.append(group)
        return left

    def _cover(self) -> None:
        """Hold figures back until each such group is protected. Who has been protected once stays so: whatever agreed
        with more figures agrees with fewer."""
        agreeing = self._agreeing(self.shown)
        for group in self.open:
            while (failing := self._failing(agreeing, group)) is not None:
                goes = self._least_telling([agreeing.places[row] for row in failing.binding])
                if goes is None:  # all is held back that can be
                    self.given_away += [] if group in self.given_away else [group]
                    break
                self.shown.discard(goes)
                self.covering.append(goes)
                agreeing = self._agreeing(self.shown)

    def _show_again(self) -> None:
        """Show what need not be held back after all, the most telling first."""
        for place in sorted(self.covering, key=self._telling, reverse=True):
            self.shown.add(place)
            if not self._still_protected(place):
                self.shown.discard(place)

    def _still_protected(self, place: int) -> bool:
        """Whether each such group has witnesses, of before or anew, that agree with a figure more."""
        row, value = self.rows[place], self.values[place]
        doubtful = [group for group, known in self.witnesses.items() if any(int(row @ one) != value for one in known)]
        if not doubtful:
            return True
        agreeing = self._agreeing(self.shown)
        before = {group: self.witnesses[group] for group in doubtful}
        if all(self._failing(agreeing, group) is None for group in doubtful):
            return True
        self.witnesses.update(before)
        return False

    def _agreeing(self, shown: Collection[int]) -> _Shown:
        return _Shown(sorted(shown), self.rows, self.values, self.known)

    def _failing(self, agreeing: _Shown, group: int) -> Answer | None:
        """What gives a group away, None where it is protected; then its witnesses are kept."""
        left, found = self.open[group], []
        for level in ({"least": left.least}, {"most": left.most}):
            if None not in level.values():
                answer = agreeing.reach(group, **level)
                if answer.witness is None:
                    return answer
                found.append(answer.witness)
        self.witnesses[group] = found
        return None

    def _least_telling(self, binding: Iterable[int]) -> int | None:
        free = [place for place in binding if not self.figures[place].released]
        free = free or [place for place in self.shown if not self.figures[place].released]
        return min(free, key=self._telling, default=None)

    def _telling(self, place: int) -> tuple[int, bool, int, int]:
        value = int(self.values[place])
        return int(self.rows[place].sum()), value == 0, value, place

    def release(self) -> Release:
        """The result by names."""
        shown = {one.name: int(self.values[place]) for place, one in enumerate(self.figures) if place in self.shown}
        held = {
            one.name: self.secret.why if self.secret.tells(one.atoms) else Held.COVERS_ANOTHER
            for place, one in enumerate(self.figures)
            if place not in self.shown
        }
        away = tuple(self.groups[place] for place in self.given_away)
        return Release(shown, held, away, {one.name: one.atoms for one in self.figures})


def _groups(figures: Sequence[Figure]) -> list[frozenset[Atom]]:
    """Atoms that stand in the same figures, in the order of the figures."""
    standing: dict[Atom, list[int]] = defaultdict(list)
    for place, one in enumerate(figures):
        for atom in one.atoms:
            standing[atom].append(place)
    groups: dict[tuple[int, ...], set[Atom]] = defaultdict(set)
    for atom, places in standing.items():
        groups[tuple(places)].add(atom)
    return [frozenset(groups[places]) for places in sorted(groups)]


def cube(
    atoms: Iterable[tuple[Any, ...]], dimensions: Iterable[Collection[int]] | None = None, *, released: bool = False
) -> list[Figure]:
    """The figures of a table with all its totals: one for each combination of values in each set of dimensions.

    Atoms are tuples with a value for each dimension; a figure's name is such a tuple with None for what is added up.
    `dimensions` are the sets that are shown, all of them as a rule.
    """
    cells = list(atoms)
    width = range(len(cells[0]) if cells else 0)
    chosen = list(dimensions) if dimensions is not None else list(
        chain.from_iterable(combinations(width, size) for size in range(len(width) + 1))
    )  # fmt: skip
    figures: dict[tuple[Any, ...], set[Atom]] = defaultdict(set)
    for kept in chosen:
        for cell in cells:
            figures[tuple(cell[place] if place in kept else None for place in width)].add(cell)
    return [Figure(name, frozenset(held), released) for name, held in figures.items()]
