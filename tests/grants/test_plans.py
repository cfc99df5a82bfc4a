"""The plan that a grant begins with holds all of the grant, whatever it is."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.grants.plans import AT_ONCE_BELOW, default_plan, left_to_plan, report_due

OERE = st.integers(1, 10**12)
DAYS = st.dates(date(2020, 1, 1), date(2080, 1, 1))


@given(OERE, DAYS, st.integers(1, 2000))
def test_the_plan_sums_to_the_grant_and_waits_with_at_most_a_fifth(oere: int, starts: date, days: int) -> None:
    ends = starts + timedelta(days=days)
    plan = default_plan(oere, starts, ends)
    assert left_to_plan(oere, [part.oere for part in plan]) == 0
    assert all(part.oere > 0 and part.due >= starts for part in plan)
    late = [part for part in plan if part.after_report]
    assert len(late) == (oere >= AT_ONCE_BELOW)
    assert all(abs(part.oere * 5 - oere) < 5 and part.due == report_due(ends) for part in late)


@given(OERE, st.lists(OERE, max_size=5))
def test_what_is_left_to_plan_is_exact(oere: int, planned: list[int]) -> None:
    assert left_to_plan(oere, planned) + sum(planned) == oere
