"""Percentages, quarters and leftovers, to the øre."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.pools.giving import QUARTERS, due_day, leftover_shares, oere_of, parts_of, quarters_from

OERE = st.integers(1, 10**13)


@pytest.mark.parametrize(
    ("budget", "percent", "oere"),
    [(100_000_000_00, "0.25", 250_000_00), (1, "50", 1), (1, "49.999", 0), (3, "50", 2), (999, "100", 999)],
)
def test_a_percentage_of_a_budget(budget: int, percent: str, oere: int) -> None:
    assert oere_of(budget, Decimal(percent)) == oere


@given(OERE, st.decimals(0, 100, places=3))
def test_a_percentage_is_at_most_half_an_oere_off(budget: int, percent: Decimal) -> None:
    assert abs(Fraction(oere_of(budget, percent)) - budget * Fraction(percent) / 100) <= Fraction(1, 2)


def test_quarters_are_due_on_the_last_day_of_their_first_month() -> None:
    assert due_day(2028, 2, "first_day") == date(2028, 4, 1)
    assert due_day(2028, 4, "last_day") == date(2028, 12, 31)
    assert [due_day(2028, quarter) for quarter in QUARTERS] == [
        date(2028, 1, 31), date(2028, 4, 30), date(2028, 7, 31), date(2028, 10, 31),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("joined", "quarters"),
    [
        (date(2026, 12, 31), QUARTERS),
        (date(2027, 3, 31), QUARTERS),
        (date(2027, 4, 1), (2, 3, 4)),
        (date(2027, 12, 1), (4,)),
        (date(2028, 1, 1), ()),
    ],
)
def test_who_joins_within_the_year_gives_from_that_quarter_on(joined: date, quarters: tuple[int, ...]) -> None:
    assert quarters_from(joined, 2027) == quarters


@given(OERE, st.sampled_from([QUARTERS, (2, 3, 4), (3, 4), (4,)]))
def test_parts_sum_to_the_whole_and_differ_by_an_oere_at_most(oere: int, quarters: tuple[int, ...]) -> None:
    parts = parts_of(oere, quarters)
    assert sum(parts.values()) == oere
    assert set(parts) <= set(quarters)
    assert all(part > 0 for part in parts.values())
    assert max(parts.values()) - oere // len(quarters) <= 1


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**11), max_size=8))
def test_a_leftover_goes_back_whole_and_in_proportion(free: int, amounts: list[int]) -> None:
    found = leftover_shares(free, {str(place): amount for place, amount in enumerate(amounts)})
    gave = sum(amounts)
    assert sum(share.amount for share in found.shares.values()) == found.returned
    assert found.returned == (free if gave and free else 0)
    for key, share in found.shares.items():
        assert abs(share.amount - Fraction(free * found.given[key], gave)) < 1
        assert share.amount == share.floor + share.extra
