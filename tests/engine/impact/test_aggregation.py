"""Adding up from raw parts: the same in any order and grouping, people once, what is missing not nought."""

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.engine.impact.aggregation import (
    DoubleCount,
    Indicator,
    Kind,
    Missing,
    Reading,
    Timing,
    add_up,
    as_json,
    merged,
)

from .cases import timeless

JOBS = Indicator("jobs", Kind.COUNT, Timing.CUMULATIVE)
SHARE = Indicator("job share", Kind.RATIO, Timing.CUMULATIVE)
PEOPLE = Indicator("people met", Kind.PEOPLE, Timing.CUMULATIVE)
EMPLOYED = Indicator("employed", Kind.COUNT, Timing.POINT_IN_TIME)
QUARTERS = [date(2026, month, 1) for month in (1, 4, 7, 10)] + [date(2027, 1, 1)]


def reading(
    unit: str, quarter: int, numerator: int | None, denominator: int | None = None, people: str = ""
) -> Reading:
    return Reading(
        unit,
        QUARTERS[quarter],
        QUARTERS[quarter + 1],
        None if numerator is None else Fraction(numerator),
        None if denominator is None else Fraction(denominator),
        frozenset(people) or None,
    )


def test_percentages_are_never_averaged() -> None:
    found = add_up(SHARE, [reading("a", 0, 1, 2), reading("b", 0, 10, 100)])
    assert found.value == Fraction(11, 102)
    assert (found.numerator, found.denominator) == (11, 102)


def test_a_share_of_nobody_is_no_share() -> None:
    assert add_up(SHARE, [reading("a", 0, 0, 0)]).value is None


def test_what_is_missing_is_not_nought() -> None:
    expected = [("a", QUARTERS[0]), ("b", QUARTERS[0]), ("c", QUARTERS[0])]
    found = add_up(JOBS, [reading("a", 0, 4), reading("b", 0, None)], expected=expected)
    assert found.value == 4
    assert found.missing == (Missing("b", QUARTERS[0]), Missing("c", QUARTERS[0]))
    assert as_json(found)["is_complete"] is False
    nothing = add_up(JOBS, [reading("a", 0, None)])
    assert (nothing.value, as_json(nothing)["value"]) == (None, None)
    assert add_up(JOBS, [reading("a", 0, 0)]).value == 0


def test_what_is_counted_in_periods_is_added_up_and_never_twice() -> None:
    assert add_up(JOBS, [reading("a", 0, 4), reading("a", 1, 5), reading("b", 1, 6)]).value == 15
    year = Reading("a", QUARTERS[0], QUARTERS[4], Fraction(9))
    with pytest.raises(DoubleCount, match="a has reported 2026-04-01 twice"):
        add_up(JOBS, [year, reading("a", 1, 5)])


def test_what_stands_on_a_day_is_the_latest_of_each_unit() -> None:
    rows = [reading("a", 0, 10), reading("a", 2, 7), reading("b", 1, 5), reading("c", 3, 1)]
    assert add_up(EMPLOYED, rows).value == 13
    assert add_up(EMPLOYED, rows, at=QUARTERS[1]).value == 15
    assert [(one.unit, one.begin) for one in add_up(EMPLOYED, rows, at=QUARTERS[1]).parts] == [
        ("a", QUARTERS[0]),
        ("b", QUARTERS[1]),
    ]
    with pytest.raises(DoubleCount):
        add_up(EMPLOYED, [reading("a", 0, 10), reading("a", 0, 11)])


def test_an_unknown_later_state_leaves_the_known_one() -> None:
    found = add_up(
        EMPLOYED, [reading("a", 0, 10), reading("a", 1, None), reading("b", 0, None)], expected=[("c", QUARTERS[0])]
    )
    assert found.value == 10
    assert found.missing == (Missing("b", QUARTERS[0]), Missing("c", None))


def test_a_person_is_counted_once() -> None:
    found = add_up(
        PEOPLE, [reading("a", 0, 3, people="xyz"), reading("b", 0, 2, people="zw"), reading("a", 1, 1, people="x")]
    )
    assert (found.value, found.most) == (4, 4)


def test_where_not_all_have_keys_the_bounds_are_said() -> None:
    found = add_up(PEOPLE, [reading("a", 0, 3, people="xyz"), reading("b", 0, 5)])
    assert (found.value, found.most) == (5, 8)
    assert as_json(found)["at_most"] == "8"


@pytest.mark.parametrize(
    ("indicator", "row", "told"),
    [
        (SHARE, reading("a", 0, 1), "a has no denominator"),
        (SHARE, reading("a", 0, 1, -1), "a has no denominator"),
        (PEOPLE, reading("a", 0, 5, people="xy"), "counts 5 and names 2"),
    ],
)
def test_what_cannot_be_added_up(indicator: Indicator, row: Reading, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        add_up(indicator, [row])


def test_totals_of_several_indicators_are_not_added_up() -> None:
    with pytest.raises(ValueError, match="one indicator"):
        merged([add_up(JOBS, []), add_up(SHARE, [])])


def test_the_same_reading_in_two_totals_is_told() -> None:
    one = add_up(JOBS, [reading("a", 0, 4)])
    with pytest.raises(DoubleCount):
        merged([one, one])


@st.composite
def reported(draw: st.DrawFn) -> tuple[Indicator, list[Reading]]:
    """Readings of some units and quarters, of any kind of indicator."""
    indicator = Indicator("any", draw(st.sampled_from(list(Kind))), draw(st.sampled_from(list(Timing))))
    rows = []
    for unit in "abcd":
        for quarter in draw(st.sets(st.integers(0, 3))):
            number = draw(st.none() | st.integers(0, 20))
            people = draw(st.sets(st.sampled_from("uvwxyz"))) if indicator.kind is Kind.PEOPLE else set()
            if people and number is not None:
                rows.append(reading(unit, quarter, len(people), people="".join(people)))
            else:
                rows.append(reading(unit, quarter, number, draw(st.integers(0, 50))))
    return indicator, rows


@timeless
@given(reported(), st.randoms(use_true_random=False))
def test_the_order_changes_nothing(case: tuple[Indicator, list[Reading]], random: Any) -> None:
    indicator, rows = case
    mixed = rows[:]
    random.shuffle(mixed)
    one, other = add_up(indicator, rows), add_up(indicator, mixed)
    assert (one.value, one.most, one.denominator) == (other.value, other.most, other.denominator)
    assert set(one.missing) == set(other.missing)


@timeless
@given(reported(), st.data())
def test_readings_grouped_in_any_way_give_the_same_total(
    case: tuple[Indicator, list[Reading]], data: st.DataObject
) -> None:
    indicator, rows = case
    expected = [(unit, QUARTERS[quarter]) for unit in "abcde" for quarter in data.draw(st.sets(st.integers(0, 3)))]
    groups: list[list[Reading]] = [[], [], []]
    for row in rows:
        groups[data.draw(st.integers(0, 2))].append(row)
    totals = [add_up(indicator, group, expected=expected) for group in groups]
    assert merged(totals) == add_up(indicator, rows, expected=expected)


@timeless
@given(reported())
def test_the_result_can_be_written(case: tuple[Indicator, list[Reading]]) -> None:
    indicator, rows = case
    assert len(json.loads(json.dumps(as_json(add_up(indicator, rows))))["parts"]) <= len(rows)


@timeless
@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_a_group_split_in_two_adds_up_to_the_same(some: int, more: int, below: int) -> None:
    whole = add_up(SHARE, [reading("a", 0, some + more, some + more + below)])
    parts = add_up(SHARE, [reading("a1", 0, some, some), reading("a2", 0, more, more + below)])
    assert (parts.value, parts.numerator, parts.denominator) == (whole.value, whole.numerator, whole.denominator)
