"""What follows from an impact map, exact.

The formulas take numbers of any kind that can be multiplied, so that an exact result and ten thousand draws of chance
come from the same lines.
"""

from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from typing import Any

from ..discounting import discount_factor, pay_back
from .case import Case, Outcome


def impact(quantity: Any, unit_value: Any, deadweight: Any, displacement: Any, attribution: Any) -> Any:
    """The worth of one year that is ours, before drop-off.

    quantity × unit value × (1 − deadweight) × (1 − displacement) × (1 − attribution); Guide, stage 4.
    """
    return quantity * unit_value * (1 - deadweight) * (1 - displacement) * (1 - attribution)


def shares_left(drop_off: Any, duration_years: int, from_year: int) -> list[Any]:
    """What is left of the impact in each year of an outcome's life: (1 − drop-off) once more in each year from
    `from_year` of it on; Guide, stage 4."""
    kept = 1 - drop_off
    first = kept if from_year == 1 else 1
    return list(
        accumulate(range(2, duration_years + 1), lambda left, y: left * kept if y >= from_year else left, initial=first)
    )


class Result:
    """Everything that follows from a case, exact. Years run from the first with an input or outcome (0 or 1) on."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def last_year(self) -> int:
        """The last year with an outcome, at least 1."""
        return max((one.first_year + one.duration_years - 1 for one in self.case.outcomes), default=1)

    @cached_property
    def years(self) -> range:
        """The outcome years: 1, 2, …"""
        return range(1, self.last_year + 1)

    def factor(self, year: int) -> Fraction:
        """What money of a year is worth today."""
        conventions = self.case.conventions
        factor: Fraction = discount_factor(
            conventions.discount_rate, year, conventions.first_outcome_year_is_discounted
        )
        return factor

    def impact(self, one: Outcome) -> Fraction:
        """An outcome's worth in a year, before drop-off."""
        worth: Fraction = impact(one.quantity, one.unit_value, one.deadweight, one.displacement, one.attribution)
        return worth

    def by_year(self, one: Outcome) -> tuple[Fraction, ...]:
        """An outcome's worth in each of the years."""
        worth = self.impact(one)
        left = shares_left(one.drop_off, one.duration_years, self.case.conventions.drop_off_applies_from_year)
        after = self.last_year - one.first_year - one.duration_years + 1
        return (Fraction(0),) * (one.first_year - 1) + tuple(worth * share for share in left) + (Fraction(0),) * after

    def present_value(self, one: Outcome) -> Fraction:
        """An outcome's worth today."""
        return sum(
            (worth * self.factor(year) for year, worth in zip(self.years, self.by_year(one), strict=True)), Fraction(0)
        )

    @cached_property
    def total_by_year(self) -> tuple[Fraction, ...]:
        """All outcomes' worth in each of the years."""
        rows = [self.by_year(one) for one in self.case.outcomes]
        return tuple(sum((row[place] for row in rows), Fraction(0)) for place in range(self.last_year))

    @cached_property
    def present_value_by_year(self) -> tuple[Fraction, ...]:
        """The same, each year as it is worth today."""
        return tuple(worth * self.factor(year) for year, worth in zip(self.years, self.total_by_year, strict=True))

    @cached_property
    def total_present_value(self) -> Fraction:
        """All outcomes as they are worth today."""
        return sum(self.present_value_by_year, Fraction(0))

    def total_inputs(self, *, in_kind: bool | None = None) -> Fraction:
        """All inputs, or those in kind or in money, undiscounted."""
        chosen = [one for one in self.case.inputs if in_kind is None or one.in_kind == in_kind]
        return sum((one.value * one.duration_years for one in chosen), Fraction(0))

    def inputs_in(self, year: int) -> Fraction:
        """The inputs of a year."""
        return sum(
            (one.value for one in self.case.inputs if one.year <= year < one.year + one.duration_years), Fraction(0)
        )

    @cached_property
    def present_value_of_inputs(self) -> Fraction:
        """All inputs as they are worth today."""
        return sum((self.inputs_in(year) * self.factor(year) for year in self._all_years), Fraction(0))

    @cached_property
    def _all_years(self) -> range:
        last_input = max((one.year + one.duration_years - 1 for one in self.case.inputs), default=0)
        return range(max(self.last_year, last_input) + 1)

    @cached_property
    def net_present_value(self) -> Fraction:
        """Outcomes less inputs, both as they are worth today."""
        return self.total_present_value - self.present_value_of_inputs

    @cached_property
    def ratio(self) -> Fraction | None:
        """Outcomes by inputs; None without inputs. Guide, stage 5."""
        return self.total_present_value / self.present_value_of_inputs if self.present_value_of_inputs else None

    @cached_property
    def pay_back_years(self) -> Fraction | None:
        """Years until outcomes have paid for the inputs for good (see PAY_BACK); None when they never do.

        The Guide, stage 5, divides the inputs by a year's worth, which is the same where all years are alike.
        """
        worth = (Fraction(0), *self.present_value_by_year)
        net = [
            (worth[year] if year < len(worth) else 0) - self.inputs_in(year) * self.factor(year)
            for year in self._all_years
        ]
        return pay_back(net)
