"""Who assesses what: applications are spread over assessors by rules that can be told.

Nobody gets what she is barred from or has already. The one with the least at hand gets the next application; of several
the one who knows most of its themes; of several still, the one with the lowest number, so that the same people and
applications always give the same answer, in whatever order they are named. Last, as long as an assessor could give one of
the new applications to somebody with at least two fewer, she does.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Candidate:
    """An assessor: how many applications she has at hand, and which themes her departments work with."""

    key: int
    load: int = 0
    themes: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Task:
    """An application that lacks `wanted` assessors; `barred` may not, or already do, assess it."""

    key: int
    wanted: int
    themes: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()


@dataclass(frozen=True, order=True)
class Chosen:
    """One assessor for one application: what she had at hand when she was chosen, and how many themes they share."""

    task: int
    candidate: int
    load: int
    shared: int


@dataclass(frozen=True)
class Spread:
    """Who was chosen, by application, and how many assessors each application still lacks."""

    chosen: tuple[Chosen, ...]
    lacking: dict[int, int] = field(default_factory=dict)


def spread(tasks: Iterable[Task], candidates: Iterable[Candidate]) -> Spread:
    """Choose assessors for all applications. Those with the fewest possible assessors choose first."""
    people = {one.key: one for one in sorted(candidates, key=lambda one: one.key)}
    loads = {key: one.load for key, one in people.items()}
    work = {one.key: one for one in sorted(tasks, key=lambda one: one.key)}
    possible = {key: [p for p in people if p not in task.barred] for key, task in work.items()}
    given: dict[int, set[int]] = {key: set() for key in work}
    for key in sorted(work, key=lambda key: (len(possible[key]), key)):
        task = work[key]
        while len(given[key]) < task.wanted:
            free = [person for person in possible[key] if person not in given[key]]
            if not free:
                break
            best = min(free, key=lambda person: (loads[person], -_shared(people[person], task), person))
            given[key].add(best)
            loads[best] += 1
    _even_out(work, possible, given, loads)
    lacking = {key: task.wanted - len(given[key]) for key, task in work.items() if len(given[key]) < task.wanted}
    return Spread(tuple(_told(work, people, given)), lacking)


def _even_out(
    work: dict[int, Task], possible: dict[int, list[int]], given: dict[int, set[int]], loads: dict[int, int]
) -> None:
    """Give applications on, one at a time, while that makes the greatest difference between two people smaller."""
    while True:
        moves = [
            (loads[taker] - loads[giver], key, giver, taker)
            for key in work
            for giver in given[key]
            for taker in possible[key]
            if taker not in given[key] and loads[giver] - loads[taker] >= 2
        ]
        if not moves:
            return
        _gain, key, giver, taker = min(moves)
        given[key].remove(giver)
        given[key].add(taker)
        loads[giver] -= 1
        loads[taker] += 1


def _told(work: dict[int, Task], people: dict[int, Candidate], given: dict[int, set[int]]) -> Iterable[Chosen]:
    """The choices in order; each says what the person has at hand before it, the earlier choices too."""
    loads = {key: one.load for key, one in people.items()}
    for key, task in work.items():
        for person in sorted(given[key]):
            yield Chosen(key, person, loads[person], _shared(people[person], task))
            loads[person] += 1


def _shared(person: Candidate, task: Task) -> int:
    return len(person.themes & task.themes)
