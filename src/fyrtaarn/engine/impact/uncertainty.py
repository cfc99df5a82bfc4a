"""How sure a net result is: Monte Carlo, tornado, break-even values and Sobol' indices.

Draws come from `numpy.random.Generator(PCG64(seed))`, parameters are independent of each other, and the same file, seed
and number of draws give the same figures.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Any

import numpy as np

from .distributions import Distribution, Drawn, Triangular, read_distribution
from .model import Model, Parameter, Term
from .reading import Fields, plain

Uncertain = Mapping[str, Distribution]
PERCENTILES = (10, 50, 90)
ASSUMED_SPREAD = Fraction(1, 5)
"""Where a file states no distribution at all: triangular, a fifth to either side."""
KEPT_A_DRAW = 3
"""Numbers that Sobol' indices keep of each parameter in each draw: of A, of B, and what B in A's place changes."""
MOST_KEPT = 50_000_000
"""Numbers that they may keep in memory (400 MB)."""


def read_uncertainty(model: Model, stated: Iterable[tuple[str, Fields]]) -> dict[str, Distribution]:
    """The distributions that a file states for parameters. Raises InputError for a parameter that the model has not."""
    found = {}
    for name, fields in stated:
        if name not in model.parameters:
            raise fields.fault("distribution", f"{name} is nothing that can be uncertain here")
        found[name] = read_distribution(fields, model.parameters[name])
    return found


def assumed(model: Model, names: Iterable[str]) -> dict[str, Distribution]:
    """Triangular distributions a fifth to either side of the named parameters, within what they can be."""
    found: dict[str, Distribution] = {}
    for name in names:
        one = model.parameters[name]
        ends = sorted(one.value * (1 + side * ASSUMED_SPREAD) for side in (-1, 1))
        low, high = (_within(one, end) for end in ends)
        if low < high:
            found[name] = Triangular(float(low), float(one.value), float(high))
    return found


def _within(one: Parameter, value: Fraction) -> Fraction:
    if one.may_be(value):
        return value
    end = one.least if one.least is not None and value < one.least else one.most
    return value if end is None else end


@dataclass(frozen=True, slots=True)
class Simulation:
    """Present values of gains and costs, draw by draw."""

    gains: Drawn
    costs: Drawn

    @property
    def net(self) -> Drawn:
        """Gains less costs."""
        return self.gains - self.costs

    @property
    def ratio(self) -> Drawn | None:
        """Gains by costs; None where costs may be nought."""
        return self.gains / self.costs if bool((self.costs > 0).all()) else None


def simulate(model: Model, uncertain: Uncertain, draws: int, seed: int) -> Simulation:
    """Draw all uncertain parameters so many times, in the model's order, and calculate with each draw.

    What one term alone uses is drawn when the term is calculated, so memory does not grow with the terms.
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    values: dict[str, Any] = {name: float(value) for name, value in model.base.items()}
    shared = _shared(model)
    for name in uncertain:
        if name in shared:
            values[name] = uncertain[name].draw(generator, draws)
    gains, costs = np.zeros(draws), np.zeros(draws)
    for terms, sums in ((model.gains, gains), (model.costs, costs)):
        for term in terms:
            own = {n: uncertain[n].draw(generator, draws) for n in term.names if n in uncertain and n not in shared}
            sums += term.worth({**_of(term, values), **own})
    return Simulation(gains, costs)


def _shared(model: Model) -> set[str]:
    """The parameters of several terms."""
    seen: set[str] = set()
    twice: set[str] = set()
    for term in (*model.gains, *model.costs):
        twice.update(seen.intersection(term.names))
        seen.update(term.names)
    return twice


def _of(term: Term, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in term.names}


@dataclass(frozen=True, slots=True)
class Bar:
    """What one parameter alone does to the net result, from its P10 to its P90, all others as they stand."""

    name: str
    low: float
    high: float
    net_at_low: float
    net_at_high: float

    @property
    def swing(self) -> float:
        """How far the net result moves."""
        return abs(self.net_at_high - self.net_at_low)


def tornado(model: Model, uncertain: Uncertain) -> list[Bar]:
    """A bar for each uncertain parameter, the longest first."""
    base: dict[str, Any] = {name: float(value) for name, value in model.base.items()}
    worths = {id(term): term.worth(_of(term, base)) for term in (*model.gains, *model.costs)}
    net = sum(worths[id(term)] for term in model.gains) - sum(worths[id(term)] for term in model.costs)
    signed = [(term, sign) for terms, sign in ((model.gains, 1), (model.costs, -1)) for term in terms]
    using: dict[str, list[tuple[Term, int]]] = {}
    for term, sign in signed:
        for name in term.names:
            using.setdefault(name, []).append((term, sign))
    bars = []
    for name, distribution in uncertain.items():
        ends = distribution.quantile(PERCENTILES[0] / 100), distribution.quantile(PERCENTILES[-1] / 100)
        at_low, at_high = (
            net
            + sum(sign * (term.worth({**_of(term, base), name: end}) - worths[id(term)]) for term, sign in using[name])
            for end in ends
        )
        bars.append(Bar(name, *ends, at_low, at_high))
    return sorted(bars, key=lambda bar: (-bar.swing, bar.name))


@dataclass(frozen=True, slots=True)
class Index:
    """A parameter's share of the variance: alone, and with all it works together with; each with its standard error."""

    name: str
    first: float
    first_error: float
    total: float
    total_error: float


def sobol(model: Model, uncertain: Uncertain, draws: int, seed: int) -> list[Index]:
    """Sobol' indices of the net result, from two independent sets of draws A and B and, for each parameter, A with that
    parameter from B.

    First order by Saltelli et al. 2010 (Computer Physics Communications 181, table 2 b, with B centred), total order by
    Jansen 1999. Raises ValueError for more than MOST_KEPT numbers, and where nothing varies.
    """
    if KEPT_A_DRAW * draws * len(uncertain) > MOST_KEPT:
        most = MOST_KEPT // (KEPT_A_DRAW * len(uncertain))
        raise ValueError(f"{len(uncertain)} uncertain numbers allow at most {most} draws here")
    generator = np.random.Generator(np.random.PCG64(seed))
    a, b = ({name: one.draw(generator, draws) for name, one in uncertain.items()} for _ in range(2))
    base: dict[str, Any] = {name: float(value) for name, value in model.base.items()}
    net_a, net_b = np.zeros(draws), np.zeros(draws)
    change = {name: np.zeros(draws) for name in uncertain}
    for terms, sign in ((model.gains, 1), (model.costs, -1)):
        for term in terms:
            values = _of(term, {**base, **a})
            worth = term.worth(values)
            net_a += sign * worth
            net_b += sign * term.worth(_of(term, {**base, **b}))
            for name in uncertain:
                if name in values:
                    change[name] += sign * (term.worth({**values, name: b[name]}) - worth)
    variance = float(np.concatenate([net_a, net_b]).var())
    if not variance:
        raise ValueError("nothing that varies has an effect")
    centred = net_b - net_b.mean()
    return [
        Index(name, *_share(centred * change[name], variance), *_share(change[name] ** 2 / 2, variance))
        for name in uncertain
    ]


def _share(parts: Drawn, variance: float) -> tuple[float, float]:
    return float(parts.mean()) / variance, float(parts.std()) / sqrt(parts.size) / variance


def spread(drawn: Drawn, places: int) -> dict[str, str]:
    """P10, P50, P90 (linear between draws), mean with its standard error, and standard deviation."""
    at = dict(zip([f"p{one}" for one in PERCENTILES], np.percentile(drawn, PERCENTILES), strict=True))
    sd = float(drawn.std(ddof=1))
    figures = {**at, "mean": drawn.mean(), "standard_error_of_mean": sd / sqrt(drawn.size), "sd": sd}
    return {name: f"{float(value):.{places}f}" for name, value in figures.items()}


def chance(true: "np.typing.NDArray[np.bool_]") -> dict[str, str]:
    """The share of draws in which something holds, with its standard error."""
    share = float(true.mean())
    return {"chance": f"{share:.4f}", "standard_error": f"{sqrt(share * (1 - share) / true.size):.4f}"}


@dataclass(frozen=True, slots=True)
class Names:
    """What gains, costs, the chance of a net loss and, where one is shown, the ratio are called in a result."""

    gains: str
    costs: str
    chance: str
    ratio: str | None = None


def as_json(
    model: Model, uncertain: Uncertain, draws: int, seed: int, names: Names, *, with_sobol: bool = False
) -> dict[str, Any]:
    """All of it, with the distributions that went in."""
    drawn = simulate(model, uncertain, draws, seed)
    ratio = drawn.ratio
    return {
        "draws": draws,
        "seed": seed,
        "generator": "numpy.random.Generator(PCG64(seed))",
        "independent": True,
        "distributions": {name: _named(one) for name, one in uncertain.items()},
        names.gains: spread(drawn.gains, 2),
        names.costs: spread(drawn.costs, 2),
        "net_present_value": spread(drawn.net, 2),
        **({names.ratio: None if ratio is None else spread(ratio, 4)} if names.ratio else {}),
        names.chance: chance(drawn.net < 0),
        "tornado": [_bar_as_json(model, bar) for bar in tornado(model, uncertain)],
        **({"sobol": [_index_as_json(one) for one in sobol(model, uncertain, draws, seed)]} if with_sobol else {}),
    }


def _named(one: Distribution) -> dict[str, object]:
    return {name: _text(value) for name, value in one.about().items()}


def _text(value: object) -> object:
    if isinstance(value, list):
        return [_text(one) for one in value]
    return f"{value:.12g}" if isinstance(value, float) else value


def _bar_as_json(model: Model, bar: Bar) -> dict[str, Any]:
    broken_even = model.break_even(bar.name)
    return {
        "parameter": bar.name,
        "as_it_stands": plain(model.parameters[bar.name].value),
        "p10": f"{bar.low:.6g}",
        "p90": f"{bar.high:.6g}",
        "net_present_value_at_p10": f"{bar.net_at_low:.2f}",
        "net_present_value_at_p90": f"{bar.net_at_high:.2f}",
        "swing": f"{bar.swing:.2f}",
        "break_even": None if broken_even is None else plain(broken_even),
    }


def _index_as_json(one: Index) -> dict[str, str]:
    return {
        "parameter": one.name,
        "first_order": f"{one.first:.4f}",
        "first_order_standard_error": f"{one.first_error:.4f}",
        "total_order": f"{one.total:.4f}",
        "total_order_standard_error": f"{one.total_error:.4f}",
    }
