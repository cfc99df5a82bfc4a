"""The arithmetic over arrays equals the plain one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.engine.matching.kernel import (
    Postings,
    Row,
    add_up,
    add_up_roughly,
    at_least_best,
    by_search,
    by_table,
    looked_up,
    rough_unit,
    row_of,
)

SIZE = 300
lists = st.lists(
    st.tuples(st.dictionaries(st.integers(0, SIZE - 1), st.integers(1, 400), max_size=40), st.integers(1, 3000)),
    min_size=1,
    max_size=6,
)


def arrays(given_lists: list[tuple[dict[int, int], int]]) -> list[Postings]:
    found = []
    for held, asked in given_lists:
        documents, weights = np.array(list(held), np.uint32), np.array(list(held.values()), np.uint16)
        found.append(Postings(documents, weights, asked))
    return found


@given(lists)
def test_points_are_added_up_as_by_hand(given_lists: list[tuple[dict[int, int], int]]) -> None:
    points = add_up(arrays(given_lists), SIZE)
    assert points.tolist() == [sum(held.get(n, 0) * asked for held, asked in given_lists) for n in range(SIZE)]


@given(lists, st.integers(0, 6))
def test_rows_give_the_same_rough_points_as_postings(given_lists: list[tuple[dict[int, int], int]], some: int) -> None:
    held = arrays(given_lists)
    rows = [Row(row_of(one.documents, one.weights, SIZE), one.asked) for one in held]
    assert (add_up_roughly(held[some:], rows[:some], SIZE) == add_up_roughly(held, [], SIZE)).all()


@given(lists, st.integers(0, SIZE - 1))
def test_who_holds_most_of_everything_is_roughly_best_too(
    given_lists: list[tuple[dict[int, int], int]], most: int
) -> None:
    for held, _ in given_lists:
        held[most] = 400
    rough = add_up_roughly(arrays(given_lists), [], SIZE)
    assert rough[most] == rough.max() > 0


@given(lists)
def test_rough_points_are_off_by_half_a_unit_for_each_weight_at_most(
    given_lists: list[tuple[dict[int, int], int]],
) -> None:
    held = arrays([({n: min(weight, 255) for n, weight in held.items()}, asked) for held, asked in given_lists])
    unit = rough_unit([one.asked for one in held])
    off = np.abs(add_up(held, SIZE) - unit * add_up_roughly(held, [], SIZE).astype(int))
    assert (2 * off <= unit * add_up([one._replace(asked=1) for one in held], SIZE)).all()


@given(st.lists(st.integers(0, 50), min_size=1, max_size=SIZE), st.integers(1, 30))
def test_the_best_are_among_those_compared_further(given_points: list[int], count: int) -> None:
    points = np.array(given_points, np.int32)
    found = at_least_best(points, count)
    assert found.tolist() == sorted(found.tolist())
    held = [n for n in range(len(given_points)) if given_points[n] > 0]
    best = sorted(held, key=lambda n: -given_points[n])[:count]
    if best:
        worst = given_points[best[-1]] if len(best) == count else 1
        assert {n for n in held if given_points[n] >= max(1, worst)} <= set(found.tolist())
    assert set(found.tolist()) <= set(held)


@given(
    st.lists(st.dictionaries(st.integers(0, 60), st.integers(1, 400), max_size=12), min_size=1, max_size=8),
    st.dictionaries(st.integers(0, 60), st.integers(1, 3000), min_size=1, max_size=10),
)
def test_looking_up_gives_each_documents_points(held: list[dict[int, int]], asked: dict[int, int]) -> None:
    lengths = np.array([len(each) for each in held])
    ends = np.cumsum(lengths)
    expected = [sum(asked.get(term, 0) * weight for term, weight in each.items()) for each in held]
    for weigh in (by_search(asked), by_table(asked, 61)):
        points = looked_up(
            ends - lengths,
            ends,
            np.array([term for each in held for term in each], np.int64),
            np.array([weight for each in held for weight in each.values()], np.uint16),
            weigh,
        )
        assert points.tolist() == expected
