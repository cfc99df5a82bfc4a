"""The case as terms, for break-even values and draws, and what of it is uncertain."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from ..discounting import discount_factor
from ..model import Model, Parameter, Term, Values, beside
from ..reading import Fields
from .case import PURSES, Case, Consequence, Conventions, Cost


def model(case: Case, purses: Iterable[str] = PURSES) -> Model:
    """The case as terms, for chosen purses together: a consequence each, a cost each."""
    chosen = tuple(purses)
    one_share = Fraction(1)
    parameters = {
        "discount_rate": Parameter(case.conventions.discount_rate, most=one_share, linear=False),
        "participants": Parameter(case.intervention.participants),
        "success_with": Parameter(case.intervention.success_with, most=one_share),
        "success_without": Parameter(case.intervention.success_without, most=one_share),
        **{f"{one.id}.price": Parameter(one.price) for one in case.consequences if one.price is not None},
        **{f"costs[{place}].amount": Parameter(one.amount) for place, one in enumerate(case.costs)},
    }
    return Model(
        parameters,
        tuple(_consequence_term(one, case.conventions, chosen) for one in case.consequences),
        tuple(_cost_term(one, f"costs[{n}].amount", case.conventions, chosen) for n, one in enumerate(case.costs)),
    )


def _consequence_term(one: Consequence, conventions: Conventions, purses: tuple[str, ...]) -> Term:
    price = f"{one.id}.price"
    units = [
        one.sign
        * change
        * sum((share[purse] for purse in purses), Fraction(0))
        * (1 if one.price is not None else amount)
        for change, share, amount in zip(one.changes, one.shares, one.prices, strict=True)
    ]

    def worth(values: Values) -> Any:
        successes = values["participants"] * (values["success_with"] - values["success_without"])
        lasting = _discounted(units, range(1, len(units) + 1), values["discount_rate"], conventions)
        return successes * lasting * (values[price] if one.price is not None else 1)

    names = ("discount_rate", "participants", "success_with", "success_without")
    return Term((*names, price) if one.price is not None else names, worth)


def _cost_term(one: Cost, name: str, conventions: Conventions, purses: tuple[str, ...]) -> Term:
    counts = [Fraction(one.purse in purses)] * len(one.years)

    def worth(values: Values) -> Any:
        amount = values[name] * (values["participants"] if one.a_participant else 1)
        return amount * _discounted(counts, one.years, values["discount_rate"], conventions)

    return Term(("discount_rate", name, *(["participants"] if one.a_participant else [])), worth)


def _discounted(amounts: Sequence[Fraction], years: range, rate: Any, conventions: Conventions) -> Any:
    is_discounted = conventions.first_outcome_year_is_discounted
    return sum(
        amount * discount_factor(rate, year, is_discounted)
        for amount, year in zip(beside(rate, amounts), years, strict=True)
    )


def stated_uncertainty(file: Fields, case: Case) -> Iterator[tuple[str, Fields]]:
    """The distributions in a file: `uncertainty` of the intervention, conventions, a consequence or a cost. A price and an
    amount are uncertain in the prices of the case's year."""
    rows = [(file.fields(name), "") for name in ("conventions", "intervention")]
    rows += [(row, f"{one.id}.") for row, one in zip(file.rows("consequences"), case.consequences, strict=True)]
    rows += [(row, f"costs[{place}].") for place, row in enumerate(file.rows("costs", []))]
    for row, prefix in rows:
        for name, fields in row.fields("uncertainty", {}).named():
            yield f"{prefix}{name}", fields


def likely_uncertain(case: Case) -> list[str]:
    """What is uncertain in any case: who succeeds, and what it saves."""
    prices = [f"{one.id}.price" for one in case.consequences if one.price]
    return [name for name in ("success_with", "success_without") if getattr(case.intervention, name)] + prices
