"""Paired change beside SciPy and by counting, small numbers, drop-outs and raters."""

import json
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from fyrtaarn.engine.impact.progression import (
    LEAST_PAIRS,
    MOST_EXACT,
    Instrument,
    Measurement,
    Pair,
    as_json,
    bootstrap,
    pair,
    progress,
    reliable_change,
    t_interval,
    t_test,
    wilcoxon,
)

from .cases import timeless

SCALE = Instrument("areas", "1", Fraction(0), Fraction(10), reliability=0.8)
DAYS = [date(2026, month, 1) for month in (1, 4, 9)]
NO_TIES = [Fraction(one) for one in ("1", "-2", "3", "4", "-5", "6.5", "7", "8", "9.25", "0.5")]


def scored(*rows: tuple[int, ...], rater: str = "citizen", first: int = 0) -> list[Measurement]:
    """A row of scores a person, one a day."""
    return [
        Measurement(f"p{first + number}", rater, day, Fraction(score))
        for number, row in enumerate(rows)
        for day, score in zip(DAYS, row, strict=False)
    ]


def test_first_and_last_are_compared() -> None:
    found = pair(SCALE, reversed(scored((2, 9, 5), (4, 4))), "citizen")
    assert found.pairs == (Pair("p0", Fraction(2), Fraction(5)), Pair("p1", Fraction(4), Fraction(4)))


def test_raters_are_never_mixed() -> None:
    both = scored((2, 4), (3, 5)) + scored((9,), (8, 1), rater="caseworker")
    assert [one.change for one in pair(SCALE, both, "citizen").pairs] == [2, 2]
    theirs = pair(SCALE, both, "caseworker")
    assert ([one.change for one in theirs.pairs], theirs.once) == ([-7], (Fraction(9),))


@pytest.mark.parametrize("score", ["-1", "10.5"])
def test_a_score_off_the_scale_is_refused(score: str) -> None:
    with pytest.raises(ValueError, match="not on the scale of areas 1"):
        pair(SCALE, [Measurement("p", "citizen", DAYS[0], Fraction(score))], "citizen")


def test_two_scores_on_one_day_are_refused() -> None:
    with pytest.raises(ValueError, match="two scores by citizen"):
        pair(SCALE, scored((1,)) + scored((2,)), "citizen")


def test_too_few_give_their_points_and_why() -> None:
    found = progress(SCALE, scored(*[(5, 6)] * (LEAST_PAIRS - 2), (1, 9)), "citizen")
    said = as_json(SCALE, found)
    assert (found.paired, found.t, found.wilcoxon, found.bootstrap, found.reliable) == (5, None, None, None, None)
    assert said["points"][0] == {"first": "1", "last": "9"}
    assert len(said["points"]) == 5
    assert "fewer than 6 pairs" in said["why_no_interval"]
    assert found.mean_change == Fraction(12, 5)


def test_enough_give_intervals_and_no_points() -> None:
    rows = [(5, 6), (4, 7), (3, 3), (6, 9), (5, 4), (2, 8), (3, 5)]
    found = progress(SCALE, scored(*rows, (1,), (3,)), "citizen")
    assert (found.started, found.paired, found.dropped_out) == (9, 7, 2)
    assert (found.mean_first_of_paired, found.mean_first_of_dropped_out) == (4, 2)
    assert found.points == ()
    assert found.t is not None
    assert found.bootstrap is not None
    assert found.t.low < float(found.mean_change or 0) < found.t.high
    said = json.loads(json.dumps(as_json(SCALE, found)))
    assert said["why_no_interval"] is None
    assert said["wilcoxon"]["exact"] is True
    assert said["wilcoxon"]["noughts_left_out"] == 1


def test_nobody_at_all() -> None:
    found = progress(SCALE, [], "citizen")
    assert (found.started, found.mean_change, found.points) == (0, None, ())


def test_the_t_interval_is_scipys() -> None:
    changes = [float(one) for one in NO_TIES]
    theirs: Any = stats.ttest_1samp(changes, 0)
    ours, interval = t_interval(changes), theirs.confidence_interval(0.95)
    assert (ours.low, ours.high) == pytest.approx((interval.low, interval.high))
    assert t_test(changes) == pytest.approx(theirs.pvalue)


def test_changes_that_do_not_vary() -> None:
    assert t_test([0.0] * 6) == 1
    assert t_test([1.0] * 6) == 0
    assert bootstrap([2.0] * 6, 1).low == 2


def test_wilcoxon_without_ties_is_scipys() -> None:
    theirs: Any = stats.wilcoxon([float(one) for one in NO_TIES], method="exact")
    ours = wilcoxon([*NO_TIES, Fraction(0)])
    assert (ours.p, ours.noughts, ours.exact) == (pytest.approx(theirs.pvalue), 1, True)


def test_wilcoxon_of_many_is_scipys() -> None:
    generator = np.random.Generator(np.random.PCG64(1))
    changes = [Fraction(int(one)) for one in generator.integers(-6, 9, MOST_EXACT * 2)]
    theirs: Any = stats.wilcoxon([float(one) for one in changes], method="asymptotic", correction=True)
    ours = wilcoxon(changes)
    assert not ours.exact
    assert ours.p == pytest.approx(theirs.pvalue)


@timeless
@given(st.lists(st.integers(-4, 4), max_size=9))
def test_wilcoxon_with_ties_is_what_counting_all_signs_gives(changes: list[int]) -> None:
    sizes = [abs(one) for one in changes if one]
    ranks = stats.rankdata(sizes) if sizes else np.array([])
    seen = sum(rank for rank, one in zip(ranks, [c for c in changes if c], strict=True) if one > 0)
    middle = sum(ranks) / 2
    sums = [
        sum(rank for rank, sign in zip(ranks, signs, strict=True) if sign)
        for signs in product((0, 1), repeat=len(ranks))
    ]
    p = sum(abs(one - middle) >= abs(seen - middle) - 1e-9 for one in sums) / len(sums)
    assert wilcoxon([Fraction(one) for one in changes]).p == pytest.approx(p)


def test_the_bootstrap_is_scipys_up_to_chance() -> None:
    changes = [0.1, 0.3, 0.2, 0.5, 4.0, 0.9, 2.2, 0.4, 0.6, 1.5, 0.05, 7.0]
    theirs: Any = stats.bootstrap(
        (changes,), np.mean, n_resamples=20_000, method="BCa", random_state=np.random.default_rng(1)
    ).confidence_interval
    ours = bootstrap(changes, 1, 20_000)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), rel=0.06)
    assert bootstrap(changes, 1) == bootstrap(changes, 1)


def test_a_reliable_change_is_more_than_the_instruments_imprecision() -> None:
    """s = 2, r = 0.8: the least reliable change is 1.96 × √2 × 2 × √0.2 = 2.479."""
    known = Instrument("areas", "1", Fraction(0), Fraction(10), reliability=0.8, sd=2.0)
    pairs = [Pair(str(change), Fraction(5), Fraction(5 + change)) for change in (-4, -2, 0, 2, 3, 4)]
    found = reliable_change(known, pairs)
    assert found is not None
    assert (found.better, found.unchanged, found.worse) == (2, 3, 1)
    assert found.least_change == pytest.approx(2.479, abs=0.001)
    turned = reliable_change(Instrument("p", "1", Fraction(0), Fraction(10), False, 0.8, 2.0), pairs)
    assert turned is not None
    assert (turned.better, turned.worse) == (1, 2)


def test_without_reliability_there_is_no_reliable_change() -> None:
    unknown = Instrument("areas", "1", Fraction(0), Fraction(10))
    pairs = [Pair(str(n), Fraction(n), Fraction(5)) for n in range(6)]
    assert reliable_change(unknown, pairs) is None
    assert reliable_change(SCALE, [Pair("a", Fraction(1), Fraction(2))] * 3) is None
    assert reliable_change(SCALE, pairs) is not None


@timeless
@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=LEAST_PAIRS, max_size=12))
def test_the_other_way_round_is_the_same_with_the_opposite_sign(rows: list[tuple[int, int]]) -> None:
    there, back = (progress(SCALE, scored(*one), "citizen") for one in (rows, [row[::-1] for row in rows]))
    assert there.mean_change == -(back.mean_change or 0)
    assert there.t is not None
    assert back.t is not None
    assert (there.t.low, there.t.high) == pytest.approx((-back.t.high, -back.t.low))
    assert there.t_p == pytest.approx(back.t_p)
    assert (there.wilcoxon and there.wilcoxon.p) == (back.wilcoxon and back.wilcoxon.p)
