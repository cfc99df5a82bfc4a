"""Which figures can be shown without telling about a few people.

A figure is a number of people: a sum over the finest groups (atoms). Small figures are held back, and then as many others
as it takes that nobody can work a small group out: by adding, subtracting, filtering or comparing with what was released
before. For every small group there is a proof: two sets of whole numbers for all groups that agree with everything shown,
one in which the group is no longer small and one in which it is smaller than it is.

That covers every difference and union of groups. If one could be worked out to be small, no group in it could be large in
any set of numbers that agrees with what is shown; but each small group is large in one.

Complementary suppression as in Hundepool et al. 2012, Statistical Disclosure Control, chapter 4, with whole numbers instead
of intervals; which figure goes is chosen one by one, and in the end every figure that can be shown is.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
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
    chosen = _Choice(counts, every, rule)
    chosen.cover()
    chosen.show_again()
    return chosen.release()


@dataclass(frozen=True, slots=True)
class _Open:
    """How large a small group must be able to look, and how small; None where earlier releases leave no room."""

    least: int | None
    most: int | None


class _Choice:
    """Figures as rows over groups, atoms that always stand together being one group."""

    def __init__(self, counts: Mapping[Atom, int], figures: Sequence[Figure], rule: Rule) -> None:
        self.figures, self.rule = figures, rule
        self.groups = _groups(figures)
        self.numbers = np.array([sum(counts[atom] for atom in group) for group in self.groups], dtype=np.int64)
        self.rows = np.array(
            [[group <= one.atoms for group in self.groups] for one in figures], dtype=np.int64
        ).reshape(len(figures), len(self.groups))
        self.values = self.rows @ self.numbers
        self.shown = {
            place for place, one in enumerate(figures) if one.released or not rule.is_small(int(self.values[place]))
        }
        self.covering: list[int] = []
        self.witnesses: dict[int, list[Numbers]] = {}
        self.given_away: list[int] = []
        self.open = self._left_open([place for place, number in enumerate(self.numbers) if rule.is_small(int(number))])

    def _left_open(self, small: Sequence[int]) -> dict[int, _Open]:
        """For each small group, what earlier releases leave open and nothing else may close."""
        polytope, _places = self._polytope({place for place in self.shown if self.figures[place].released})
        left = {}
        for group in small:
            number = int(self.numbers[group])
            levels = range(self.rule.threshold, number, -1)
            least = next((one for one in levels if polytope.reach(group, least=one).witness is not None), None)
            falls = number > 0 and polytope.reach(group, most=number - 1).witness is not None
            left[group] = _Open(least, number - 1 if falls else None)
            if least != self.rule.threshold or (number and not falls):
                self.given_away.append(group)
        return left

    def cover(self) -> None:
        """Hold figures back until each small group is protected. Who has been protected once stays so: whatever agreed
        with more figures agrees with fewer."""
        polytope, places = self._polytope(self.shown)
        for group in self.open:
            while (failing := self._failing(polytope, group)) is not None:
                goes = self._least_telling([places[row] for row in failing.binding])
                if goes is None:  # all is held back that can be
                    self.given_away += [] if group in self.given_away else [group]
                    break
                self.shown.discard(goes)
                self.covering.append(goes)
                polytope, places = self._polytope(self.shown)

    def show_again(self) -> None:
        """Show what need not be held back after all, the most telling first."""
        for place in sorted(self.covering, key=self._telling, reverse=True):
            self.shown.add(place)
            if not self._still_protected(place):
                self.shown.discard(place)

    def _still_protected(self, place: int) -> bool:
        """Whether each small group has witnesses, of before or anew, that agree with a figure more."""
        row, value = self.rows[place], self.values[place]
        doubtful = [group for group, known in self.witnesses.items() if any(int(row @ one) != value for one in known)]
        if not doubtful:
            return True
        polytope, _places = self._polytope(self.shown)
        before = {group: self.witnesses[group] for group in doubtful}
        if all(self._failing(polytope, group) is None for group in doubtful):
            return True
        self.witnesses.update(before)
        return False

    def _polytope(self, shown: Collection[int]) -> tuple[Polytope, list[int]]:
        places = sorted(shown)
        return Polytope(self.rows[places], self.values[places]), places

    def _failing(self, polytope: Polytope, group: int) -> Answer | None:
        """What gives a group away, None where it is protected; then its witnesses are kept."""
        left, found = self.open[group], []
        for level in ({"least": left.least}, {"most": left.most}):
            if None not in level.values():
                answer = polytope.reach(group, **level)
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
            one.name: Held.SMALL if self.rule.is_small(int(self.values[place])) else Held.COVERS_ANOTHER
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
