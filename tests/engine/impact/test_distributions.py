"""Each kind of distribution: what is drawn and its quantiles beside SciPy's, and what cannot be."""

from fractions import Fraction
from math import inf
from typing import Any

import numpy as np
import pytest
from scipy import stats

from fyrtaarn.engine.impact.distributions import (
    Beta,
    Distribution,
    Empirical,
    LogNormal,
    Normal,
    Triangular,
    read_distribution,
)
from fyrtaarn.engine.impact.model import Parameter
from fyrtaarn.engine.impact.reading import Fields, InputError

SHARE = Parameter(Fraction(1, 2), most=Fraction(1))
AMOUNT = Parameter(Fraction(10))
SIGNED = Parameter(Fraction(10), least=None)
DRAWS = 20_000
KINDS: list[tuple[Distribution, Any]] = [
    (Triangular(2, 3, 7), stats.triang(0.2, 2, 5)),
    (Triangular(2, 2, 7), stats.triang(0, 2, 5)),
    (Normal(10, 3), stats.norm(10, 3)),
    (Normal(0.9, 0.2, 0.0, 1.0), stats.truncnorm(-4.5, 0.5, 0.9, 0.2)),
    (Normal(-1, 2, least=0.0), stats.truncnorm(0.5, inf, -1, 2)),
    (LogNormal(Normal(1, 0.5)), stats.lognorm(0.5, scale=np.exp(1))),
    (Beta(2, 5), stats.beta(2, 5)),
    (Beta(0.5, 0.5, 0.2, 0.6), stats.beta(0.5, 0.5, 0.2, 0.4)),
]


@pytest.mark.parametrize(("ours", "theirs"), KINDS, ids=lambda one: type(one).__name__)
def test_quantiles_and_draws(ours: Distribution, theirs: Any) -> None:
    for p in (0.05, 0.1, 0.5, 0.9, 0.99):
        assert ours.quantile(p) == pytest.approx(theirs.ppf(p), rel=1e-6)
    drawn = ours.draw(np.random.Generator(np.random.PCG64(3)), DRAWS)
    assert stats.kstest(drawn, theirs.cdf).pvalue > 0.001


def test_what_has_been_seen_is_drawn_alike() -> None:
    one = Empirical((3.0, 1.0, 2.0, 2.0))
    drawn = one.draw(np.random.Generator(np.random.PCG64(3)), DRAWS)
    assert set(drawn) == {1.0, 2.0, 3.0}
    assert (drawn == 2.0).mean() == pytest.approx(0.5, abs=0.02)
    assert [one.quantile(p) for p in (0, 0.25, 0.26, 0.75, 0.76, 1)] == [1, 1, 2, 2, 3, 3]


@pytest.mark.parametrize(
    ("values", "parameter", "told"),
    [
        ({"distribution": "uniform"}, SHARE, "expected one of: triangular, normal, lognormal, beta, empirical"),
        ({"distribution": "triangular", "low": 2, "mode": 1, "high": 3}, AMOUNT, "mode: must lie between"),
        ({"distribution": "triangular", "low": 1, "mode": 1, "high": 1}, AMOUNT, "mode: must lie between"),
        ({"distribution": "triangular", "low": "0.5", "mode": "0.8", "high": "1.2"}, SHARE, "high: lies beyond"),
        ({"distribution": "triangular", "low": -1, "mode": 1, "high": 2}, AMOUNT, "low: must be at least 0"),
        ({"distribution": "normal", "mean": 5, "sd": 0}, AMOUNT, "sd: must be more than 0"),
        ({"distribution": "normal", "mean": -50, "sd": 1}, AMOUNT, "hardly any of it"),
        ({"distribution": "normal", "mean": 5}, AMOUNT, "sd: is missing"),
        ({"distribution": "normal", "mean": 5, "sd": 1, "means": 2}, AMOUNT, "means: is not known"),
        ({"distribution": "lognormal", "mu": 9, "sigma": 1}, SHARE, "hardly any of it"),
        ({"distribution": "lognormal", "mu": 800, "sigma": 1}, AMOUNT, "hardly any of it"),
        (
            {"distribution": "beta", "alpha": 10**20, "beta": 1},
            SHARE,
            "alpha: is 100000000000000000000, must be at most 1000000",
        ),
        ({"distribution": "beta", "alpha": 0, "beta": 1}, SHARE, "alpha: must be more than 0"),
        ({"distribution": "beta", "alpha": 2, "beta": 1, "high": 2}, SHARE, "high: lies beyond"),
        ({"distribution": "beta", "alpha": 2, "beta": 1, "low": 1}, SHARE, "high: must be more than low"),
        ({"distribution": "empirical", "values": []}, SHARE, "values: is empty"),
        ({"distribution": "empirical", "values": ["0.5", "1.5"]}, SHARE, "values: lies beyond"),
        ({"distribution": "empirical", "values": ["0.5", "x"]}, SHARE, "values[1]: 'x' is no number"),
    ],
)
def test_what_cannot_be(values: dict[str, object], parameter: Parameter, told: str) -> None:
    with pytest.raises(InputError) as fault:
        read_distribution(Fields(values, "uncertainty"), parameter)
    assert told in str(fault.value)


@pytest.mark.parametrize(
    ("values", "parameter", "expected"),
    [
        ({"distribution": "normal", "mean": "0.9", "sd": "0.2"}, SHARE, Normal(0.9, 0.2, 0.0, 1.0)),
        ({"distribution": "normal", "mean": "-9", "sd": "2"}, SIGNED, Normal(-9.0, 2.0)),
        ({"distribution": "lognormal", "mu": "-2", "sigma": "1"}, SHARE, LogNormal(Normal(-2.0, 1.0, -inf, 0.0))),
        ({"distribution": "beta", "alpha": 2, "beta": 8}, SHARE, Beta(2.0, 8.0)),
        ({"distribution": "empirical", "values": [1, "2.5"]}, AMOUNT, Empirical((1.0, 2.5))),
    ],
)
def test_what_can_be(values: dict[str, object], parameter: Parameter, expected: Distribution) -> None:
    assert read_distribution(Fields(values), parameter) == expected


def test_what_has_no_end_stays_a_number() -> None:
    fields = Fields({"distribution": "lognormal", "mu": 1, "sigma": 500})
    read = read_distribution(fields, AMOUNT)
    assert np.isfinite(read.draw(np.random.Generator(np.random.PCG64(3)), DRAWS)).all()
    assert (read.quantile(0.9) < inf, read.about()["truncated"]) == (True, True)


def test_the_sharpest_beta_has_quantiles() -> None:
    read = read_distribution(Fields({"distribution": "beta", "alpha": 10**6, "beta": 10**6}), SHARE)
    assert read.quantile(0.1) == pytest.approx(stats.beta(10**6, 10**6).ppf(0.1), rel=1e-6)
