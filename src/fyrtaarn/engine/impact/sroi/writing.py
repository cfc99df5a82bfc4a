"""The whole result as JSON."""

from fractions import Fraction
from typing import Any

from ..discounting import PAY_BACK
from ..model import Model
from ..reading import amount, money, plain, rounded
from .case import CHAIN, LINEAR, SHARES, Input, Outcome
from .result import Result
from .terms import model

RATIO = "present value of outcomes, negative ones taken off, by present value of inputs"


def as_json(result: Result) -> dict[str, Any]:
    """The whole result with each figure's way: money with two decimals, factors in full.

    It can be read as a case again, which gives the same result.
    """
    case = result.case
    parts = model(case)
    conventions = case.conventions
    return {
        **case.about,
        "conventions": {
            "discount_rate": plain(conventions.discount_rate),
            "first_outcome_year_is_discounted": conventions.first_outcome_year_is_discounted,
            "inputs_year": conventions.inputs_year,
            "drop_off_applies_from_year": conventions.drop_off_applies_from_year,
            "filter_order": " x ".join(CHAIN),
            "round_only_for_display": True,
        },
        "assumed": list(case.assumed),
        "methods": {"ratio": RATIO, "pay_back": PAY_BACK, "rounding": "half away from nought"},
        "inputs": [_input_as_json(one) for one in case.inputs],
        "outcomes": [_outcome_as_read(one) for one in case.outcomes],
        "total_inputs": rounded(result.total_inputs()),
        "total_inputs_in_money": rounded(result.total_inputs(in_kind=False)),
        "total_inputs_in_kind": rounded(result.total_inputs(in_kind=True)),
        "present_value_of_inputs": rounded(result.present_value_of_inputs),
        "years": list(result.years),
        "discount_factors": [plain(result.factor(year)) for year in result.years],
        "per_outcome": [_outcome_as_calculated(result, parts, one) for one in case.outcomes],
        "total_by_year": money(result.total_by_year),
        "present_value_by_year": money(result.present_value_by_year),
        "total_present_value": rounded(result.total_present_value),
        "of_which_negative": rounded(
            sum((min(result.present_value(one), Fraction(0)) for one in case.outcomes), Fraction(0))
        ),
        "net_present_value": rounded(result.net_present_value),
        "sroi_ratio": _or_none(result.ratio, 2),
        "sroi_ratio_4dp": _or_none(result.ratio, 4),
        "net_sroi_ratio": _or_none(None if result.ratio is None else result.ratio - 1, 2),
        "below_one": None if result.ratio is None else result.ratio < 1,
        "pay_back_years": _or_none(result.pay_back_years, 2),
    }


def _input_as_json(one: Input) -> dict[str, Any]:
    return {
        "stakeholder": one.stakeholder,
        "description": one.description,
        "kind": "in_kind" if one.in_kind else "money",
        "value": amount(one.value),
        "year": one.year,
        "duration_years": one.duration_years,
        **one.notes,
    }


def _outcome_as_read(one: Outcome) -> dict[str, Any]:
    return {
        "id": one.id,
        "stakeholder": one.stakeholder,
        "outcome": one.outcome,
        "quantity": plain(one.quantity),
        "unit_value": amount(one.unit_value),
        **{name: plain(getattr(one, name)) for name in SHARES},
        "duration_years": one.duration_years,
        "first_year": one.first_year,
        **one.notes,
    }


def _outcome_as_calculated(result: Result, parts: Model, one: Outcome) -> dict[str, Any]:
    taken_off = {f"1-{name}": plain(1 - getattr(one, name)) for name in ("deadweight", "displacement", "attribution")}
    by_year = result.by_year(one)
    return {
        "id": one.id,
        "factors": {
            "quantity": plain(one.quantity),
            "unit_value": amount(one.unit_value),
            **taken_off,
            "drop_off": plain(one.drop_off),
            "duration_years": one.duration_years,
            "first_year": one.first_year,
        },
        "gross_value": rounded(one.quantity * one.unit_value),
        "impact_year_1": rounded(result.impact(one)),
        "value_by_year": money(by_year),
        "present_value_by_year": money(
            [worth * result.factor(year) for year, worth in zip(result.years, by_year, strict=True)]
        ),
        "present_value": rounded(result.present_value(one)),
        "break_even": {name: _in_full(parts.break_even(f"{one.id}.{name}")) for name in LINEAR},
    }


def _or_none(value: Fraction | None, places: int) -> str | None:
    return None if value is None else rounded(value, places)


def _in_full(value: Fraction | None) -> str | None:
    return None if value is None else plain(value)
