"""What the finance system says that it has paid, held against the instalments that were expected.

A row is matched by our key; without one by recipient and amount, where only one approved instalment fits. Nothing is
guessed: whatever differs is listed for a person to look at.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .models import InstalmentState, RowMatch


@dataclass(frozen=True)
class Expected:
    """An instalment as the matching sees it; øre."""

    pk: int
    key: str
    cvr: str
    oere: int
    state: str


@dataclass(frozen=True)
class Told:
    """A row of the file; `oere` is None where it cannot be read."""

    key: str
    cvr: str
    oere: int | None


Matched = tuple[RowMatch, int | None]


def match_rows(rows: Sequence[Told], expected: Iterable[Expected]) -> list[Matched]:
    """How each row stands, and to which instalment (primary key). No instalment is matched twice."""
    known = {one.key: one for one in expected}
    taken: set[int] = set()
    found: dict[int, Matched] = {}
    for by_key in (True, False):
        for place, row in enumerate(rows):
            if bool(row.key) == by_key:
                found[place] = _match(row, known, taken)
                if found[place][0] in (RowMatch.FITS, RowMatch.BY_AMOUNT):
                    taken.add(found[place][1] or 0)
    return [found[place] for place in range(len(rows))]


def _match(row: Told, known: Mapping[str, Expected], taken: set[int]) -> Matched:
    if row.oere is None:
        return RowMatch.FAULTY, None
    if not row.key:
        return _by_amount(row, known.values(), taken)
    one = known.get(row.key)
    if one is None:
        return RowMatch.UNKNOWN, None
    if one.pk in taken:
        return RowMatch.TWICE, one.pk
    if one.state == InstalmentState.PAID:
        return RowMatch.PAID_ALREADY, one.pk
    if one.state != InstalmentState.APPROVED:
        return RowMatch.NOT_APPROVED, one.pk
    return (RowMatch.FITS if one.oere == row.oere else RowMatch.OTHER_AMOUNT), one.pk


def _by_amount(row: Told, expected: Iterable[Expected], taken: set[int]) -> Matched:
    fitting = [
        one.pk
        for one in expected
        if one.pk not in taken
        and one.state == InstalmentState.APPROVED
        and row.cvr
        and (one.cvr, one.oere) == (row.cvr, row.oere)
    ]
    return (RowMatch.BY_AMOUNT, fitting[0]) if len(fitting) == 1 else (RowMatch.UNKNOWN, None)
