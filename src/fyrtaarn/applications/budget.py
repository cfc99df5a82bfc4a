"""What a budget comes to. Whole øre; nothing here asks the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .models import CostKind, Source


@dataclass(frozen=True)
class Line:
    """One cost and who pays it; what a `BudgetLine` says."""

    kind: str
    text: str
    oere: int
    source: str = Source.POOL


@dataclass(frozen=True)
class Totals:
    """What all lines come to, and of it what each is to pay."""

    pool: int = 0
    own: int = 0
    others: int = 0
    wages: int = 0  # what the pool is to pay of wages

    @property
    def total(self) -> int:
        return self.pool + self.own + self.others

    def covers(self, percent: int) -> bool:
        """Whether the own money is at least so many percent of the whole, to the øre."""
        return self.own * 100 >= percent * self.total


def totals(lines: Iterable[Any]) -> Totals:
    """The sums of lines (`Line` or `BudgetLine`)."""
    sums = dict.fromkeys(Source.values, 0)
    wages = 0
    for line in lines:
        sums[line.source] += line.oere
        if line.source == Source.POOL and line.kind == CostKind.WAGES:
            wages += line.oere
    return Totals(sums[Source.POOL], sums[Source.OWN], sums[Source.OTHERS], wages)
