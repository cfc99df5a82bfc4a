"""An impact map as terms, for break-even values and draws, and what of it is uncertain."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from ..discounting import discount_factor
from ..model import Model, Parameter, Term, Values
from ..reading import Fields
from .case import LINEAR, SHARES, Case, Conventions, Input, Outcome
from .result import impact, shares_left


def model(case: Case) -> Model:
    """The case as terms: an outcome each, an input each."""
    conventions = case.conventions
    parameters = {
        "discount_rate": Parameter(conventions.discount_rate, most=Fraction(1), linear=False),
        **{f"{one.id}.{name}": _parameter(one, name) for one in case.outcomes for name in (*LINEAR, "drop_off")},
        **{f"inputs[{place}].value": Parameter(one.value) for place, one in enumerate(case.inputs)},
    }
    return Model(
        parameters,
        tuple(_outcome_term(one, conventions) for one in case.outcomes),
        tuple(_input_term(one, f"inputs[{place}].value", conventions) for place, one in enumerate(case.inputs)),
    )


def _parameter(one: Outcome, name: str) -> Parameter:
    least = None if name == "unit_value" else Fraction(0)
    return Parameter(getattr(one, name), least, Fraction(1) if name in SHARES else None, linear=name in LINEAR)


def _outcome_term(one: Outcome, conventions: Conventions) -> Term:
    names = [f"{one.id}.{name}" for name in LINEAR]
    drop_off = f"{one.id}.drop_off"
    years = range(one.first_year, one.first_year + one.duration_years)

    def worth(values: Values) -> Any:
        left = shares_left(values[drop_off], one.duration_years, conventions.drop_off_applies_from_year)
        factors = _factors(values["discount_rate"], years, conventions)
        lasting = sum(share * factor for share, factor in zip(left, factors, strict=True))
        return impact(*(values[name] for name in names)) * lasting

    return Term(("discount_rate", *names, drop_off), worth)


def _input_term(one: Input, name: str, conventions: Conventions) -> Term:
    years = range(one.year, one.year + one.duration_years)

    def worth(values: Values) -> Any:
        return values[name] * sum(_factors(values["discount_rate"], years, conventions))

    return Term(("discount_rate", name), worth)


def _factors(rate: Any, years: range, conventions: Conventions) -> list[Any]:
    return [discount_factor(rate, year, conventions.first_outcome_year_is_discounted) for year in years]


def stated_uncertainty(file: Fields, case: Case) -> Iterator[tuple[str, Fields]]:
    """The distributions in a file: `uncertainty` of an outcome, an input or the conventions, by the model's names."""
    rows = [(file.fields("conventions", {}), "")]
    rows += [(row, f"{one.id}.") for row, one in zip(file.rows("outcomes"), case.outcomes, strict=True)]
    rows += [(row, f"inputs[{place}].") for place, row in enumerate(file.rows("inputs"))]
    for row, prefix in rows:
        for name, fields in row.fields("uncertainty", {}).named():
            yield f"{prefix}{name}", fields


def likely_uncertain(case: Case) -> list[str]:
    """What is uncertain in any case: each outcome's fields that are not nought and have an effect."""
    return [
        f"{one.id}.{name}"
        for one in case.outcomes
        for name in (*LINEAR, *(["drop_off"] if one.duration_years > 1 else []))
        if getattr(one, name)
    ]
