"""How long applicants wait, and that few of them are not told of."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.foundation import clock
from fyrtaarn.grants.deciding.metrics import FEWEST, Year, percentile, shown, years_of
from fyrtaarn.grants.models import Decision

from .conftest import Matter, decided

DAY = date(2026, 5, 4)


def test_half_and_nine_of_ten_waited_so_many_days_at_most() -> None:
    waits = [(DAY - timedelta(days=days), DAY) for days in (1, 2, 3, 4, 30)]
    assert shown(waits) == [Year(2026, 5, 3, 30)]
    assert shown(waits[:4]) == [Year(2026, None, None, None)]
    before = [(date(2025, 1, 1), date(2025, 1, 8))] * FEWEST
    assert shown([*waits, *before]) == [Year(2026, 5, 3, 30), Year(2025, 5, 7, 7)]
    assert shown([]) == []


@given(st.lists(st.integers(0, 400), min_size=1).map(sorted), st.integers(1, 100))
def test_at_least_that_share_took_no_longer(ordered: list[int], percent: int) -> None:
    found = percentile(ordered, percent)
    assert found in ordered
    assert 100 * sum(days <= found for days in ordered) >= percent * len(ordered)
    assert 100 * sum(days < found for days in ordered) < percent * len(ordered)


@pytest.mark.django_db
def test_decisions_count_by_the_day_on_which_they_were_made(matter: Matter) -> None:
    decision = decided(matter, outcome="refused", oere=0)
    assert years_of(matter.municipality) == [Year(clock.today().year, None, None, None)]
    rows = [Decision(**{**fields_of(decision), "state": "reversed", "letter": None}) for _number in range(FEWEST)]
    Decision.objects.bulk_create(rows)
    assert years_of(matter.municipality) == [Year(clock.today().year, FEWEST + 1, 0, 0)]


def fields_of(decision: Decision) -> dict[str, object]:
    names = ("application", "outcome", "oere", "reasons", "drafted_by", "decided")
    return {name: getattr(decision, name) for name in names}
