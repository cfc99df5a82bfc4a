"""The figures of fieldwork, by the year in which the days begin; small numbers are held back.

A number below five is not shown, and neither is a division of which one part would be that small, because the rest
would give it away: applications into those that led to a stay and those that did not, stays by kind. Nought says
nothing of anybody and is shown.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from fyrtaarn.areas.models import Municipality

from .models import OfferKind

FEWEST = 5


@dataclass(frozen=True)
class Counted:
    """What the database counts of one kind in one year."""

    year: int
    kind: str
    applied: int
    held: int


@dataclass(frozen=True)
class Year:
    """One year as everybody may see it; None for a number that is held back."""

    year: int
    applied: int | None
    held: int | None
    kinds: dict[str, int] | None  # of the stays that were held


def figures_of(municipality: Municipality) -> list[Year]:
    """The municipality's years, the latest first.

    An errand of the database, because nobody but the two parties sees a stay.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT year, kind, applied, held FROM errand.count_fieldwork(%s)", [municipality.pk])
        return shown(Counted(*row) for row in cursor.fetchall())


def shown(counted: Iterable[Counted]) -> list[Year]:
    """The years with what is small held back, the latest first."""
    years: dict[int, list[Counted]] = defaultdict(list)
    for one in counted:
        years[one.year].append(one)
    return [_year(year, years[year]) for year in sorted(years, reverse=True)]


def _year(year: int, rows: list[Counted]) -> Year:
    applied, kinds = sum(row.applied for row in rows), dict.fromkeys(OfferKind.values, 0)
    for row in rows:
        kinds[row.kind] += row.held
    held = sum(kinds.values())
    tells_held = all(map(is_enough, (held, applied - held)))
    tells_kinds = tells_held and all(map(is_enough, kinds.values()))
    return Year(
        year=year,
        applied=applied if is_enough(applied) else None,
        held=held if tells_held else None,
        kinds=kinds if tells_kinds else None,
    )


def is_enough(number: int) -> bool:
    """Whether so many are no group in which somebody could be recognised."""
    return number == 0 or number >= FEWEST
