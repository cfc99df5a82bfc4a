"""What an uncertain number may be: triangular, normal, lognormal, beta or empirical.

A normal or lognormal one that reaches beyond what its parameter can be is cut off there and scaled up to a whole
(truncated); the others must lie within.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, exp, inf, log, sqrt
from statistics import NormalDist
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .model import Parameter
from .probability import beta_quantile
from .reading import MOST_DIGITS, Fields, InputError

Drawn = NDArray[np.float64]
LEAST_INSIDE = 0.01
"""The least share of a normal distribution that must lie where its parameter can be."""
SHARPEST = 1_000_000
"""The most that a shape of a beta distribution can be: beyond, it is a number and no distribution."""


class Distribution(Protocol):
    """An uncertain number."""

    def draw(self, generator: np.random.Generator, count: int) -> Drawn:
        """So many independent values."""

    def quantile(self, p: float) -> float:
        """The value that it stays below with chance p."""

    def about(self) -> dict[str, object]:
        """Its kind and numbers, as in a file."""


@dataclass(frozen=True, slots=True)
class Triangular:
    """Between low and high, likeliest at the mode."""

    low: float
    mode: float
    high: float

    def draw(self, generator: np.random.Generator, count: int) -> Drawn:
        return generator.triangular(self.low, self.mode, self.high, count)

    def quantile(self, p: float) -> float:
        """Closed form; Kotz and van Dorp 2004, Beyond Beta, chapter 1."""
        width = self.high - self.low
        if p * width < self.mode - self.low:
            return self.low + sqrt(p * width * (self.mode - self.low))
        return self.high - sqrt((1 - p) * width * (self.high - self.mode))

    def about(self) -> dict[str, object]:
        return {"distribution": "triangular", "low": self.low, "mode": self.mode, "high": self.high}


@dataclass(frozen=True, slots=True)
class Normal:
    """With a mean and a standard deviation before it is cut off at `least` and `most`."""

    mean: float
    sd: float
    least: float = -inf
    most: float = inf

    def inside(self) -> float:
        """The share of the whole distribution that is not cut off."""
        low, high = self._chances()
        return high - low

    def draw(self, generator: np.random.Generator, count: int) -> Drawn:
        """By rejection, which leaves exactly the truncated distribution."""
        drawn = generator.normal(self.mean, self.sd, count)
        outside = np.flatnonzero((drawn < self.least) | (drawn > self.most))
        while outside.size:
            drawn[outside] = generator.normal(self.mean, self.sd, outside.size)
            outside = outside[(drawn[outside] < self.least) | (drawn[outside] > self.most)]
        return drawn

    def quantile(self, p: float) -> float:
        low, high = self._chances()
        return NormalDist(self.mean, self.sd).inv_cdf(low + p * (high - low))

    def _chances(self) -> tuple[float, float]:
        whole = NormalDist(self.mean, self.sd)
        return 0.0 if self.least == -inf else whole.cdf(self.least), 1.0 if self.most == inf else whole.cdf(self.most)

    def about(self) -> dict[str, object]:
        return {"distribution": "normal", "mean": self.mean, "sd": self.sd, "truncated": self.inside() < 1}


@dataclass(frozen=True, slots=True)
class LogNormal:
    """Its logarithm is normal."""

    logarithm: Normal

    def draw(self, generator: np.random.Generator, count: int) -> Drawn:
        drawn: Drawn = np.exp(self.logarithm.draw(generator, count))
        return drawn

    def quantile(self, p: float) -> float:
        return exp(self.logarithm.quantile(p))

    def about(self) -> dict[str, object]:
        of = self.logarithm
        return {"distribution": "lognormal", "mu": of.mean, "sigma": of.sd, "truncated": of.inside() < 1}


@dataclass(frozen=True, slots=True)
class Beta:
    """Between low and high, by two shapes."""

    alpha: float
    beta: float
    low: float = 0.0
    high: float = 1.0

    def draw(self, generator: np.random.Generator, count: int) -> Drawn:
        return self.low + (self.high - self.low) * generator.beta(self.alpha, self.beta, count)

    def quantile(self, p: float) -> float:
        return self.low + (self.high - self.low) * beta_quantile(p, self.alpha, self.beta)

    def about(self) -> dict[str, object]:
        return {"distribution": "beta", "alpha": self.alpha, "beta": self.beta, "low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Empirical:
    """Values that have been seen, each as likely."""

    values: tuple[float, ...]

    def draw(self, generator: np.random.Generator, count: int) -> Drawn:
        return generator.choice(np.array(self.values), count)

    def quantile(self, p: float) -> float:
        """The least value that a share p of all does not exceed (type 1 of Hyndman and Fan 1996)."""
        return sorted(self.values)[max(ceil(p * len(self.values)) - 1, 0)]

    def about(self) -> dict[str, object]:
        return {"distribution": "empirical", "values": list(self.values)}


def read_distribution(fields: Fields, parameter: Parameter) -> Distribution:
    """The distribution of a parameter. Raises InputError where it reaches beyond what the parameter can be."""
    read = _READERS[fields.one_of("distribution", tuple(_READERS))](fields, parameter)
    fields.notes()
    return read


def _read_triangular(fields: Fields, parameter: Parameter) -> Distribution:
    low, mode, high = (_inside(fields, name, parameter) for name in ("low", "mode", "high"))
    if not low <= mode <= high or low == high:
        raise fields.fault("mode", "must lie between low and high, which differ")
    return Triangular(low, mode, high)


def _read_normal(fields: Fields, parameter: Parameter) -> Distribution:
    least, most = _ends(parameter)
    return _cut(fields, Normal(float(fields.number("mean")), _spread(fields, "sd"), least, most))


def _read_lognormal(fields: Fields, parameter: Parameter) -> Distribution:
    _least, most = _ends(parameter)
    end = log(most) if most < inf else MOST_DIGITS * log(10)
    return LogNormal(_cut(fields, Normal(float(fields.number("mu")), _spread(fields, "sigma"), -inf, end)))


def _read_beta(fields: Fields, parameter: Parameter) -> Distribution:
    low = _inside(fields, "low", parameter) if fields.has("low") else 0.0
    high = _inside(fields, "high", parameter) if fields.has("high") else 1.0
    if low >= high:
        raise fields.fault("high", "must be more than low")
    return Beta(_spread(fields, "alpha", SHARPEST), _spread(fields, "beta", SHARPEST), low, high)


def _read_empirical(fields: Fields, parameter: Parameter) -> Distribution:
    values = fields.numbers("values")
    if not all(parameter.may_be(value) for value in values):
        raise fields.fault("values", _beyond(parameter))
    return Empirical(tuple(float(value) for value in values))


_READERS: dict[str, Callable[[Fields, Parameter], Distribution]] = {
    "triangular": _read_triangular,
    "normal": _read_normal,
    "lognormal": _read_lognormal,
    "beta": _read_beta,
    "empirical": _read_empirical,
}


def _inside(fields: Fields, name: str, parameter: Parameter) -> float:
    value = fields.number(name)
    if not parameter.may_be(value):
        raise fields.fault(name, _beyond(parameter))
    return float(value)


def _beyond(parameter: Parameter) -> str:
    least, most = _ends(parameter)
    return f"lies beyond what can be: from {least:g} to {most:g}" if most < inf else f"must be at least {least:g}"


def _spread(fields: Fields, name: str, most: int | None = None) -> float:
    value = float(fields.number(name, most=most))
    if value <= 0:
        raise fields.fault(name, "must be more than 0")
    return value


def _ends(parameter: Parameter) -> tuple[float, float]:
    return (
        -inf if parameter.least is None else float(parameter.least),
        inf if parameter.most is None else float(parameter.most),
    )


def _cut(fields: Fields, whole: Normal) -> Normal:
    if whole.inside() < LEAST_INSIDE:
        raise InputError(f"{fields.place('distribution')}: hardly any of it lies where the number can be")
    return whole
