"""Progression: how people's scores on one instrument have changed, and how sure that is.

A score is compared with a score of the same person by the same kind of rater alone: citizens' and caseworkers' answers
are never mixed. Who was measured once only is shown as having dropped out, with the mean of where they began.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import erfc, sqrt
from statistics import NormalDist, fmean, stdev
from typing import Any

import numpy as np

from .probability import t_cdf, t_quantile
from .reading import plain, rounded

LEAST_PAIRS = 6
"""With five pairs, not even five changes in one direction are rarer by chance than one in twenty (2 / 2^5)."""
MOST_EXACT = 50
"""So many changes Wilcoxon's test counts out exactly; beyond, the normal approximation is near enough."""
ROUNDS = 10_000
AT_ONCE = 500
"""Rounds of the bootstrap that are in memory together; what it is asked for is a multiple of it."""
SURE = 1.96
"""A change of so many standard errors is reliable; Jacobson and Truax 1991."""
LEVEL = 0.95
TOO_FEW = f"fewer than {LEAST_PAIRS} pairs: an interval would promise more than so few can tell"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A version of an instrument: its scale, its direction, and what is known of its precision.

    `reliability` is a coefficient from 0 to 1 (test–retest or alpha), `sd` the standard deviation in a norm group; without
    `sd` that of the first scores is taken.
    """

    code: str
    version: str
    least: Fraction
    most: Fraction
    higher_is_better: bool = True
    reliability: float | None = None
    sd: float | None = None

    def better(self, change: Fraction) -> Fraction:
        """A change with the sign that makes better positive."""
        return change if self.higher_is_better else -change


@dataclass(frozen=True, slots=True)
class Measurement:
    """A score that a rater gave a person on a day."""

    person: str
    rater: str
    day: date
    score: Fraction


@dataclass(frozen=True, slots=True)
class Pair:
    """The first and the last score of one person by one kind of rater."""

    person: str
    first: Fraction
    last: Fraction

    @property
    def change(self) -> Fraction:
        """Last less first."""
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Paired:
    """Everybody whom a kind of rater has scored: those with two days, and the first scores of those with one."""

    pairs: tuple[Pair, ...]
    once: tuple[Fraction, ...]


def pair(instrument: Instrument, measurements: Iterable[Measurement], rater: str) -> Paired:
    """First and last scores by one kind of rater. Raises ValueError for a score off the scale and for two scores of one
    person by the rater on the same day, as it is not known which is the later."""
    by_person: dict[str, dict[date, Fraction]] = defaultdict(dict)
    for one in measurements:
        if not instrument.least <= one.score <= instrument.most:
            raise ValueError(f"{plain(one.score)} is not on the scale of {instrument.code} {instrument.version}")
        if one.rater == rater:
            if one.day in by_person[one.person]:
                raise ValueError(f"two scores by {rater} for the same person on {one.day}")
            by_person[one.person][one.day] = one.score
    pairs, once = [], []
    for person, scores in sorted(by_person.items()):
        first, last = scores[min(scores)], scores[max(scores)]
        if len(scores) > 1:
            pairs.append(Pair(person, first, last))
        else:
            once.append(first)
    return Paired(tuple(pairs), tuple(once))


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval."""

    low: float
    high: float


def t_interval(changes: Sequence[float]) -> Interval:
    """Of the mean, for changes that are near to normal: mean ± t × s / √n; Student 1908."""
    mean, error = fmean(changes), stdev(changes) / sqrt(len(changes))
    reach = t_quantile((1 + LEVEL) / 2, len(changes) - 1) * error
    return Interval(mean - reach, mean + reach)


def t_test(changes: Sequence[float]) -> float:
    """The chance, two-sided, of a mean as far from nought if there were no change; 1 where nothing varies about nought."""
    error = stdev(changes) / sqrt(len(changes))
    if not error:
        return 0.0 if any(changes) else 1.0
    return 2 * t_cdf(-abs(fmean(changes) / error), len(changes) - 1)


@dataclass(frozen=True, slots=True)
class Wilcoxon:
    """The signed rank test: the sum of ranks of positive changes, the two-sided chance of one as far out without a change,
    how many noughts were left out, and whether the chance was counted out."""

    positive_ranks: Fraction
    p: float
    noughts: int
    exact: bool


def wilcoxon(changes: Sequence[Fraction]) -> Wilcoxon:
    """Wilcoxon 1945; noughts left out, equal sizes share the mean of their ranks.

    Exact for up to MOST_EXACT changes, also with equal sizes: all 2^n signs are counted by what they add up to. Beyond,
    normal with correction for ties and continuity (Hollander and Wolfe 1999, section 3.1).
    """
    moved = [one for one in changes if one]
    doubled = _doubled_ranks([abs(one) for one in moved])
    positive = sum(rank for rank, one in zip(doubled, moved, strict=True) if one > 0)
    exact = len(moved) <= MOST_EXACT
    p = _counted_out(doubled, positive) if exact else _approximated(doubled, positive)
    return Wilcoxon(Fraction(positive, 2), p, len(changes) - len(moved), exact)


def _doubled_ranks(sizes: Sequence[Fraction]) -> list[int]:
    """Twice the ranks, which are whole numbers also where equal sizes share one."""
    below: dict[Fraction, int] = {}
    for place, size in enumerate(sorted(sizes)):
        below.setdefault(size, place)
    alike = {size: sizes.count(size) for size in below}
    return [2 * below[size] + alike[size] + 1 for size in sizes]


def _counted_out(doubled: Sequence[int], positive: int) -> float:
    ways = [1]
    for rank in doubled:
        longer = ways + [0] * rank
        for place, count in enumerate(ways):
            longer[place + rank] += count
        ways = longer
    tail = min(positive, len(ways) - 1 - positive)
    return min(1.0, 2 * sum(ways[: tail + 1]) / (1 << len(doubled)))


def _approximated(doubled: Sequence[int], positive: int) -> float:
    away = max(abs(positive - sum(doubled) / 2) - 1, 0.0)
    return erfc(away / sqrt(sum(rank**2 for rank in doubled) / 4) / sqrt(2))


def bootstrap(changes: Sequence[float], seed: int, rounds: int = ROUNDS) -> Interval:
    """Of the mean, by bias-corrected and accelerated bootstrap (BCa); Efron 1987, Better bootstrap confidence intervals."""
    values = np.array(changes)
    if not values.std():
        return Interval(float(values[0]), float(values[0]))
    generator = np.random.Generator(np.random.PCG64(seed))
    drawn = (generator.integers(0, values.size, (AT_ONCE, values.size)) for _ in range(rounds // AT_ONCE))
    means = np.concatenate([values[places].mean(axis=1) for places in drawn])
    below = (means < values.mean()).sum() + (means == values.mean()).sum() / 2
    normal = NormalDist()
    bias = normal.inv_cdf(float(np.clip(below, 0.5, rounds - 0.5)) / rounds)
    apart = (values - values.mean()) / (values.size - 1)
    acceleration = float((apart**3).sum() / (6 * (apart**2).sum() ** 1.5))

    def share(p: float) -> float:
        z = bias + normal.inv_cdf(p)
        return normal.cdf(bias + z / (1 - acceleration * z))

    low, high = np.quantile(means, [share((1 - LEVEL) / 2), share((1 + LEVEL) / 2)])
    return Interval(float(low), float(high))


@dataclass(frozen=True, slots=True)
class Reliable:
    """How many changed by more than the instrument's own imprecision, and the least change that is more."""

    better: int
    unchanged: int
    worse: int
    least_change: float


def reliable_change(instrument: Instrument, pairs: Sequence[Pair]) -> Reliable | None:
    """Reliable change index; Jacobson and Truax 1991: a change by √2 × s × √(1 − r), more than 1.96 of them.

    None where the reliability is not known, or s neither known nor to be had from two first scores that differ.
    """
    spread = instrument.sd
    if spread is None and len(pairs) > 1:
        spread = stdev(float(one.first) for one in pairs)
    if instrument.reliability is None or not spread:
        return None
    least = SURE * sqrt(2) * spread * sqrt(1 - instrument.reliability)
    changes = [float(instrument.better(one.change)) for one in pairs]
    better, worse = sum(one > least for one in changes), sum(one < -least for one in changes)
    return Reliable(better, len(changes) - better - worse, worse, least)


@dataclass(frozen=True, slots=True)
class Progress:
    """What can be said of the change. Below LEAST_PAIRS pairs there are the raw points and no interval or test."""

    rater: str
    started: int
    paired: int
    dropped_out: int
    mean_first_of_paired: Fraction | None
    mean_first_of_dropped_out: Fraction | None
    mean_change: Fraction | None
    sd: float | None
    t: Interval | None
    t_p: float | None
    wilcoxon: Wilcoxon | None
    bootstrap: Interval | None
    reliable: Reliable | None
    points: tuple[tuple[Fraction, Fraction], ...]
    """First and last scores in order of size, without persons; only where there are too few for an interval."""


def progress(instrument: Instrument, measurements: Iterable[Measurement], rater: str, seed: int = 1) -> Progress:
    """The change of everybody whom a kind of rater has scored. Raises ValueError as `pair` does.

    Changes are last less first; `Instrument.better` and the reliable change say which way is the better one.
    """
    found = pair(instrument, measurements, rater)
    changes = [one.change for one in found.pairs]
    numbers = [float(one) for one in changes]
    enough = len(changes) >= LEAST_PAIRS
    return Progress(
        rater=rater,
        started=len(changes) + len(found.once),
        paired=len(changes),
        dropped_out=len(found.once),
        mean_first_of_paired=_mean([one.first for one in found.pairs]),
        mean_first_of_dropped_out=_mean(found.once),
        mean_change=_mean(changes),
        sd=stdev(numbers) if enough else None,
        t=t_interval(numbers) if enough else None,
        t_p=t_test(numbers) if enough else None,
        wilcoxon=wilcoxon(changes) if enough else None,
        bootstrap=bootstrap(numbers, seed) if enough else None,
        reliable=reliable_change(instrument, found.pairs) if enough else None,
        points=() if enough else tuple(sorted((one.first, one.last) for one in found.pairs)),
    )


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def as_json(instrument: Instrument, found: Progress) -> dict[str, Any]:
    """The whole result with its methods named."""
    return {
        "instrument": {"code": instrument.code, "version": instrument.version, "least": plain(instrument.least),
                       "most": plain(instrument.most), "higher_is_better": instrument.higher_is_better},
        "rater": found.rater,
        "started": found.started,
        "paired": found.paired,
        "dropped_out": found.dropped_out,
        "mean_first_of_paired": _text(found.mean_first_of_paired),
        "mean_first_of_dropped_out": _text(found.mean_first_of_dropped_out),
        "mean_change": _text(found.mean_change),
        "why_no_interval": TOO_FEW if found.t is None else None,
        "points": [{"first": plain(first), "last": plain(last)} for first, last in found.points],
        "sd": _text(found.sd),
        "t_interval": _ends(found.t),
        "t_p": _text(found.t_p),
        "bootstrap_interval": _ends(found.bootstrap),
        "bootstrap_method": f"BCa, {ROUNDS} rounds",
        "wilcoxon": None if found.wilcoxon is None else {
            "positive_ranks": plain(found.wilcoxon.positive_ranks), "p": _text(found.wilcoxon.p),
            "noughts_left_out": found.wilcoxon.noughts, "exact": found.wilcoxon.exact,
        },
        "reliable_change": None if found.reliable is None else {
            "better": found.reliable.better, "unchanged": found.reliable.unchanged, "worse": found.reliable.worse,
            "least_change": _text(found.reliable.least_change),
        },
    }  # fmt: skip


def _text(value: Fraction | float | None) -> str | None:
    if value is None:
        return None
    return rounded(value, 4) if isinstance(value, Fraction) else f"{value:.4f}"


def _ends(interval: Interval | None) -> dict[str, str] | None:
    return None if interval is None else {"low": f"{interval.low:.4f}", "high": f"{interval.high:.4f}"}
