"""What a contribution makes in øre, its quarters, and what goes back of what is left: calculated, nothing stored."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from fyrtaarn.engine.money import Share, shares

from .models import DueDay

QUARTERS = (1, 2, 3, 4)
MONTHS = 3


def oere_of(budget: int, percent: Decimal) -> int:
    """So many per cent of a budget in øre; half an øre is rounded up."""
    return int((budget * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def due_day(year: int, quarter: int, rule: str = DueDay.FIRST_MONTH) -> date:
    """The day of the quarter on which a part is to be paid, by the pool's rule."""
    first = (quarter - 1) * MONTHS + 1
    if rule == DueDay.FIRST_DAY:
        return date(year, first, 1)
    month = first + MONTHS - 1 if rule == DueDay.LAST_DAY else first
    return date(year, month, monthrange(year, month)[1])


def quarters_from(joined: date, year: int) -> tuple[int, ...]:
    """The quarters of the year in which somebody who joined that day gives, from the quarter of the day on."""
    if joined.year > year:
        return ()
    first = (joined.month - 1) // MONTHS + 1 if joined.year == year else 1
    return QUARTERS[first - 1 :]


def parts_of(oere: int, quarters: Sequence[int]) -> dict[int, int]:
    """The sum in equal parts by quarter, the øre that do not divide on the first; parts of nothing are left out."""
    parts = shares(oere, [1] * len(quarters))
    return {quarter: part.amount for quarter, part in zip(quarters, parts, strict=True) if part.amount}


@dataclass(frozen=True)
class Sharing:
    """How a leftover goes back: who gave what, and each one's share of it."""

    returned: int
    given: dict[str, int]
    shares: dict[str, Share]


def leftover_shares(free: int, given: Mapping[str, int]) -> Sharing:
    """What is `free` in proportion to what each of the keys has given; nothing goes back where nobody gave."""
    gave = {key: amount for key, amount in given.items() if amount > 0}
    if not gave or free <= 0:
        return Sharing(0, gave, {})
    return Sharing(free, gave, dict(zip(gave, shares(free, list(gave.values())), strict=True)))
