"""Danish working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.foundation.working_days import (
    easter_sunday,
    is_working_day,
    public_holidays,
    working_days_after,
    working_days_between,
)

EASTERS = {2019: (4, 21), 2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2038: (4, 25), 2285: (3, 22)}


@pytest.mark.parametrize(("year", "day"), EASTERS.items())
def test_easter(year: int, day: tuple[int, int]) -> None:
    assert easter_sunday(year) == date(year, *day)


def test_the_holidays_of_2026() -> None:
    moving = {date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 5), date(2026, 4, 6), date(2026, 5, 14)}
    whitsun = {date(2026, 5, 24), date(2026, 5, 25)}
    fixed = {date(2026, 1, 1), date(2026, 12, 25), date(2026, 12, 26)}
    assert public_holidays(2026) == moving | whitsun | fixed
    assert is_working_day(date(2026, 5, 1))  # store bededag is gone


def test_over_easter_a_week_is_three_days_short() -> None:
    assert working_days_between(date(2026, 3, 31), date(2026, 4, 7)) == 2


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 60), st.integers(0, 60))
def test_days_add_up(start: date, first: int, second: int) -> None:
    middle, end = start + timedelta(days=first), start + timedelta(days=first + second)
    whole = working_days_between(start, end)
    assert whole == working_days_between(start, middle) + working_days_between(middle, end)
    assert 0 <= whole <= first + second
    assert working_days_between(end, start) == 0 or start == end


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_the_day_after_so_many_working_days_is_the_first_with_so_many_between(start: date, days: int) -> None:
    end = working_days_after(start, days)
    assert working_days_between(start, end) == days
    assert end == start or (is_working_day(end) and working_days_between(start, end - timedelta(days=1)) == days - 1)


def test_over_christmas_five_days_are_more_than_a_week() -> None:
    assert working_days_after(date(2026, 12, 22), 5) == date(2026, 12, 30)
