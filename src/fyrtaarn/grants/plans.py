"""How a grant is paid when nobody has said otherwise, and which plans are whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fyrtaarn.engine.money import shares

AT_ONCE_BELOW = 5_000_000
"""Grants below this many øre are paid at once; of others a fifth waits for the last report."""
EARLY, LATE = 4, 1
REPORT_AFTER = timedelta(days=60)


@dataclass(frozen=True)
class Part:
    """One instalment of a plan: øre, the day, and whether it waits until the last report is approved."""

    oere: int
    due: date
    after_report: bool = False


def default_plan(oere: int, starts: date, ends: date) -> tuple[Part, ...]:
    """The plan that a grant begins with; it sums to the grant."""
    if oere < AT_ONCE_BELOW:
        return (Part(oere, starts),)
    early, late = (share.amount for share in shares(oere, (EARLY, LATE)))
    return Part(early, starts), Part(late, report_due(ends), after_report=True)


def report_due(ends: date) -> date:
    """The last day for the last report of a grant that ends before `ends`."""
    return ends + REPORT_AFTER


def left_to_plan(oere: int, planned: Sequence[int]) -> int:
    """How many øre of a grant no instalment stands for yet; negative where the plan holds too much."""
    return oere - sum(planned)
