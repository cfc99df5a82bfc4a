"""Budgets add up, however they are split."""

from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.applications.budget import Line, Totals, totals
from fyrtaarn.applications.models import CostKind, Source

LINES = st.lists(
    st.builds(
        Line,
        kind=st.sampled_from(CostKind.values),
        text=st.just("Noget"),
        oere=st.integers(0, 10**12),
        source=st.sampled_from(Source.values),
    ),
    max_size=40,
)


@given(LINES)
def test_the_parts_are_the_whole(lines: list[Line]) -> None:
    found = totals(lines)
    assert found.total == sum(line.oere for line in lines)
    assert found.pool == sum(line.oere for line in lines if line.source == "pool")
    assert 0 <= found.wages <= found.pool


@given(LINES, st.randoms())
def test_the_order_of_lines_does_not_matter(lines: list[Line], random: object) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert totals(shuffled) == totals(lines)


@given(LINES, LINES)
def test_two_budgets_add_up_to_both(first: list[Line], second: list[Line]) -> None:
    one, other, both = totals(first), totals(second), totals(first + second)
    assert both.total == one.total + other.total
    assert both.own == one.own + other.own
    assert both.wages == one.wages + other.wages


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 90))
def test_own_money_covers_its_percentage_to_the_oere(own: int, pool: int, percent: int) -> None:
    needed = -(-percent * (own + pool) // 100)  # rounded up
    assert Totals(pool=pool, own=own).covers(percent) == (own >= needed)
