"""Whatever two people do at the same moment ends as if one had come after the other.

Each act of the permission table is sent twice at once, and with the other acts about the same thing.
"""

import os
import random
import time
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from .stage import Act, Stage

PAIRS = int(os.environ.get("FYRTAARN_TEST_RACES", "14"))
SEED = int(os.environ.get("FYRTAARN_TEST_SEED", int(time.time() // 86_400)))  # each day tries another part


@pytest.fixture
def stage(transactional_db: None) -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.leave()


@pytest.mark.timeout(300 + 10 * min(PAIRS, 1_000))
def test_two_at_once_end_as_one_after_the_other(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    pairs = meetings(stage.acts)
    chosen = part(pairs)
    faults = [fault for pair in chosen for fault in judge(stage, *pair)]
    with capsys.disabled():
        print(f"\nacts tried at once: {len(chosen)} of {len(pairs)} pairs of {len(stage.acts)} acts, seed {SEED}")
    assert not faults, "\n".join([f"{len(faults)} faults", *faults])


def part(pairs: list[tuple[Act, Act]]) -> list[tuple[Act, Act]]:
    """So many pairs, in an order of their own; the next seed takes those that follow, until all have had their turn."""
    mixed = random.Random(1).sample(pairs, len(pairs))
    start = SEED * PAIRS % len(pairs)
    return (mixed[start:] + mixed[:start])[:PAIRS]


def meetings(acts: list[Act]) -> list[tuple[Act, Act]]:
    """Each act with itself, and with each other about the same thing."""
    same = [(act, act) for act in acts]
    return same + [
        (one, other) for one, other in combinations(acts, 2) if one.visit.about and about(one) == about(other)
    ]


def about(act: Act) -> tuple[str, str, Any]:
    room = act.visit.name.partition(":")[0]
    return room, act.visit.about, act.visit.kwargs.get("pk")


def judge(stage: Stage, one: Act, other: Act) -> list[str]:
    right = [stage.one_after_the_other(one, other), stage.one_after_the_other(other, one)]
    answers, facts = stage.at_the_same_moment(one, other)
    pair = f"{one} and {other}"
    broken = [f"{pair}: {answer!r}" for answer in answers if not isinstance(answer, int) or answer >= 500]
    if facts in right:
        return broken
    nearest = min(right, key=lambda each: sum(each[table] != fact for table, fact in facts.items()))
    wrong = {table: (nearest[table], fact) for table, fact in facts.items() if nearest[table] != fact}
    return [*broken, f"{pair}: answered {answers}, and it is not as if one came after the other: {wrong}"]
