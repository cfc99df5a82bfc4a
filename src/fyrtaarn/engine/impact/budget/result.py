"""What follows for public purses, exact."""

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property

from ..discounting import discount_factor, pay_back
from .case import PURSES, Case, Consequence, Cost


class Result:
    """Everything that follows from a case, exact, for chosen purses together. Years run from 0 (costs before) on."""

    def __init__(self, case: Case, purses: Iterable[str] = PURSES) -> None:
        self.case = case
        self.purses = tuple(purses)

    @cached_property
    def years(self) -> range:
        """From 0 to the last year with a consequence or cost."""
        last = [len(one.changes) for one in self.case.consequences] + [one.years[-1] for one in self.case.costs]
        return range(max(last, default=1) + 1)

    def factor(self, year: int) -> Fraction:
        """What money of a year is worth today."""
        plainly = self.case.conventions
        factor: Fraction = discount_factor(plainly.discount_rate, year, plainly.first_outcome_year_is_discounted)
        return factor

    @cached_property
    def successes(self) -> Fraction:
        """How many more succeed than would have: participants × (with − without)."""
        with_it = self.case.intervention
        return with_it.participants * (with_it.success_with - with_it.success_without)

    def effect(self, one: Consequence) -> tuple[Fraction, ...]:
        """A consequence's effect in each of the years."""
        return tuple(
            self.successes
            * one.sign
            * one.changes[year - 1]
            * one.prices[year - 1]
            * sum((one.shares[year - 1][purse] for purse in self.purses), Fraction(0))
            if 0 < year <= len(one.changes)
            else Fraction(0)
            for year in self.years
        )

    def cost(self, one: Cost) -> tuple[Fraction, ...]:
        """A cost in each of the years."""
        amount = one.amount * (self.case.intervention.participants if one.a_participant else 1)
        return tuple(amount if year in one.years and one.purse in self.purses else Fraction(0) for year in self.years)

    @cached_property
    def effect_by_year(self) -> tuple[Fraction, ...]:
        """All consequences' effect in each of the years."""
        return self._added(self.effect(one) for one in self.case.consequences)

    @cached_property
    def cost_by_year(self) -> tuple[Fraction, ...]:
        """All costs in each of the years."""
        return self._added(self.cost(one) for one in self.case.costs)

    def _added(self, rows: Iterable[tuple[Fraction, ...]]) -> tuple[Fraction, ...]:
        every = list(rows)
        return tuple(sum((row[year] for row in every), Fraction(0)) for year in self.years)

    def present_value(self, by_year: Iterable[Fraction]) -> Fraction:
        """What a row of years is worth today."""
        return sum((worth * self.factor(year) for year, worth in enumerate(by_year)), Fraction(0))

    @cached_property
    def net_by_year(self) -> tuple[Fraction, ...]:
        """Effect less cost in each of the years."""
        return tuple(gain - cost for gain, cost in zip(self.effect_by_year, self.cost_by_year, strict=True))

    @cached_property
    def net_present_value(self) -> Fraction:
        """Effects less costs as they are worth today."""
        return self.present_value(self.net_by_year)

    @cached_property
    def pay_back_years(self) -> Fraction | None:
        """Years until the effects have paid for the costs for good; None when they never do."""
        return pay_back([net * self.factor(year) for year, net in enumerate(self.net_by_year)])
