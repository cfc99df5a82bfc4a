"""Bootstrap intervals (Efron and Tibshirani 1993) over questions, with a fixed seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from .measures import mean

ROUNDS = 2000
SEED = 1


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with the bounds of its 95 % percentile interval."""

    value: float
    low: float
    high: float


def bootstrap(values: Sequence[float], rounds: int = ROUNDS) -> Interval:
    """The mean of values, one a question. Raises ValueError for no values."""
    if not values:
        raise ValueError("no values to resample")
    random = Random(SEED)  # noqa: S311 (draws samples, guards nothing)
    drawn = sorted(mean(random.choices(values, k=len(values))) for _ in range(rounds))
    return Interval(mean(values), *_bounds(drawn))


def paired_ratio(ours: Sequence[float], theirs: Sequence[float], rounds: int = ROUNDS) -> Interval:
    """Mean of ours by mean of theirs, questions drawn in pairs.

    Raises ValueError when the lengths differ or theirs is nowhere above nought.
    """
    if len(ours) != len(theirs) or not any(theirs):
        raise ValueError("expected as many values on both sides, not all of them nought")
    random = Random(SEED)  # noqa: S311 (draws samples, guards nothing)
    places = range(len(ours))
    drawn = []
    for _ in range(rounds):
        chosen = random.choices(places, k=len(ours))
        below = sum(theirs[place] for place in chosen)
        if below:
            drawn.append(sum(ours[place] for place in chosen) / below)
    drawn.sort()
    return Interval(mean(ours) / mean(theirs), *_bounds(drawn))


def _bounds(drawn: Sequence[float]) -> tuple[float, float]:
    return drawn[len(drawn) * 25 // 1000], drawn[min(len(drawn) - 1, len(drawn) * 975 // 1000)]
