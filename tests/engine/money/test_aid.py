"""De minimis aid in three rolling years."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.engine.money import Award, aid_in_window, euro_cents, room_under, window_of

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
AWARDS = st.lists(st.builds(Award, DAYS, st.integers(0, 10**8)), max_size=20)


@pytest.mark.parametrize(
    ("on", "first"),
    [
        (date(2027, 2, 28), date(2024, 2, 29)),
        (date(2027, 3, 1), date(2024, 3, 2)),
        (date(2028, 2, 29), date(2025, 3, 1)),
        (date(2027, 12, 31), date(2025, 1, 1)),
        (date(2027, 6, 15), date(2024, 6, 16)),
    ],
)
def test_three_years_begin_the_day_after_the_same_date(on: date, first: date) -> None:
    assert window_of(on) == (first, on)


def test_aid_counts_to_the_day_before_its_third_anniversary() -> None:
    aid = [Award(date(2024, 3, 1), 100)]
    assert [aid_in_window(aid, day) for day in (date(2024, 2, 29), date(2024, 3, 1), date(2027, 2, 28))] == [
        0,
        100,
        100,
    ]
    assert aid_in_window(aid, date(2027, 3, 1)) == 0
    leap = [Award(date(2024, 2, 29), 100)]
    assert (aid_in_window(leap, date(2027, 2, 28)), aid_in_window(leap, date(2027, 3, 1))) == (100, 0)


@given(DAYS)
def test_a_window_is_three_whole_years_and_moves_on_with_the_days(on: date) -> None:
    first, last = window_of(on)
    assert (last - first).days + 1 in (1095, 1096)
    assert window_of(on + timedelta(days=1))[0] >= first


@given(AWARDS, DAYS, st.integers(0, 10**9))
def test_what_is_left_and_what_counts_are_the_ceiling_or_more(awards: list[Award], on: date, ceiling: int) -> None:
    counted, left = aid_in_window(awards, on), room_under(ceiling, awards, on)
    assert left == max(0, ceiling - counted)
    assert aid_in_window([*awards, Award(on, left)], on) == max(ceiling, counted)
    assert counted == sum(aid_in_window([award], on) for award in awards)


def test_oere_in_euro_cents_half_a_cent_up() -> None:
    assert euro_cents(74_563, Decimal("745.63")) == 10_000
    assert euro_cents(1, Decimal(200)) == 1
    assert euro_cents(1, Decimal("200.01")) == 0
    for rate in (Decimal(0), Decimal(-1)):
        with pytest.raises(ValueError, match="above zero"):
            euro_cents(1, rate)


@given(st.integers(0, 10**14), st.integers(70_000, 80_000))
def test_euro_cents_are_off_by_half_a_cent_at_most(oere: int, rate: int) -> None:
    exact = Fraction(oere * 100 * 100, rate)
    assert abs(euro_cents(oere, Decimal(rate) / 100) - exact) <= Fraction(1, 2)
