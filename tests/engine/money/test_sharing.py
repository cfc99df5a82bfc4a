"""Sharing an amount to the last øre."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.engine.money import shares

TOTALS = st.integers(0, 10**12)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(any)


def test_the_largest_remainders_get_the_oere_that_are_left() -> None:
    first, second, third = shares(100, [1, 1, 1])
    assert [share.amount for share in (first, second, third)] == [34, 33, 33]
    assert (first.floor, first.remainder, first.extra) == (33, first.quota - 33, True)
    assert [share.amount for share in shares(10, [6, 25, 69])] == [1, 2, 7]


@given(TOTALS, WEIGHTS)
def test_the_shares_sum_to_the_total_and_nobody_is_off_by_an_oere(total: int, weights: list[int]) -> None:
    parts = shares(total, weights)
    assert sum(part.amount for part in parts) == total
    assert sum(part.quota for part in parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert part.weight == weight
        assert abs(part.amount - part.quota) < 1
        assert part.amount == 0 or weight > 0


@given(TOTALS, WEIGHTS, st.randoms())
def test_only_equals_depend_on_the_order(total: int, weights: list[int], chance: Random) -> None:
    mixed = list(weights)
    chance.shuffle(mixed)
    assert sorted((part.weight, part.amount) for part in shares(total, weights)) == sorted(
        (part.weight, part.amount) for part in shares(total, mixed)
    )


@given(TOTALS, WEIGHTS)
def test_a_larger_weight_never_gets_less(total: int, weights: list[int]) -> None:
    in_order = sorted(shares(total, weights), key=lambda part: (part.weight, part.amount))
    assert [part.amount for part in in_order] == sorted(part.amount for part in in_order)


@pytest.mark.parametrize(("total", "weights"), [(1, []), (1, [0, 0]), (1, [2, -1]), (-1, [1])])
def test_what_cannot_be_shared_is_refused(total: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weight"):
        shares(total, weights)
