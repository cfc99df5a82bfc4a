"""Budget effect by purse: an example calculated by hand, and what must hold for any."""

import json
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.engine.impact.budget import (
    PURSES,
    Case,
    Result,
    as_json,
    likely_uncertain,
    model,
    read_case,
    stated_uncertainty,
)
from fyrtaarn.engine.impact.dated import Ladder
from fyrtaarn.engine.impact.distributions import Distribution, Empirical
from fyrtaarn.engine.impact.reading import Fields, InputError
from fyrtaarn.engine.impact.uncertainty import assumed, read_uncertainty, simulate, tornado

from .cases import numbers, timeless

EXAMPLE: dict[str, Any] = json.loads((Path(__file__).parent / "budget-example.json").read_text("utf-8"))
FALLING = Ladder(((1, Fraction(8, 10)), (5, Fraction(4, 10)), (27, Fraction(3, 10)), (53, Fraction(2, 10))))


def read(content: dict[str, Any]) -> Case:
    return read_case(Fields(json.loads(json.dumps(content), parse_float=Decimal)))


def changed(*path: Any, to: object) -> dict[str, Any]:
    """The example with another value somewhere."""
    content = deepcopy(EXAMPLE)
    place: Any = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return content


def test_the_example_by_hand() -> None:
    """Twelve per cent against two of a hundred: ten successes."""
    found = as_json(read(EXAMPLE))
    assert (found["intervention"]["net_success"], found["intervention"]["net_successes"]) == ("0.1", "10")
    benefit = [10 * 20 * Fraction(2500) * 105 / 102, 10 * 40 * Fraction(2600), Fraction(0)]
    shelter = [Fraction(10 * 10 * 400 * 105, 100)] * 3
    hospital = [-10 * 2 * Fraction(1500), Fraction(0), Fraction(0)]
    tax = [Fraction(0), Fraction(300_000), Fraction(300_000)]
    shares = {  # by purse: benefit in the three years, then the others
        "municipality": ((Fraction(7, 10), Fraction(8, 10), 0), Fraction(1, 2), Fraction(1, 5), Fraction(3, 4)),
        "region": ((0, 0, 0), 0, Fraction(4, 5), 0),
        "state": ((Fraction(3, 10), Fraction(2, 10), 0), Fraction(1, 2), 0, Fraction(1, 4)),
    }
    factors = [1 / Fraction("1.035") ** year for year in (1, 2, 3)]
    for purse, (ladder, *others) in shares.items():
        effects = [
            share * benefit[year] + others[0] * shelter[year] + others[1] * hospital[year] + others[2] * tax[year]
            for year, share in enumerate(ladder)
        ]
        costs = [Fraction(51_000 * 105, 102), Fraction(300_000)] if purse == "municipality" else [Fraction(0)] * 2
        worth = sum(effect * factor for effect, factor in zip(effects, factors, strict=True))
        net = worth - costs[0] - costs[1] * factors[0]
        row = found["by_purse"][purse]
        assert row["effect_by_year"] == [f"{float(one):.2f}" for one in (0, *effects)]
        assert row["cost_by_year"] == [f"{float(one):.2f}" for one in (*costs, 0, 0)]
        assert row["net_present_value"] == f"{float(net):.2f}"
    assert found["per_consequence"][0]["factors"]["share_by_year"]["state"] == ["0.3", "0.2"]
    assert found["per_consequence"][1]["factors"]["price_by_year"] == ["420", "420", "420"]


def test_it_says_what_it_rests_on_and_that_it_is_no_social_return() -> None:
    found = as_json(read(EXAMPLE))
    assert "never to be added to a social return" in found["what_it_is"]
    assert {one["setting"] for one in found["settings_used"]} == {
        "settings.price_index.levels",
        "settings.rates.cash benefit, a week from 2025-01-01",
        "settings.rates.cash benefit, a week from 2027-01-01",
        "settings.refund_ladders.benefits from 2016-01-01",
        "settings.net_tax_factor from 2020-01-01",
    }
    assert all(one["source"] for one in found["settings_used"])
    assert not any("ratio" in name for name in [*found, *found["all_purses"]])


def test_market_prices_stand_beside_and_only_with_a_factor() -> None:
    found = as_json(read(EXAMPLE))
    net, market = (Decimal(one["net_present_value"]) for one in (found["all_purses"], found["in_market_prices"]))
    assert market == pytest.approx(net * Decimal("1.28"), abs=Decimal("0.02"))
    content = deepcopy(EXAMPLE)
    for one in content["consequences"]:
        one["valued_at"] = "market"
    content["costs"] = []
    found = as_json(read(content))
    assert found["in_market_prices"]["net_present_value"] == found["all_purses"]["net_present_value"]
    del content["settings"]["net_tax_factor"]
    assert as_json(read(content))["in_market_prices"] is None


@pytest.mark.parametrize(
    ("passed", "weeks", "share"),
    [
        (0, 4, "0.8"),
        (0, 8, "0.6"),
        (4, 22, "0.4"),
        (30, 20, "0.3"),
        (50, 4, "0.25"),
        (52, 52, "0.2"),
        (0, 52, (4 * 8 + 22 * 4 + 26 * 3) / 10 / 52),
    ],
)
def test_the_refund_ladder(passed: int, weeks: int, share: str | float) -> None:
    assert float(FALLING.share_of_state(Fraction(passed), Fraction(weeks))) == pytest.approx(float(share))


@timeless
@given(numbers(0, 100), numbers(1, 52), numbers(1, 52))
def test_weeks_one_after_another_are_paid_as_all_at_once(passed: Fraction, some: Fraction, more: Fraction) -> None:
    together = FALLING.share_of_state(passed, some + more) * (some + more)
    assert together == FALLING.share_of_state(passed, some) * some + FALLING.share_of_state(passed + some, more) * more


shares = numbers(0, 1)


@timeless
@given(numbers(0, 500), shares, shares, numbers(0, 1, 3), st.booleans())
def test_purses_add_up_and_terms_give_the_same(
    participants: Fraction, with_it: Fraction, without: Fraction, rate: Fraction, is_discounted: bool
) -> None:
    case = read(EXAMPLE)
    case = replace(
        case,
        intervention=replace(
            case.intervention, participants=participants, success_with=with_it, success_without=without
        ),
        conventions=replace(case.conventions, discount_rate=rate, first_outcome_year_is_discounted=is_discounted),
    )
    each = [Result(case, (purse,)).net_present_value for purse in PURSES]
    assert sum(each) == Result(case).net_present_value
    assert [model(case, (purse,)).base_net for purse in PURSES] == each
    assert model(case).base_net == sum(each)


@timeless
@given(shares, numbers(0, 9))
def test_effects_are_linear_in_net_success(share: Fraction, times: Fraction) -> None:
    case = read(EXAMPLE)
    one = replace(case.intervention, success_with=share, success_without=Fraction(0))
    more = replace(one, participants=one.participants * times)
    first, second = (Result(replace(case, intervention=each)).effect_by_year for each in (one, more))
    assert second == tuple(times * value for value in first)


def test_as_many_without_as_with_change_nothing() -> None:
    found = Result(read(changed("intervention", "success_without", to="0.12")))
    assert not any(found.effect_by_year)
    assert found.net_present_value < 0
    assert found.pay_back_years is None


def test_harm_is_shown() -> None:
    assert Result(read(changed("intervention", "success_without", to="0.2"))).effect_by_year[1] < 0


def test_the_success_at_which_a_purse_breaks_even() -> None:
    case = read(EXAMPLE)
    for purses in (("municipality",), PURSES):
        value = model(case, purses).break_even("success_with")
        assert value is not None
        assert not Result(
            replace(case, intervention=replace(case.intervention, success_with=value)), purses
        ).net_present_value


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("intervention", "success_with"), "12", "intervention.success_with: is 12, must lie between 0 and 1; write 5"),
        (("intervention", "participants"), -1, "intervention.participants: is -1"),
        (("conventions", "price_year"), None, "conventions.price_year: is missing"),
        (("conventions", "first_year"), 2024, "rates.cash benefit, a week: nothing is in force on 1 January 2024"),
        (("conventions", "price_year"), 2030, "lacks the year 2030"),
        (("settings", "price_index"), None, "settings.price_index is needed"),
        (("settings", "price_index", "levels", "2024"), "0", "levels.2024: must be more than 0"),
        (("settings", "price_index", "levels", "x"), "1", "levels.x: expected a year"),
        (("settings", "price_index", "source"), None, "settings.price_index.source: is missing"),
        (("settings", "net_tax_factor", 0, "value"), "0.9", "net_tax_factor[0].value: is 0.9, must be at least 1"),
        (("settings", "net_tax_factor", 0, "valid_from"), "1.1.2020", "expected a date like 2026-01-01"),
        (("settings", "net_tax_factor", 0, "source"), None, "net_tax_factor[0].source: is missing"),
        (("settings", "refund_ladders", "benefits", 0, "steps"), [], "must begin from_week 1 and rise"),
        (("settings", "refund_ladders", "benefits", 0, "steps", 1, "from_week"), 1, "must begin from_week 1 and rise"),
        (
            ("consequences", 0, "refund_ladder"),
            "none",
            "consequences[0].refund_ladder: is 'none', expected one of: bene",
        ),
        (("consequences", 0, "change_by_year", 1), "-60", "a year has no 60 of them"),
        (("consequences", 0, "purses"), {"state": 1}, "consequences[0].purses: stands beside a refund_ladder"),
        (("consequences", 1, "purses", "state"), "0.6", "consequences[1].purses: add up to 1.1, not to 1"),
        (("consequences", 1, "purses", "EU"), "0", "consequences[1].purses.EU: expected: municipality, region, state"),
        (("consequences", 1, "duration_years"), 11, "duration_years: is 11, must be at most 10"),
        (("consequences", 3, "first_year"), 10, "duration_years: ends after year 10"),
        (("consequences", 1, "price_level"), "other", "consequences[1].prices.other: is missing"),
        (("consequences", 2, "price"), "-1", "consequences[2].price: is -1"),
        (("consequences", 1, "id"), "benefit", "consequences[1].id: 'benefit' is there twice"),
        (("consequences", 2, "chnge_per_success"), "1", "is change_per_success meant?"),
        (("costs", 0, "purse"), "EU", "costs[0].purse: is 'EU', expected one of"),
        (("costs", 0, "duration_years"), 10, None),
        (("costs", 1, "duration_years"), 10, None),
        (("costs", 0, "year"), 5, None),
        (("costs", 0, "year"), 11, "costs[0].year: is 11, must be at most 10"),
    ],
)
def test_a_fault_names_its_field(path: tuple[Any, ...], value: object, told: str | None) -> None:
    content = changed(*path, to=value)
    if told is None:
        assert as_json(read(content))["all_purses"]
    else:
        with pytest.raises(InputError) as fault:
            read(content)
        assert told in str(fault.value)


def test_a_cost_ends_with_year_ten() -> None:
    content = changed("costs", 0, "year", to=5)
    content["costs"][0]["duration_years"] = 7
    with pytest.raises(InputError, match=r"costs\[0\].duration_years: ends after year 10"):
        read(content)


def test_two_values_from_the_same_day_are_refused() -> None:
    rates = EXAMPLE["settings"]["net_tax_factor"]
    with pytest.raises(InputError, match="two values are in force from the same day"):
        read(changed("settings", "net_tax_factor", to=rates * 2))


def test_draws_meet_the_exact_result() -> None:
    case = read(EXAMPLE)
    draws = 40_000
    for purses in (("municipality",), PURSES):
        parts = model(case, purses)
        net = simulate(parts, assumed(parts, likely_uncertain(case)), draws, 1).net
        assert net.mean() == pytest.approx(float(parts.base_net), abs=4 * net.std() / draws**0.5)


def test_purses_share_the_draws_and_so_add_up() -> None:
    content = changed(
        "intervention", "uncertainty", to={"success_with": {"distribution": "beta", "alpha": 12, "beta": 88}}
    )
    content["costs"][0]["uncertainty"] = {
        "amount": {"distribution": "triangular", "low": 1, "mode": 3000, "high": 9000}
    }
    case = read(content)
    parts = {purses: model(case, purses) for purses in (*((purse,) for purse in PURSES), PURSES)}
    drawn = {
        purses: simulate(one, read_uncertainty(one, stated_uncertainty(Fields(content), case)), 300, 9).net
        for purses, one in parts.items()
    }
    assert sum(drawn[(purse,)] for purse in PURSES) == pytest.approx(drawn[PURSES])


def test_numbers_that_turn_out_as_they_stand_give_the_exact_result() -> None:
    case = read(EXAMPLE)
    for purses in (("municipality",), PURSES):
        parts = model(case, purses)
        same: dict[str, Distribution] = {name: Empirical((float(value),)) for name, value in parts.base.items()}
        assert simulate(parts, same, 10, 1).net == pytest.approx(float(parts.base_net))
        assert tornado(parts, same)[0].swing == pytest.approx(0, abs=1e-6)
