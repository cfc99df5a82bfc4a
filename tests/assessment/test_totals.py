"""Points are added exactly, and the ranking says how far the money goes."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.assessment.totals import Weighted, ranked, total_of

CRITERIA = [Weighted(1, 3, 5), Weighted(2, 1, 10)]


def test_points_count_by_their_weight() -> None:
    total = total_of(CRITERIA, [{1: 5, 2: 10}, {1: 0, 2: 5}])
    assert (total.sums, total.given, total.most, total.spread) == ((25, 5), 30, 50, 20)
    assert total.share == Fraction(3, 5)


def test_who_has_not_scored_every_criterion_is_not_counted_by_mistake() -> None:
    with pytest.raises(KeyError):
        total_of(CRITERIA, [{1: 5}])


def test_nobody_has_assessed_yet() -> None:
    total = total_of(CRITERIA, [])
    assert (total.share, total.spread) == (0, 0)


def test_equal_applications_share_a_place_and_the_money_ends_for_all_after() -> None:
    shares = {1: Fraction(1, 2), 2: Fraction(2, 3), 3: Fraction(2, 3), 4: Fraction(1, 10)}
    found = ranked(shares, {1: 50, 2: 100, 3: 60, 4: 1}, money=170)
    assert [(one.key, one.place, one.tied, one.running, one.covered) for one in found] == [
        (2, 1, True, 100, True),
        (3, 1, True, 160, True),
        (1, 3, False, 210, False),
        (4, 4, False, 211, False),
    ]


@given(
    st.dictionaries(st.integers(1, 20), st.tuples(st.fractions(0, 1), st.integers(1, 10**9)), max_size=8),
    st.integers(0, 10**10),
)
def test_the_ranking_follows_the_share_and_covers_a_beginning(
    rows: dict[int, tuple[Fraction, int]], money: int
) -> None:
    shares, asked = {k: s for k, (s, _a) in rows.items()}, {k: a for k, (_s, a) in rows.items()}
    found = ranked(shares, asked, money)
    assert [shares[one.key] for one in found] == sorted(shares.values(), reverse=True)
    covered = [one.covered for one in found]
    assert covered == sorted(covered, reverse=True)
    assert sum(asked[one.key] for one in found if one.covered) <= money
