"""What is held back, and that an attacker who solves for it learns nothing of a few people."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, linprog, milp

from fyrtaarn.engine.impact.disclosure import (
    STANDARD,
    Dominance,
    Figure,
    Held,
    Release,
    Rule,
    cube,
    protect,
    protect_amounts,
)

from .cases import timeless

TINY = 1e-6


def attack(figures: Iterable[Figure], shown: dict[Any, int], group: Iterable[Any]) -> tuple[float, float]:
    """The least and the most that a group can be, as linear programming finds it from what is shown."""
    known = [one for one in figures if one.name in shown]
    atoms = sorted({atom for one in figures for atom in one.atoms}, key=str)
    rows = np.array([[atom in one.atoms for atom in atoms] for one in known], dtype=float).reshape(
        len(known), len(atoms)
    )
    goal = np.array([float(atom in set(group)) for atom in atoms])
    equal = {"A_eq": rows, "b_eq": [shown[one.name] for one in known]} if known else {}
    ends = [linprog(sign * goal, bounds=(0, None), **equal) for sign in (1, -1)]
    assert ends[0].status == 0
    return ends[0].fun, -ends[1].fun if ends[1].status == 0 else np.inf


def attack_in_whole_numbers(figures: list[Figure], shown: dict[Any, int], atom: Any) -> tuple[float, float]:
    """The same by one who knows that people are whole."""
    known = [one for one in figures if one.name in shown]
    atoms = sorted({atom for one in figures for atom in one.atoms}, key=str)
    values = [shown[one.name] for one in known]
    limits = (
        [LinearConstraint([[each in one.atoms for each in atoms] for one in known], values, values)] if known else []
    )
    goal = np.array([float(each == atom) for each in atoms])
    ends = [milp(sign * goal, integrality=np.ones(len(atoms)), constraints=limits) for sign in (1, -1)]
    assert ends[0].status == 0
    return ends[0].fun, -ends[1].fun if ends[1].status == 0 else np.inf


def assert_safe(counts: dict[Any, int], figures: list[Figure], release: Release, rule: Rule = STANDARD) -> None:
    """No small atom, and no figure that is held back as small, can be worked out or bounded below the threshold."""
    assert all(release.shown[name] == sum(counts[atom] for atom in release.atoms[name]) for name in release.shown)
    assert {*release.shown, *release.held} == {one.name for one in figures}
    gone = frozenset[Any]().union(*release.given_away)
    groups = [frozenset([atom]) for one in figures for atom in one.atoms] + [one.atoms for one in figures]
    for group in dict.fromkeys(groups):
        number = sum(counts[atom] for atom in group)
        if rule.is_small(number) and not group & gone:
            low, high = attack(figures, dict(release.shown), group)
            assert high >= rule.threshold - TINY, (group, number)
            assert not number or low <= number - 1 + TINY or len(group) > 1, (group, number)


def table(rows: list[list[int]]) -> dict[tuple[int, int], int]:
    return {(r, c): number for r, row in enumerate(rows) for c, number in enumerate(row)}


def test_a_small_cell_takes_three_others_with_it() -> None:
    counts = table([[2, 10, 11], [12, 13, 14], [15, 16, 17]])
    figures = cube(counts)
    release = protect(counts, figures)
    assert release.held[(0, 0)] is Held.SMALL
    assert sorted(release.held.values()) == [Held.COVERS_ANOTHER] * 3 + [Held.SMALL]
    assert release.shown[(None, None)] == 110
    assert_safe(counts, figures, release)


def test_what_is_large_enough_is_shown_whole() -> None:
    counts = table([[5, 0], [7, 100]])
    release = protect(counts, cube(counts))
    assert len(release.shown) == 9
    assert not release.held


def test_a_total_of_a_few_is_held_back_too() -> None:
    counts = table([[1, 1], [0, 1]])
    release = protect(counts, cube(counts))
    assert release.held[(None, None)] is Held.SMALL
    assert release.shown == {(1, 0): 0}


def test_a_difference_of_two_totals_is_no_way_in() -> None:
    """Everybody, and everybody but a few: the filter that leaves them out must go."""
    counts = {"few": 2, "some": 40, "many": 60}
    figures = [
        Figure("all", frozenset(counts)),
        Figure("without", frozenset({"some", "many"})),
        Figure("some", frozenset({"some"})),
    ]
    release = protect(counts, figures)
    assert release.held == {"without": Held.COVERS_ANOTHER}
    assert_safe(counts, figures, release)


def test_what_was_released_before_counts() -> None:
    """Twenty in January and twenty-two in February: the second figure tells of two newcomers."""
    counts = {"january": 20, "newcomers": 2}
    january = Figure("january", frozenset({"january"}), released=True)
    february = Figure("february", frozenset(counts))
    release = protect(counts, [january, february])
    assert release.shown == {"january": 20}
    assert release.held == {"february": Held.COVERS_ANOTHER}
    assert not release.given_away


def test_what_earlier_releases_give_away_is_told() -> None:
    counts = {"a": 20, "b": 2, "c": 3, "d": 30}
    figures = [
        Figure("a", frozenset("a"), released=True),
        Figure("ab", frozenset("ab"), released=True),
        Figure("cd", frozenset("cd")),
        Figure("d", frozenset("d")),
    ]
    release = protect(counts, figures)
    assert release.given_away == (frozenset("b"),)
    assert "d" not in release.shown or "cd" not in release.shown
    assert_safe(counts, figures, release)


def test_what_earlier_releases_leave_open_is_not_closed() -> None:
    """That a and b are three together is out; which of them is one is not, and stays so."""
    counts = {"a": 1, "b": 2, "c": 30}
    figures = [
        Figure("ab", frozenset("ab"), released=True),
        Figure("a", frozenset("a")),
        Figure("ac", frozenset("ac")),
        Figure("c", frozenset("c")),
    ]
    release = protect(counts, figures)
    assert set(release.given_away) == {frozenset("a"), frozenset("b")}
    assert release.held == {"a": Held.SMALL, "c": Held.COVERS_ANOTHER}
    assert attack(figures, dict(release.shown), "a") == (0, 3)


def test_noughts_may_be_told_of_or_not() -> None:
    counts = table([[0, 10, 20], [30, 40, 50], [60, 70, 80]])
    assert not protect(counts, cube(counts)).held
    strict = Rule(noughts_are_safe=False)
    release = protect(counts, cube(counts), strict)
    assert release.held[(0, 0)] is Held.SMALL
    assert len(release.held) == 4
    assert_safe(counts, cube(counts), release, strict)


def test_a_share_is_shown_with_its_parts_alone() -> None:
    counts = {
        ("north", "job"): 8,
        ("north", "none"): 12,
        ("south", "job"): 3,
        ("south", "none"): 40,
        ("west", "job"): 9,
        ("west", "none"): 11,
    }
    release = protect(counts, cube(counts))
    assert release.share(("south", "job"), ("south", None)) is None
    assert release.share((None, "job"), (None, None)) == Fraction(20, 83)
    shown = [place for place in ("north", "south", "west") if release.share((place, "job"), (place, None)) is not None]
    assert len(shown) == 1, "one of the two others covers for south"
    with pytest.raises(ValueError, match="lies not within"):
        release.share(("north", "job"), ("south", None))


@pytest.mark.parametrize("job", [0, 20])
def test_a_share_that_tells_of_everybody_is_not_shown(job: int) -> None:
    counts = {("north", "job"): job, ("north", "none"): 20 - job}
    assert protect(counts, cube(counts)).share(("north", "job"), ("north", None)) is None


def test_a_mean_is_shown_with_its_number_alone() -> None:
    counts = {"few": 2, "many": 50, "more": 70}
    release = protect(counts, [Figure(name, frozenset({name})) for name in counts] + [Figure("all", frozenset(counts))])
    assert release.mean("few", Fraction(9)) is None
    assert release.mean("all", Fraction(244)) == 2
    assert release.mean("all", Fraction(1220), ends=(Fraction(0), Fraction(10))) is None, "all answer ten"
    assert sum(release.mean(name, Fraction(100)) is not None for name in ("many", "more")) == 1
    assert protect({"a": 0}, [Figure("a", frozenset("a"))]).mean("a", Fraction(0)) is None


def test_a_threshold_below_three_is_refused() -> None:
    with pytest.raises(ValueError, match="below 3"):
        Rule(threshold=2)


def test_names_and_counts_must_be_there_once() -> None:
    with pytest.raises(ValueError, match="same name"):
        protect({"a": 1}, [Figure("x", frozenset("a")), Figure("x", frozenset("a"))])
    with pytest.raises(ValueError, match="below nought"):
        protect({"a": -1}, [Figure("x", frozenset("a"))])
    with pytest.raises(KeyError):
        protect({}, [Figure("x", frozenset("a"))])


def test_no_figures_at_all() -> None:
    release = protect({}, cube([]))
    assert (release.shown, release.held, release.given_away) == ({}, {}, ())


def test_nothing_is_held_back_in_vain() -> None:
    """Each figure that covers another would, shown with the rest, give one away."""
    counts = table([[2, 10, 11, 9], [12, 3, 14, 8], [15, 16, 17, 21]])
    figures = cube(counts)
    release = protect(counts, figures)
    for name, why in release.held.items():
        if why is Held.COVERS_ANOTHER:
            known = [
                Figure(one.name, one.atoms, released=True)
                for one in figures
                if one.name in release.shown or one.name == name
            ]
            assert protect(counts, known).given_away, name


small_numbers = st.one_of(st.integers(0, 6), st.integers(0, 60))


@settings(parent=timeless, max_examples=40)
@given(st.integers(2, 4), st.integers(2, 4), st.data(), st.sampled_from([3, 5, 7]), st.booleans())
def test_an_attacker_learns_nothing_from_a_table(
    height: int, width: int, data: st.DataObject, threshold: int, noughts_are_safe: bool
) -> None:
    counts = {cell: data.draw(small_numbers) for cell in product(range(height), range(width))}
    figures, rule = cube(counts), Rule(threshold, noughts_are_safe)
    release = protect(counts, figures, rule)
    assert not release.given_away
    assert_safe(counts, figures, release, rule)


@settings(parent=timeless, max_examples=15)
@given(st.lists(small_numbers, min_size=12, max_size=12))
def test_nor_from_one_of_three_ways(numbers: list[int]) -> None:
    counts = dict(zip(product(range(3), range(2), range(2)), numbers, strict=True))
    release = protect(counts, cube(counts))
    assert not release.given_away
    assert_safe(counts, cube(counts), release)


@settings(parent=timeless, max_examples=60)
@given(st.data())
def test_nor_from_any_filters_and_earlier_releases(data: st.DataObject) -> None:
    atoms = "abcdef"
    counts = {atom: data.draw(small_numbers) for atom in atoms}
    sets = data.draw(st.lists(st.frozensets(st.sampled_from(atoms), min_size=1), min_size=1, max_size=10, unique=True))
    figures = [Figure("".join(sorted(one)), one, released=data.draw(st.integers(0, 4)) == 0) for one in sets]
    release = protect(counts, figures)
    assert all(one.name in release.shown for one in figures if one.released)
    if release.given_away:
        before = protect(counts, [one for one in figures if one.released])
        worked_out = frozenset[str]().union(*before.given_away)
        assert all(group <= worked_out for group in release.given_away), "only by earlier releases"
    assert_safe(counts, figures, release)
    for atom in release.atoms[figures[0].name] - frozenset[str]().union(*release.given_away):
        if 0 < counts[atom] < 5:
            low, high = attack_in_whole_numbers(figures, dict(release.shown), atom)
            assert low <= counts[atom] - 1 + TINY
            assert high >= 5 - TINY


@settings(parent=timeless, max_examples=40)
@given(st.integers(2, 4), st.integers(2, 4), st.data())
def test_the_whole_set_of_differences_is_safe(height: int, width: int, data: st.DataObject) -> None:
    """No sum or difference of shown figures, also with several of them, is a small number of people."""
    counts = {cell: data.draw(small_numbers) for cell in product(range(height), range(width))}
    figures = cube(counts)
    release = protect(counts, figures)
    group = data.draw(st.frozensets(st.sampled_from(sorted(counts)), min_size=1))
    number = sum(counts[cell] for cell in group)
    if 0 < number < 5:
        _low, high = attack(figures, dict(release.shown), group)
        assert high >= 5 - TINY


def amounts_of(contributions: dict[Any, list[int]], figures: list[Figure], rule: Dominance) -> Release:
    numbers = protect({atom: len(given) for atom, given in contributions.items()}, figures)
    return protect_amounts(contributions, figures, numbers, rule)


def test_an_amount_that_one_gives_most_of_is_held_back_with_what_would_tell_it() -> None:
    contributions = {"north": [900, 20, 30, 10, 5], "south": [40, 50, 60, 70, 45], "west": [80, 70, 60, 50, 40]}
    figures = [
        Figure("all", frozenset(contributions)),
        *(Figure(name, frozenset({name})) for name in contributions),
        Figure("south and west", frozenset({"south", "west"})),
    ]
    numbers = protect({atom: len(given) for atom, given in contributions.items()}, figures)
    assert not numbers.held
    release = protect_amounts(contributions, figures, numbers)
    assert release.shown == {"all": 1530, "west": 300}
    assert release.held == {
        "north": Held.DOMINATED,
        "south and west": Held.COVERS_ANOTHER,
        "south": Held.COVERS_ANOTHER,
    }


def test_amounts_that_were_released_before_count() -> None:
    contributions = {"north": [900, 20, 30, 10, 5], "south": [40, 50, 60, 70, 45]}
    figures = [
        Figure("all", frozenset(contributions), released=True),
        Figure("south", frozenset({"south"}), released=True),
    ]
    release = amounts_of(contributions, figures, Dominance())
    assert release.shown == {"all": 1230, "south": 265}
    assert release.given_away == (frozenset({"north"}),)


@pytest.mark.parametrize(
    ("contributions", "tells"),
    [
        ([100, 50, 11], False),
        ([100, 50, 10], True),  # 160 less her own 50 is 110: within a tenth
        ([100], True),
        ([100, 100], True),
        ([0, 0, 0, 0, 0], True),  # everybody has nothing
        ([], False),
        ([30, 30, 30, 30, 30], False),
    ],
)
def test_when_an_amount_tells_too_much(contributions: list[int], tells: bool) -> None:
    assert Dominance(10).tells(contributions) is tells


def test_amounts_of_a_few_are_held_back_as_their_number_is() -> None:
    contributions = {"few": [10, 10, 10, 10], "many": [10] * 20, "more": [10] * 30}
    figures = [Figure(name, frozenset({name})) for name in contributions] + [Figure("all", frozenset(contributions))]
    release = amounts_of(contributions, figures, Dominance())
    assert release.held["few"] is Held.SMALL
    assert release.shown["all"] == 540
    assert len(release.shown) == 2, "one of the others covers for the few"


def test_what_is_no_percentage_and_no_contribution_is_refused() -> None:
    with pytest.raises(ValueError, match="percentage"):
        Dominance(0)
    with pytest.raises(ValueError, match="below nought"):
        protect_amounts({"a": [-1]}, [], protect({}, []))


def most_that_anybody_finds(
    figures: Iterable[Figure], shown: dict[Any, int], contributions: dict[Any, list[int]], group: Sequence[Any]
) -> float:
    """The most that a group's amount can be, for the second largest contributor in it who knows what she gave."""
    known = [one for one in figures if one.name in shown]
    atoms = sorted({atom for one in figures for atom in one.atoms}, key=str)
    largest, second = sorted(((amount, atom) for atom in group for amount in contributions[atom]), reverse=True)[:2]
    least = [second[0] if atom == second[1] != largest[1] else 0 for atom in atoms]
    rows = np.array([[atom in one.atoms for atom in atoms] for one in known], dtype=float).reshape(
        len(known), len(atoms)
    )
    equal = {"A_eq": rows, "b_eq": [shown[one.name] for one in known]} if known else {}
    found = linprog([-float(atom in group) for atom in atoms], bounds=[(one, None) for one in least], **equal)
    return -found.fun if found.status == 0 else np.inf


given_by_some = st.lists(st.one_of(st.integers(0, 9), st.integers(0, 1000)), min_size=5, max_size=8)


@settings(parent=timeless, max_examples=60)
@given(st.integers(2, 3), st.integers(2, 4), st.data(), st.sampled_from([5, 10, 25, 100]))
def test_nobody_tells_another_from_amounts(height: int, width: int, data: st.DataObject, percent: int) -> None:
    """Of no union of groups is the largest contributor known to within the percentage by the second largest."""
    contributions = {cell: data.draw(given_by_some) for cell in product(range(height), range(width))}
    figures, rule = cube(contributions), Dominance(percent)
    release = amounts_of(contributions, figures, rule)
    assert not release.given_away
    assert all(
        release.shown[name] == sum(sum(contributions[atom]) for atom in release.atoms[name]) for name in release.shown
    )
    group = sorted(data.draw(st.frozensets(st.sampled_from(sorted(contributions)), min_size=1)))
    for atoms in [group, *([cell] for cell in contributions), *(sorted(one.atoms) for one in figures)]:
        given = sorted((amount for atom in atoms for amount in contributions[atom]), reverse=True)
        if rule.tells(given):
            most = most_that_anybody_finds(figures, dict(release.shown), contributions, atoms)
            assert most >= given[0] * (1 + percent / 100) + given[1] - TINY, atoms
