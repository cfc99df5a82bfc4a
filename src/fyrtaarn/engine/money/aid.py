"""De minimis aid: how much a single undertaking has got in the three years up to a day, in euro cents.

Commission Regulation (EU) 2023/2831, article 3(2): a ceiling over any period of three years; recital 11: the period is
assessed on a rolling basis, so for each new grant all aid of the preceding three years counts.

Days: the three years up to and including a day begin on the day after the same date three years before, as the Union
counts periods (Regulation (EEC, Euratom) 1182/71, article 3). Aid of 1 March 2024 counts on 28 February 2027 for the
last time. Where the date is missing three years before (29 February), the last day of that month stands for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

YEARS = 3
PER_EURO = 100
"""The rate is kroner for 100 euro, as Danmarks Nationalbank publishes it."""


@dataclass(frozen=True, slots=True)
class Award:
    """Aid that was granted on a day: the day on which the right to it was conferred (article 3(3))."""

    day: date
    cents: int


def window_of(on: date, years: int = YEARS) -> tuple[date, date]:
    """The first and the last day of the years up to and including `on`."""
    return _years_before(on, years) + timedelta(days=1), on


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def aid_in_window(awards: Iterable[Award], on: date, years: int = YEARS) -> int:
    """The sum in euro cents of the awards in the years up to and including `on`."""
    first, last = window_of(on, years)
    return sum(award.cents for award in awards if first <= award.day <= last)


def euro_cents(oere: int, rate: Decimal) -> int:
    """Øre in euro cents, half a cent rounded up; `rate` is kroner for 100 euro (745.63). Raises ValueError if none."""
    if rate <= 0:
        raise ValueError("a rate is above zero")
    return int((Decimal(oere) * PER_EURO / rate).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def room_under(ceiling: int, awards: Iterable[Award], on: date, years: int = YEARS) -> int:
    """How many euro cents may still be granted on a day; never below zero."""
    return max(0, ceiling - aid_in_window(awards, on, years))
