"""An intervention, its consequences and costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ..dated import Dated

PURSES = ("municipality", "region", "state")


@dataclass(frozen=True, slots=True)
class Conventions:
    """How time and prices are treated; year 1 is `first_year` in the calendar."""

    price_year: int
    first_year: int
    discount_rate: Fraction
    first_outcome_year_is_discounted: bool


@dataclass(frozen=True, slots=True)
class Intervention:
    """How many take part, and the shares of them who succeed with it and would have succeeded without."""

    participants: Fraction
    success_with: Fraction
    success_without: Fraction


@dataclass(frozen=True, slots=True)
class Consequence:
    """What one success changes, year by year from year 1 on: units of something at a price.

    `prices` are amounts a unit in the prices of the case's year, `shares` how each year's money falls on the purses.
    """

    id: str
    description: str
    unit: str
    changes: tuple[Fraction, ...]
    is_income: bool
    price: Fraction | None
    prices: tuple[Fraction, ...]
    shares: tuple[Mapping[str, Fraction], ...]
    valuation: str
    way: Mapping[str, Any]
    notes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sign(self) -> int:
        """More income makes a purse better off, more expense worse."""
        return 1 if self.is_income else -1


@dataclass(frozen=True, slots=True)
class Cost:
    """What the intervention costs a purse in each of some years; `amount` in the prices of the case's year."""

    description: str
    purse: str
    amount: Fraction
    a_participant: bool
    year: int
    duration_years: int
    way: Mapping[str, Any]
    notes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def years(self) -> range:
        """The years with the cost."""
        return range(self.year, self.year + self.duration_years)


@dataclass(frozen=True, slots=True)
class Case:
    """An intervention with its consequences. `used` are the settings that its figures rest on."""

    conventions: Conventions
    intervention: Intervention
    consequences: tuple[Consequence, ...]
    costs: tuple[Cost, ...]
    net_tax_factor: Dated[Fraction] | None
    used: tuple[Mapping[str, str], ...]
    about: Mapping[str, Any] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()
