"""The spreading is fair, keeps to what bars somebody, and does not depend on the order in which things are named."""

import random

from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.assessment.spreading import Candidate, Chosen, Spread, Task, spread

THEMES = st.frozensets(st.integers(1, 4), max_size=3)


@st.composite
def situations(draw: st.DrawFn) -> tuple[list[Task], list[Candidate]]:
    people = [
        Candidate(number, draw(st.integers(0, 5)), draw(THEMES)) for number in range(1, draw(st.integers(0, 6)) + 1)
    ]
    keys = [one.key for one in people]
    barred = st.frozensets(st.sampled_from(keys)) if keys else st.just(frozenset())
    tasks = [
        Task(number, draw(st.integers(0, 3)), draw(THEMES), draw(barred))
        for number in range(1, draw(st.integers(0, 8)) + 1)
    ]
    return tasks, people


def loads_after(people: list[Candidate], result: Spread) -> dict[int, int]:
    return {one.key: one.load + sum(c.candidate == one.key for c in result.chosen) for one in people}


@given(situations())
def test_nobody_gets_what_she_is_barred_from_and_nobody_twice(situation: tuple[list[Task], list[Candidate]]) -> None:
    tasks, people = situation
    result = spread(tasks, people)
    barred = {task.key: task.barred for task in tasks}
    assert all(one.candidate not in barred[one.task] for one in result.chosen)
    assert len({(one.task, one.candidate) for one in result.chosen}) == len(result.chosen)


@given(situations())
def test_an_application_lacks_assessors_only_where_there_are_no_more(
    situation: tuple[list[Task], list[Candidate]],
) -> None:
    tasks, people = situation
    result = spread(tasks, people)
    for task in tasks:
        possible = sum(one.key not in task.barred for one in people)
        chosen = sum(one.task == task.key for one in result.chosen)
        assert chosen == min(task.wanted, possible)
        assert result.lacking.get(task.key, 0) == task.wanted - chosen


@given(situations())
def test_no_application_could_go_to_somebody_with_two_fewer(situation: tuple[list[Task], list[Candidate]]) -> None:
    tasks, people = situation
    result = spread(tasks, people)
    loads = loads_after(people, result)
    by_task = {task.key: {c.candidate for c in result.chosen if c.task == task.key} for task in tasks}
    for task in tasks:
        free = {one.key for one in people} - task.barred - by_task[task.key]
        assert all(loads[giver] - loads[taker] < 2 for giver in by_task[task.key] for taker in free)


@given(st.integers(1, 6), st.integers(0, 20))
def test_where_nothing_stands_in_the_way_all_have_as_much(people: int, tasks: int) -> None:
    result = spread([Task(n, 1) for n in range(tasks)], [Candidate(n) for n in range(people)])
    loads = loads_after([Candidate(n) for n in range(people)], result).values()
    assert sum(loads) == tasks
    assert max(loads) - min(loads) <= 1


@given(situations(), st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_named_does_not_matter(
    situation: tuple[list[Task], list[Candidate]], chance: random.Random
) -> None:
    tasks, people = situation
    mixed_tasks, mixed_people = chance.sample(tasks, len(tasks)), chance.sample(people, len(people))
    assert spread(mixed_tasks, mixed_people) == spread(tasks, people)


def test_of_those_with_as_little_at_hand_the_closest_field_is_chosen() -> None:
    people = [Candidate(1, 0), Candidate(2, 0, frozenset({7})), Candidate(3, 1, frozenset({7, 8}))]
    result = spread([Task(5, 1, frozenset({7, 8}))], people)
    assert result.chosen == (Chosen(5, 2, 0, 1),)
