"""Settings that change over the years, each with its source: rates, price index, net tax factor, refund ladders.

A setting of a year is the latest that is in force on its first day. None is built in: a figure that others decide stands
in the file with where it is from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Generic, TypeVar

from .reading import Fields, InputError

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Dated(Generic[Value]):
    """A value in force from a day on."""

    valid_from: date
    source: str
    value: Value


@dataclass(frozen=True, slots=True)
class Setting(Generic[Value]):
    """The values of one setting, the earliest first, and where it stands in the file."""

    place: str
    dated: tuple[Dated[Value], ...]

    def of(self, year: int) -> Dated[Value]:
        """The value of a year. Raises InputError where none is in force yet."""
        in_force = [one for one in self.dated if one.valid_from <= date(year, 1, 1)]
        if not in_force:
            raise InputError(f"{self.place}: nothing is in force on 1 January {year}")
        return in_force[-1]


@dataclass(frozen=True, slots=True)
class Rate:
    """An amount that law or budget decides, in prices of a year."""

    amount: Fraction
    price_year: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """What the state pays back to the municipality, by how long somebody has been provided for.

    `steps` are (first week, share of the state), weeks from 1, the first step from week 1.
    """

    steps: tuple[tuple[int, Fraction], ...]

    def share_of_state(self, passed: Fraction, weeks: Fraction) -> Fraction:
        """The state's share of so many weeks that follow after `passed` ones: the mean of the steps that they lie on."""
        ends = [*(first - 1 for first, _share in self.steps), None]
        paid = Fraction(0)
        for (_first, share), (begin, end) in zip(self.steps, pairwise(ends), strict=True):
            last = passed + weeks if end is None else min(passed + weeks, Fraction(end))
            paid += share * max(last - max(passed, Fraction(begin or 0)), Fraction(0))
        return paid / weeks


@dataclass(frozen=True, slots=True)
class PriceIndex:
    """Prices of each year relative to each other."""

    place: str
    source: str
    levels: dict[int, Fraction]

    def factor(self, from_year: int, to_year: int) -> Fraction:
        """What a price of one year is multiplied by to stand in prices of another. Raises InputError for a year that
        the index lacks; the same year needs none."""
        if from_year == to_year:
            return Fraction(1)
        for year in (from_year, to_year):
            if year not in self.levels:
                raise InputError(f"{self.place}: lacks the year {year}")
        return self.levels[to_year] / self.levels[from_year]


def read_setting(fields: Fields, name: str, read: Callable[[Fields], Value]) -> Setting[Value]:
    """A setting's values with `valid_from` and `source`, in any order."""
    rows = fields.rows(name)
    dated = [Dated(_day(row, "valid_from"), row.text("source"), read(row)) for row in rows]
    for row in rows:
        row.notes()
    days = [one.valid_from for one in dated]
    if len(set(days)) < len(days):
        raise fields.fault(name, "two values are in force from the same day")
    return Setting(fields.place(name), tuple(sorted(dated, key=lambda one: one.valid_from)))


def _day(row: Fields, name: str) -> date:
    try:
        return date.fromisoformat(row.text(name))
    except ValueError as error:
        raise row.fault(name, "expected a date like 2026-01-01") from error


def read_rate(row: Fields) -> Rate:
    """A rate's amount; its prices are those of the year it is in force from, unless it says another."""
    return Rate(row.number("value", least=0), row.whole("price_year", _day(row, "valid_from").year))


def read_factor(row: Fields) -> Fraction:
    """A factor of at least one."""
    return row.number("value", least=1, most=3)


def read_ladder(row: Fields) -> Ladder:
    """A ladder's steps. Raises InputError unless they begin with week 1 and rise."""
    steps = tuple((one.whole("from_week", least=1), one.share("state_share")) for one in row.rows("steps"))
    weeks = [week for week, _share in steps]
    if not weeks or weeks[0] != 1 or weeks != sorted(set(weeks)):
        raise row.fault("steps", "must begin from_week 1 and rise")
    return Ladder(steps)


def read_index(fields: Fields) -> PriceIndex:
    """A price index: `source` and `levels` by year."""
    levels = fields.fields("levels")
    read = {}
    for name in levels.names():
        if not name.isdecimal():
            raise levels.fault(name, "expected a year like 2026")
        read[int(name)] = levels.number(name)
        if read[int(name)] <= 0:
            raise levels.fault(name, "must be more than 0")
    return PriceIndex(fields.place("levels"), fields.text("source"), read)
