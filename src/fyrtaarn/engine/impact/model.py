"""What a net result depends on: named parameters, and terms that each use some of them.

A term is a formula for numbers of any kind: with fractions a model gives the exact result and its break-even values, with
arrays as many results as there are draws (`uncertainty.py`). What one parameter changes is found from its own terms
alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

Values = Mapping[str, Any]
"""A number, or an array of numbers, for each parameter."""
STEPS = 64
"""Into so many parts a domain is divided in search of roots."""
BISECTIONS = 60


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that may be uncertain, the least and most that it can be, and whether the net result is a straight line
    in it."""

    value: Fraction
    least: Fraction | None = Fraction(0)
    most: Fraction | None = None
    linear: bool = True

    def may_be(self, value: Fraction) -> bool:
        """Whether the parameter can have a value."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


@dataclass(frozen=True, slots=True)
class Term:
    """A part of the net result, in present value, and the parameters that it uses."""

    names: tuple[str, ...]
    worth: Callable[[Values], Any]


@dataclass(frozen=True)
class Model:
    """Terms that count for and terms that count against."""

    parameters: Mapping[str, Parameter]
    gains: tuple[Term, ...]
    costs: tuple[Term, ...]

    @cached_property
    def base(self) -> dict[str, Fraction]:
        """Each parameter as it stands."""
        return {name: one.value for name, one in self.parameters.items()}

    @cached_property
    def base_net(self) -> Fraction:
        """The net result as everything stands."""
        net: Fraction = self.net(self.base)
        return net

    def net(self, values: Values) -> Any:
        """Gains less costs."""
        return total(self.gains, values) - total(self.costs, values)

    def break_even(self, *names: str) -> Fraction | None:
        """The one value that the named parameters must have for the net result to be nought, all else as it stands.

        Exact where the net result is a straight line in them together, else by bisection, and of several the nearest to
        the first one's value as it stands. None where there is none that they all can have.
        """
        gains, costs = ([term for term in terms if not set(names).isdisjoint(term.names)] for terms in self._sides)
        base = {name: self.base[name] for term in (*gains, *costs) for name in term.names}
        rest = self.base_net - total(gains, base) + total(costs, base)

        def net_at(x: Any) -> Any:
            values = {**base, **dict.fromkeys(names, x)}
            return rest + total(gains, values) - total(costs, values)

        chosen = [self.parameters[name] for name in names]
        straight = all(one.linear for one in chosen) and all(
            len(set(names).intersection(term.names)) == 1 for term in (*gains, *costs)
        )
        root = _of_line(net_at) if straight else _nearest_root(net_at, chosen[0])
        return root if root is not None and all(one.may_be(root) for one in chosen) else None

    @property
    def _sides(self) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        return self.gains, self.costs


def total(terms: "tuple[Term, ...] | list[Term]", values: Values) -> Any:
    """The sum of terms."""
    return sum((term.worth(values) for term in terms), Fraction(0))


def beside(value: Any, numbers: Sequence[Fraction]) -> Sequence[Any]:
    """Fixed numbers of the kind of a value: fractions beside a fraction, else floats, as arrays of fractions are slow."""
    return numbers if isinstance(value, Fraction) else [float(number) for number in numbers]


def _of_line(net_at: Callable[[Any], Fraction]) -> Fraction | None:
    at_nought, at_one = net_at(Fraction(0)), net_at(Fraction(1))
    return None if at_nought == at_one else at_nought / (at_nought - at_one)


def _nearest_root(net_at: Callable[[Any], Any], one: Parameter) -> Fraction | None:
    """Of the roots between neighbouring points of the domain, the one nearest to the parameter's value."""
    if one.least is None or one.most is None:
        raise ValueError("bisection needs a domain with two ends")
    width = float(one.most - one.least)
    points = [float(one.least) + width * step / STEPS for step in range(STEPS + 1)]
    signs = [float(net_at(point)) for point in points]
    roots = [
        _bisected(net_at, points[place], points[place + 1], signs[place])
        for place in range(STEPS)
        if signs[place] == 0 or signs[place] * signs[place + 1] < 0
    ]
    if signs[-1] == 0:
        roots.append(points[-1])
    nearest = min(roots, key=lambda root: abs(root - float(one.value)), default=None)
    return None if nearest is None else Fraction(nearest).limit_denominator(10**12)


def _bisected(net_at: Callable[[Any], Any], low: float, high: float, at_low: float) -> float:
    if at_low == 0:
        return low
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        if float(net_at(middle)) * at_low > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2
