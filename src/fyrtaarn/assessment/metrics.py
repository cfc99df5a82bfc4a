"""The figures of assessment, by the year in which assessors were asked; small numbers held back as in fieldwork.

Counted are all assessments that were asked for. Days run from the question to the last time that she was done; half and
nine of ten by nearest rank. A share of conflicts is of all that were asked for, and is not shown where they, or the rest,
are so few that somebody could be recognised.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from fyrtaarn.areas.models import Municipality
from fyrtaarn.entrance.figures import nearest_rank
from fyrtaarn.fieldwork.metrics import is_enough
from fyrtaarn.foundation import clock

from .models import Assignment, AssignmentState


@dataclass(frozen=True)
class Asked:
    """One assessment that was asked for: `days` until it was done, None where it is not or does not count."""

    year: int
    days: int | None
    conflict: bool


@dataclass(frozen=True)
class Year:
    """One year; None for a number that is held back."""

    year: int
    asked: int | None
    done: int | None
    half_within: int | None
    most_within: int | None
    conflicts: int | None  # percent


def figures_of(municipality: Municipality) -> list[Year]:
    """The municipality's years, the latest first, as far as the reader sees who assesses what."""
    rows = Assignment.objects.filter(application__municipality=municipality).order_by()
    asked = []
    for assigned, done, state in rows.values_list("assigned", "done", "state"):
        first = assigned.astimezone(clock.COPENHAGEN).date()
        last = done.astimezone(clock.COPENHAGEN).date() if done and state == AssignmentState.DONE else None
        days = (last - first).days if last else None
        asked.append(Asked(first.year, days, state == AssignmentState.CONFLICT))
    return shown(asked)


def shown(asked: Iterable[Asked]) -> list[Year]:
    """The years with what is small held back, the latest first."""
    years: dict[int, list[Asked]] = defaultdict(list)
    for one in asked:
        years[one.year].append(one)
    return [_year(year, years[year]) for year in sorted(years, reverse=True)]


def _year(year: int, asked: list[Asked]) -> Year:
    many = len(asked)
    days = sorted(one.days for one in asked if one.days is not None)
    conflicts = sum(one.conflict for one in asked)
    tells_days = bool(days) and is_enough(len(days))
    tells_done = all(map(is_enough, (len(days), many - len(days))))
    tells_conflicts = all(map(is_enough, (conflicts, many - conflicts)))
    return Year(
        year,
        asked=many if is_enough(many) else None,
        done=len(days) if tells_done else None,
        half_within=nearest_rank(days, 50) if tells_days else None,
        most_within=nearest_rank(days, 90) if tells_days else None,
        conflicts=round(100 * conflicts / many) if tells_conflicts else None,
    )
