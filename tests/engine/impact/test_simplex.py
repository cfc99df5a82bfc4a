"""How far a number can reach, beside SciPy's linear programming."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, linprog, milp

from fyrtaarn.engine.impact.simplex import Numbers, Polytope

from .cases import timeless

numbers = st.lists(st.integers(0, 9), min_size=1, max_size=7)


@st.composite
def systems(draw: st.DrawFn) -> tuple[Numbers, Numbers]:
    """Numbers and some sums over some of them."""
    point = draw(numbers)
    row = st.lists(st.integers(0, 1), min_size=len(point), max_size=len(point))
    sums = draw(st.lists(row, max_size=8))
    return np.array(sums, dtype=np.int64).reshape(len(sums), len(point)), np.array(point, dtype=np.int64)


def end(sums: Numbers, point: Numbers, place: int, sign: int) -> float:
    """The least of a number (sign 1), or the negative of its most (sign −1), by SciPy."""
    goal = np.zeros(point.size)
    goal[place] = sign
    equal = {"A_eq": sums, "b_eq": sums @ point} if len(sums) else {}
    found = linprog(goal, bounds=(0, None), **equal)
    return float(found.fun) if found.status == 0 else -np.inf


def whole_end(sums: Numbers, point: Numbers, place: int, sign: int) -> float:
    """The same among whole numbers."""
    goal = np.zeros(point.size)
    goal[place] = sign
    limits = [LinearConstraint(sums, sums @ point, sums @ point)] if len(sums) else []
    found = milp(goal, integrality=np.ones(point.size), constraints=limits)
    return float(found.fun) if found.status == 0 else -np.inf


@timeless
@given(systems(), st.integers(0, 6), st.integers(0, 40))
def test_a_witness_is_found_where_there_is_one_and_is_true(
    system: tuple[Numbers, Numbers], at: int, level: int
) -> None:
    sums, point = system
    place = at % point.size
    polytope = Polytope(sums, sums @ point)
    up, down = polytope.reach(place, least=level), polytope.reach(place, most=level)
    for answer in (up, down):
        if answer.witness is not None:
            assert (answer.witness >= 0).all()
            assert (sums @ answer.witness == sums @ point).all()
    assert up.witness is None or up.witness[place] >= level
    assert down.witness is None or down.witness[place] <= level
    assert (up.witness is not None) == (-whole_end(sums, point, place, -1) >= level - 1e-6)
    assert (down.witness is not None) == (whole_end(sums, point, place, 1) <= level + 1e-6)


@timeless
@given(st.integers(2, 4), st.integers(2, 4), st.data())
def test_in_a_table_of_two_ways_the_ends_are_whole_and_found(height: int, width: int, data: st.DataObject) -> None:
    point = np.array(data.draw(st.lists(st.integers(0, 9), min_size=height * width, max_size=height * width)))
    every = np.arange(height * width)
    lines = [every // width == row for row in range(height)] + [every % width == column for column in range(width)]
    sums = np.array(lines, dtype=np.int64)
    place = data.draw(st.integers(0, height * width - 1))
    most, least = -end(sums, point, place, -1), end(sums, point, place, 1)
    polytope = Polytope(sums, sums @ point)
    for reached, beyond in (
        ({"least": round(most)}, {"least": round(most) + 1}),
        ({"most": round(least)}, {"most": round(least) - 1}),
    ):
        assert polytope.reach(place, **reached).witness is not None
        assert polytope.reach(place, **beyond).witness is None


def test_what_holds_a_number_back_is_named() -> None:
    """a + b = 12 and b = 10 say that a is 2; c is known by itself."""
    polytope = Polytope(np.array([[1, 1, 0], [0, 1, 0], [0, 0, 1]]), np.array([12, 10, 7]))
    assert set(polytope.reach(0, least=5).binding) == {0, 1}
    assert set(polytope.reach(2, most=6).binding) == {2}


@pytest.mark.parametrize("least", [5, 1000])
def test_what_nothing_is_known_of_can_be_anything(least: int) -> None:
    polytope = Polytope(np.zeros((0, 2), dtype=np.int64), np.zeros(0, dtype=np.int64))
    witness = polytope.reach(0, least=least).witness
    assert witness is not None
    assert witness[0] >= least
    assert polytope.reach(1, most=0).witness is not None
