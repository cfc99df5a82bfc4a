"""The whole result as JSON."""

from fractions import Fraction
from typing import Any

from ..discounting import PAY_BACK
from ..reading import money, plain, rounded
from .case import PURSES, Case, Consequence, Cost
from .result import Result
from .terms import model

NEVER_ADDED = (
    "money in public budgets; never to be added to a social return, which counts other things and partly the same"
)
LADDER = (
    "the weeks of a year that a success takes away are those that would have come first in it, counted from the weeks that"
    " had passed"
)


def as_json(case: Case) -> dict[str, Any]:
    """The whole result with each figure's way: money with two decimals, factors in full."""
    whole = Result(case)
    with_it = case.intervention
    conventions = case.conventions
    return {
        **case.about,
        "what_it_is": NEVER_ADDED,
        "conventions": {
            "price_year": conventions.price_year,
            "first_year": conventions.first_year,
            "discount_rate": plain(conventions.discount_rate),
            "first_outcome_year_is_discounted": conventions.first_outcome_year_is_discounted,
            "chain": "participants x (success_with - success_without) x change x price x price_index x share of the purse",
            "sign": "positive where the purse is better off",
            "settings_in_force": "on 1 January of the year",
            "refund_ladder": LADDER,
            "pay_back": PAY_BACK,
            "rounding": "half away from nought",
        },
        "assumed": list(case.assumed),
        "settings_used": list(case.used),
        "intervention": {
            "participants": plain(with_it.participants),
            "success_with": plain(with_it.success_with),
            "success_without": plain(with_it.success_without),
            "net_success": plain(with_it.success_with - with_it.success_without),
            "net_successes": plain(whole.successes),
        },
        "years": list(whole.years),
        "discount_factors": [plain(whole.factor(year)) for year in whole.years],
        "per_consequence": [_consequence_as_json(case, one) for one in case.consequences],
        "costs": [_cost_as_json(whole, one) for one in case.costs],
        "by_purse": {purse: _purse_as_json(case, (purse,)) for purse in PURSES},
        "all_purses": _purse_as_json(case, PURSES),
        "in_market_prices": _in_market_prices(case),
    }


def _consequence_as_json(case: Case, one: Consequence) -> dict[str, Any]:
    whole = Result(case)
    effects = {purse: Result(case, (purse,)).effect(one) for purse in PURSES}
    return {
        "id": one.id,
        "description": one.description,
        "factors": {
            "net_successes": plain(whole.successes),
            "kind": "income" if one.is_income else "expense",
            "unit": one.unit,
            "change_by_year": [plain(change) for change in one.changes],
            **one.way,
            "price_by_year": [plain(price) for price in one.prices],
            "share_by_year": {purse: [plain(share[purse]) for share in one.shares] for purse in PURSES},
            "valued_at": one.valuation,
        },
        "effect_by_year": money(whole.effect(one)),
        "effect_by_purse_by_year": {purse: money(effect) for purse, effect in effects.items()},
        "present_value": rounded(whole.present_value(whole.effect(one))),
        "present_value_by_purse": {purse: rounded(whole.present_value(effect)) for purse, effect in effects.items()},
        **({"notes": one.notes} if one.notes else {}),
    }


def _cost_as_json(whole: Result, one: Cost) -> dict[str, Any]:
    by_year = whole.cost(one)
    return {
        "description": one.description,
        "purse": one.purse,
        "factors": {**one.way, "per": "participant" if one.a_participant else "total"},
        "cost_by_year": money(by_year),
        "present_value": rounded(whole.present_value(by_year)),
        **({"notes": one.notes} if one.notes else {}),
    }


def _purse_as_json(case: Case, purses: tuple[str, ...]) -> dict[str, Any]:
    result, parts = Result(case, purses), model(case, purses)
    broken_even = parts.break_even("success_with")
    return {
        "effect_by_year": money(result.effect_by_year),
        "cost_by_year": money(result.cost_by_year),
        "net_by_year": money(result.net_by_year),
        "present_value_of_effects": rounded(result.present_value(result.effect_by_year)),
        "present_value_of_costs": rounded(result.present_value(result.cost_by_year)),
        "net_present_value": rounded(result.net_present_value),
        "pay_back_years": None if result.pay_back_years is None else rounded(result.pay_back_years),
        "break_even_success_with": None if broken_even is None else plain(broken_even),
    }


def _in_market_prices(case: Case) -> dict[str, Any] | None:
    """The net present value of all purses with the net tax factor on what stands in factor prices; None without one."""
    if case.net_tax_factor is None:
        return None
    whole, factor = Result(case), case.net_tax_factor.value
    gains = sum(
        (
            whole.present_value(whole.effect(one)) * (factor if one.valuation == "factor" else 1)
            for one in case.consequences
        ),
        Fraction(0),
    )
    net = gains - whole.present_value(whole.cost_by_year) * factor
    return {
        "net_tax_factor": plain(factor),
        "source": case.net_tax_factor.source,
        "net_present_value": rounded(net),
        "what_it_is": "the same sum as consumers' prices would have it; no money of any purse",
    }
