"""Break-even values where the net result is no straight line, and where there is none."""

from fractions import Fraction
from typing import Any

import pytest

from fyrtaarn.engine.impact.model import Model, Parameter, Term
from fyrtaarn.engine.impact.sroi import model

from .cases import read, small


def of(worth: Any, **parameters: Parameter) -> Model:
    return Model(parameters, (Term(tuple(parameters), worth),), ())


def share(value: str, *, linear: bool = False) -> Parameter:
    return Parameter(Fraction(value), most=Fraction(1), linear=linear)


def test_a_rate_at_which_nothing_is_gained() -> None:
    """100 put in, 60 back in each of two years: x + x² = 100/60 with x = 1 / (1 + rate)."""
    found = model(read(small(quantity=3, duration_years=2))).break_even("discount_rate")
    assert found is not None
    assert float(found) == pytest.approx(0.1306623862918075, abs=1e-9)


def test_of_several_roots_the_nearest() -> None:
    def worth(values: Any) -> Any:
        return (values["x"] - 0.2) * (values["x"] - 0.7)

    for value, root in (("0.1", 0.2), ("0.4", 0.2), ("0.5", 0.7), ("1", 0.7)):
        found = of(worth, x=share(value)).break_even("x")
        assert found is not None
        assert float(found) == pytest.approx(root, abs=1e-9)


def test_a_root_at_the_end_of_the_domain() -> None:
    assert of(lambda values: 1 - values["x"] ** 2, x=share("0.5")).break_even("x") == 1
    assert of(lambda values: values["x"] ** 2, x=share("0.5")).break_even("x") == 0


def test_none_where_there_is_none() -> None:
    assert of(lambda values: 1 + values["x"], x=share("0.5", linear=True)).break_even("x") is None
    assert of(lambda values: values["x"] ** 2 + 1, x=share("0.5")).break_even("x") is None
    assert of(lambda _values: Fraction(1), x=share("0.5", linear=True)).break_even("x") is None


def test_two_factors_of_one_term_are_no_straight_line() -> None:
    """(1 − x)² = 0.25, which a straight line through its ends would put elsewhere."""

    def worth(values: Any) -> Any:
        return (1 - values["a"]) * (1 - values["b"]) - Fraction(1, 4)

    found = of(worth, a=share("0.1", linear=True), b=share("0.2", linear=True)).break_even("a", "b")
    assert found is not None
    assert float(found) == pytest.approx(0.5, abs=1e-9)


def test_bisection_needs_two_ends() -> None:
    with pytest.raises(ValueError, match="two ends"):
        of(lambda values: values["x"] ** 2 - 1, x=Parameter(Fraction(3), linear=False)).break_even("x")
