"""The figures say what there was, and nothing that is small, not even by what is left of a sum."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.fieldwork import actions
from fyrtaarn.fieldwork.metrics import FEWEST, Counted, Year, figures_of, shown
from fyrtaarn.fieldwork.models import OfferKind
from fyrtaarn.foundation import clock
from tests.harness.people import make_organisation, make_user

from .conftest import begin, make_house

counts = st.lists(
    st.tuples(st.integers(2026, 2028), st.sampled_from(OfferKind.values), st.integers(0, 12), st.integers(0, 12)).map(
        lambda one: Counted(one[0], one[1], one[2] + one[3], one[2])
    ),
    unique_by=lambda one: (one.year, one.kind),
)


@given(counts)
def test_nothing_small_is_shown_or_left_when_the_rest_is_taken_away(rows: list[Counted]) -> None:
    for year in shown(rows):
        told = [year.applied, year.held, *(year.kinds or {}).values()]
        if year.applied is not None and year.held is not None:
            told.append(year.applied - year.held)
        assert all(number is None or number == 0 or number >= FEWEST for number in told)
        assert year.kinds is None or sum(year.kinds.values()) == year.held
        assert year.held is None or year.applied is not None


@given(counts)
def test_what_is_shown_is_what_there_was(rows: list[Counted]) -> None:
    years = shown(rows)
    assert [year.year for year in years] == sorted({row.year for row in rows}, reverse=True)
    for year in years:
        own = [row for row in rows if row.year == year.year]
        assert year.applied in (None, sum(row.applied for row in own))
        assert year.held in (None, sum(row.held for row in own))
        assert year.kinds is None or all(year.kinds[row.kind] == row.held for row in own)


@pytest.mark.django_db
def test_the_database_counts_what_there_was(kolding: Any) -> None:
    house = make_house(kolding, places=11)
    stays: list[Any] = []
    for number in range(11):
        guest: Any = make_user(f"Gæst {number}")
        organisation: Any = make_organisation(kolding, f"Hus {number}", owner=guest)
        stays.append(actions.accept(house.host, actions.apply(guest, house.period, organisation, "Derfor."), "Ja."))
    for stay in stays[:5]:
        actions.cancel(house.host, stay, "Huset er lukket.")
    begin(stays[0])
    for stay in stays[5:]:
        actions.note_attendance(house.host, stay, came=True)
    year = clock.today().year
    kinds = {"desk": 6, "visit": 0, "observation": 0}
    assert figures_of(kolding) == [Year(year, applied=11, held=6, kinds=kinds)]
