"""How long applicants wait for a decision, by the year of the decision; where fewer than five were decided nothing is told.

Counted are whole days from the day on which an application was sent, the last time where it was mended, to the day of
each decision on it: one that fell after a complaint, and the one that came in its place, count both. Percentiles are by
nearest rank: so many days, or fewer, did at least that share take.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock

from ..models import Decision, DecisionState

FEWEST = 5


@dataclass(frozen=True)
class Year:
    """One year as it may be told: days that half, and nine of ten, waited at most; None where it is held back."""

    year: int
    decided: int | None
    half: int | None
    most: int | None


def years_of(municipality: Municipality) -> list[Year]:
    """The years of the decisions that the reader may see, the latest first. One statement."""
    decided = Decision.objects.filter(
        application__municipality=municipality, state__in=(DecisionState.DECIDED, DecisionState.REVERSED)
    )
    moments = decided.order_by().values_list("application__sent", "decided")
    return shown((_day(sent), _day(made)) for sent, made in moments if sent and made)


def shown(waits: Iterable[tuple[date, date]]) -> list[Year]:
    """The years of pairs (sent, decided), the latest first, small ones held back."""
    days: dict[int, list[int]] = defaultdict(list)
    for sent, decided in waits:
        days[decided.year].append((decided - sent).days)
    return [_year(year, sorted(days[year])) for year in sorted(days, reverse=True)]


def percentile(ordered: Sequence[int], percent: int) -> int:
    """The least of the ordered numbers that at least so many percent of them do not exceed."""
    rank = -(-percent * len(ordered) // 100)
    return ordered[max(rank, 1) - 1]


def _year(year: int, ordered: Sequence[int]) -> Year:
    if len(ordered) < FEWEST:
        return Year(year, None, None, None)
    return Year(year, len(ordered), percentile(ordered, 50), percentile(ordered, 90))


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.COPENHAGEN).date()
