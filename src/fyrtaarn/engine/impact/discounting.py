"""Money of other years, and when it has come back."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Any

PAY_BACK = (
    "the moment after which outcomes, discounted and added up, stay at or above the inputs; within a year in proportion"
)


def discount_factor(rate: Any, year: int, first_is_discounted: bool) -> Any:
    """1 / (1 + rate)^n, where n is the year's number, or one less (never under nought) where the first outcome year is
    taken at its full worth; both are in use. A Guide to Social Return on Investment (2012), stage 5."""
    return 1 / (1 + rate) ** (year if first_is_discounted else max(year - 1, 0))


def pay_back(net: Sequence[Fraction]) -> Fraction | None:
    """The moment, in years, after which the sum of a row of net values (from year 0 on) stays at or above nought; within
    a year in proportion. None when the whole sum is below."""
    sums = list(accumulate(net))
    if sums[-1] < 0:
        return None
    below = [year for year, so_far in enumerate(sums) if so_far < 0]
    if not below:
        return Fraction(0)
    last = below[-1]
    return last - sums[last] / net[last + 1]
