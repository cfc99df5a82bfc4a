"""Adding up what has been measured, from raw parts alone.

Numerators and denominators are summed, never percentages averaged; people are counted once; what is missing is missing
and not nought. The result keeps the readings that it was made of.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from .reading import plain, rounded


class Kind(StrEnum):
    """What a reading holds and how two become one."""

    COUNT = "count"
    """A number of things or an amount: summed."""
    RATIO = "ratio"
    """A share or a mean, as numerator and denominator: each is summed."""
    PEOPLE = "people"
    """A number of persons: those who are the same are counted once."""


class Timing(StrEnum):
    """Whether periods are added up."""

    CUMULATIVE = "cumulative"
    """What has happened in a period: periods are added up, and may not overlap."""
    POINT_IN_TIME = "point_in_time"
    """How it stands on a day: the latest of each unit counts."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured."""

    code: str
    kind: Kind
    timing: Timing


@dataclass(frozen=True, slots=True)
class Reading:
    """What a unit has reported for a period from `begin` up to and without `end`; for a point in time the day is `begin`.

    A numerator of None is a report that something is not known. `people` are keys of persons where they are known.
    """

    unit: str
    begin: date
    end: date
    numerator: Fraction | None
    denominator: Fraction | None = None
    people: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """What was expected of a unit and is not there; no day where the unit has reported nothing at all."""

    unit: str
    begin: date | None


@dataclass(frozen=True, slots=True)
class Total:
    """A figure with the readings that it was made of, those that say that something is not known, and what was `expected`.

    `numerator` is None where nothing is known. For people of whom not all have keys it is the least that there can be, and
    `most` the most; else `most` is the same.
    """

    indicator: Indicator
    numerator: Fraction | None
    most: Fraction | None
    denominator: Fraction | None
    parts: tuple[Reading, ...]
    unknown: tuple[Reading, ...]
    expected: frozenset[tuple[str, date]]

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What is not known and what has not been reported."""
        unknown = [Missing(one.unit, one.begin) for one in self.unknown]
        absent = _absent(self.indicator, (*self.parts, *self.unknown), self.expected)
        return tuple(sorted((*unknown, *absent), key=lambda one: (one.unit, one.begin or date.min)))

    @property
    def value(self) -> Fraction | None:
        """The figure itself; for a ratio numerator by denominator, None where that is nought."""
        if self.indicator.kind is not Kind.RATIO:
            return self.numerator
        return self.numerator / self.denominator if self.numerator is not None and self.denominator else None


class DoubleCount(ValueError):
    """Two readings of a unit that hold the same days."""


def add_up(
    indicator: Indicator,
    readings: Iterable[Reading],
    *,
    expected: Iterable[tuple[str, date]] = (),
    at: date | None = None,
) -> Total:
    """One figure from readings of any number of units and periods.

    `expected` are (unit, beginning of the period) that ought to be there. `at` leaves out what begins later. Raises
    DoubleCount for periods of one unit that overlap, and ValueError for a ratio without a denominator or below nought.
    """
    known_by = [one for one in readings if at is None or one.begin <= at]
    for one in known_by:
        _check(indicator, one)
    chosen = _latest(known_by) if indicator.timing is Timing.POINT_IN_TIME else _apart(known_by)
    parts = tuple(one for one in chosen if one.numerator is not None)
    unknown = tuple(one for one in chosen if one.numerator is None)
    return Total(indicator, *_sums(indicator, parts), parts, unknown, frozenset(expected))


def _check(indicator: Indicator, one: Reading) -> None:
    if indicator.kind is Kind.RATIO and one.numerator is not None and (one.denominator is None or one.denominator < 0):
        raise ValueError(f"{indicator.code}: {one.unit} has no denominator")
    if one.people is not None and one.numerator != len(one.people):
        raise ValueError(f"{indicator.code}: {one.unit} counts {one.numerator} and names {len(one.people)}")


def _apart(readings: Sequence[Reading]) -> list[Reading]:
    by_unit: dict[str, list[Reading]] = defaultdict(list)
    for one in sorted(readings, key=lambda one: (one.unit, one.begin, one.end)):
        if by_unit[one.unit] and one.begin < by_unit[one.unit][-1].end:
            raise DoubleCount(f"{one.unit} has reported {one.begin} twice")
        by_unit[one.unit].append(one)
    return [one for rows in by_unit.values() for one in rows]


def _latest(readings: Sequence[Reading]) -> list[Reading]:
    """Each unit's latest reading that is known, or its latest, by unit."""
    latest: dict[str, Reading] = {}
    for one in sorted(readings, key=lambda one: (one.unit, one.numerator is not None, one.begin)):
        held = latest.get(one.unit)
        if held is not None and held.begin == one.begin and held.numerator is not None:
            raise DoubleCount(f"{one.unit} has reported {one.begin} twice")
        latest[one.unit] = one
    return list(latest.values())


def _absent(indicator: Indicator, there: Sequence[Reading], expected: frozenset[tuple[str, date]]) -> list[Missing]:
    if indicator.timing is Timing.POINT_IN_TIME:
        return [Missing(unit, None) for unit in {unit for unit, _begin in expected} - {one.unit for one in there}]
    return [Missing(unit, begin) for unit, begin in expected - {(one.unit, one.begin) for one in there}]


def _sums(indicator: Indicator, parts: Sequence[Reading]) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Numerator, the most that it can be, denominator."""
    if not parts:
        return None, None, None
    total = sum((one.numerator for one in parts if one.numerator is not None), Fraction(0))
    if indicator.kind is Kind.RATIO:
        return total, total, sum((one.denominator for one in parts if one.denominator is not None), Fraction(0))
    if indicator.kind is Kind.COUNT:
        return total, total, None
    named = frozenset[str]().union(*(one.people for one in parts if one.people is not None))
    unnamed = [one.numerator for one in parts if one.people is None and one.numerator is not None]
    least = max([Fraction(len(named)), *unnamed])
    return least, len(named) + sum(unnamed, Fraction(0)), None


def merged(totals: Sequence[Total]) -> Total:
    """The total of totals of one indicator: made anew of all their readings, so that it is the same in whichever order
    and groups it is added up. Raises ValueError for several indicators and DoubleCount for readings in several totals."""
    indicators = {one.indicator for one in totals}
    if len(indicators) != 1:
        raise ValueError("expected totals of one indicator")
    readings = [row for one in totals for row in (*one.parts, *one.unknown)]
    return add_up(
        indicators.pop(), readings, expected=frozenset[tuple[str, date]]().union(*(t.expected for t in totals))
    )


def as_json(total: Total) -> dict[str, Any]:
    """The figure with its raw parts and what is missing."""
    return {
        "indicator": total.indicator.code,
        "kind": total.indicator.kind.value,
        "timing": total.indicator.timing.value,
        "value": None if total.value is None else rounded(total.value, 4 if total.indicator.kind is Kind.RATIO else 2),
        "numerator": _text(total.numerator),
        "denominator": _text(total.denominator),
        "at_most": _text(total.most) if total.most != total.numerator else None,
        "is_complete": not total.missing,
        "missing": [{"unit": one.unit, "begin": one.begin and one.begin.isoformat()} for one in total.missing],
        "parts": [
            {
                "unit": one.unit,
                "begin": one.begin.isoformat(),
                "end": one.end.isoformat(),
                "numerator": _text(one.numerator),
                "denominator": _text(one.denominator),
            }
            for one in total.parts
        ],
    }


def _text(value: Fraction | None) -> str | None:
    return None if value is None else plain(value)
