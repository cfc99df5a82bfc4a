"""Social return: the golden example to its last digit, and what must hold for every impact map."""

import json
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.engine.impact.reading import InputError, rounded, write
from fyrtaarn.engine.impact.sroi import LINEAR, Case, Outcome, Result, as_json, model

from .cases import cases, example, numbers, outcomes, read, small, timeless


def present(case: Case) -> Fraction:
    return Result(case).total_present_value


def with_value(case: Case, one: Outcome, **values: Any) -> Case:
    """The case with other numbers in one outcome."""
    rows = tuple(replace(row, **values) if row is one else row for row in case.outcomes)
    return replace(case, outcomes=rows)


def test_the_golden_example_to_its_last_digit() -> None:
    found, expected = as_json(Result(read(example()))), example()["expected"]
    for name, value in expected.items():
        if name == "per_outcome":
            assert [{key: row[key] for key in wanted} for row, wanted in zip(found[name], value, strict=True)] == value
        else:
            assert found[name] == value, name


@pytest.mark.parametrize("place", [0, 1])
def test_the_checks_that_come_with_it(place: int) -> None:
    content = example()
    check = content["derived_checks"][place]
    for name, value in check["set"].items():
        owner, _dot, field = name.rpartition(".")
        rows = [row for row in content["outcomes"] if row["id"] == owner] or [content["conventions"]]
        rows[0][field] = value
    found = as_json(Result(read(content)))
    assert found["total_present_value"] == check["total_present_value"]
    assert found["sroi_ratio_4dp"] == check["sroi_ratio_4dp"]


def test_the_quantity_of_three_outcomes_at_which_the_example_breaks_even() -> None:
    case, check = read(example()), example()["derived_checks"][2]
    quantity = model(case).break_even("o1a.quantity", "o1b.quantity", "o1c.quantity")
    assert quantity is not None
    assert rounded(quantity, 4) == check["value"]
    for one in case.outcomes[:3]:
        case = with_value(case, one, quantity=quantity)
    assert Result(case).ratio == 1


def test_costs_over_years_as_published() -> None:
    """Public-sector option appraisal: the anchor in the example's file, with its discount factors."""
    anchor = example()["verified_anchor"]
    first, last = 1, len(anchor["published_discount_factors"]) - 1
    result = Result(
        read({
            "conventions": {"discount_rate": anchor["discount_rate"]},
            "inputs": [
                {"value": anchor["capital_cost_year_0"]},
                {"value": anchor["revenue_cost_years_1_to_4"], "year": first, "duration_years": last},
            ],
            "outcomes": [],
        })
    )  # fmt: skip
    factors = [rounded(result.factor(year), 4) for year in range(last + 1)]
    assert factors == [f"{Decimal(one):.4f}" for one in anchor["published_discount_factors"]]
    assert rounded(result.present_value_of_inputs, 4) == anchor["exact_net_present_cost"]
    assert result.total_inputs() == 100 + 4 * 35
    assert result.ratio == 0
    assert result.pay_back_years is None


def test_what_is_not_stated_is_assumed_and_said() -> None:
    found = as_json(Result(read(small())))
    assert found["sroi_ratio"] == "2.00"
    assert set(found["assumed"]) == {
        "discount_rate", "first_outcome_year_is_discounted", "inputs_year", "drop_off_applies_from_year",
    }  # fmt: skip
    assert as_json(Result(read(example())))["assumed"] == []


def test_each_row_shows_its_way() -> None:
    for row in as_json(Result(read(example())))["per_outcome"]:
        product = Decimal(1)
        for name in ("quantity", "unit_value", "1-deadweight", "1-displacement", "1-attribution"):
            product *= Decimal(row["factors"][name])
        assert f"{product:.2f}" == row["impact_year_1"]


def test_inputs_in_kind_stand_apart_and_count() -> None:
    content = small()
    content["inputs"] = [{"value": "60"}, {"quantity": "8", "unit_value": "5", "kind": "in_kind"}]
    found = as_json(Result(read(content)))
    assert (found["total_inputs_in_money"], found["total_inputs_in_kind"]) == ("60.00", "40.00")
    assert found["total_inputs"] == "100.00"


def test_less_than_one_is_shown() -> None:
    found = as_json(Result(read(small(deadweight="0.9", attribution="0.5"))))
    assert (found["sroi_ratio"], found["below_one"], found["pay_back_years"]) == ("0.10", True, None)
    assert found["net_present_value"] == "-90.00"


def test_without_inputs_there_is_no_ratio() -> None:
    found = as_json(Result(read({"inputs": [], "outcomes": [{"quantity": 1, "unit_value": 2}]})))
    assert (found["sroi_ratio"], found["below_one"], found["total_present_value"]) == (None, None, "2.00")


def test_drop_off_from_another_year() -> None:
    content = small(duration_years=3, drop_off="0.5")
    for year, expected in ((1, ["100", "50", "25"]), (2, ["200", "100", "50"]), (3, ["200", "200", "100"])):
        content["conventions"] = {"drop_off_applies_from_year": year}
        assert as_json(Result(read(content)))["total_by_year"] == [f"{one}.00" for one in expected]


def test_an_outcome_may_begin_later() -> None:
    content = small(first_year=3, duration_years=2)
    content["conventions"] = {"discount_rate": "1"}
    found = as_json(Result(read(content)))
    assert found["total_by_year"] == ["0.00", "0.00", "200.00", "200.00"]
    assert found["present_value_by_year"] == ["0.00", "0.00", "25.00", "12.50"]


@pytest.mark.parametrize(
    ("inputs", "outcomes", "years"),
    [
        ([100], [(200, 1, 1)], "0.50"),
        ([100], [(50, 1, 4)], "2.00"),
        ([100], [(40, 1, 4)], "2.50"),
        ([100], [(300, 1, 1), (-250, 2, 1), (100, 3, 1)], "2.50"),  # paid, in debt again, paid for good
        ([100], [(99, 1, 1)], None),
        ([0], [(10, 1, 1)], "0.00"),
    ],
)
def test_pay_back(inputs: list[int], outcomes: list[tuple[int, int, int]], years: str | None) -> None:
    content = {
        "inputs": [{"value": value} for value in inputs],
        "outcomes": [
            {"quantity": 1, "unit_value": value, "first_year": first, "duration_years": duration}
            for value, first, duration in outcomes
        ],
    }
    assert as_json(Result(read(content)))["pay_back_years"] == years


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"quantity": "-1"}, "outcomes[0].quantity: is -1, must be at least 0"),
        ({"deadweight": "1.2"}, "outcomes[0].deadweight: is 1.2, must lie between 0 and 1"),
        ({"deadweight": "20"}, "write 5 per cent as 0.05"),
        ({"drop_off": "-0.1"}, "outcomes[0].drop_off"),
        ({"duration_years": 0}, "outcomes[0].duration_years: is 0, must be at least 1"),
        ({"duration_years": "1.5"}, "expected a whole number"),
        ({"duration_years": 1000}, "at most 100"),
        ({"unit_value": "1,5"}, "outcomes[0].unit_value: '1,5' is no number"),
        ({"unit_value": True}, "outcomes[0].unit_value: expected a number"),
        ({"unit_value": "nan"}, "is no number"),
        ({"unit_value": Decimal("1e400000000")}, "is no number"),
        ({"unit_value": None}, "outcomes[0].unit_value: is missing"),
        ({"deadwieght": "0.1"}, "outcomes[0].deadwieght: is not known; is deadweight meant?"),
    ],
)
def test_a_fault_names_its_field(changes: dict[str, object], told: str) -> None:
    with pytest.raises(InputError) as fault:
        read(small(**changes))
    assert told in str(fault.value)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("conventions", {"discount_rate": "3.5"}, "conventions.discount_rate: is 3.5"),
        ("conventions", {"first_outcome_year_is_discounted": "yes"}, "expected true or false"),
        ("conventions", {"filter_order": "quantity x unit_value x (1-deadweight-attribution)"}, "filter_order"),
        ("conventions", {"round_only_for_display": False}, "round_only_for_display"),
        ("conventions", {"inputs_year": -1}, "conventions.inputs_year"),
        ("conventions", [], "conventions: expected an object"),
        ("inputs", {}, "inputs: expected a list"),
        ("inputs", [{"value": "-5"}], "inputs[0].value: is -5"),
        ("inputs", [{}], "inputs[0].value: is missing"),
        ("inputs", [{"value": "9", "quantity": "2", "unit_value": "4"}], "but quantity x unit_value is 8"),
        ("inputs", [{"value": "9", "kind": "kind"}], "inputs[0].kind: is 'kind', expected one of"),
        ("outcomes", [{"id": "a", "quantity": 1, "unit_value": 1}] * 2, "outcomes[1].id: 'a' is there twice"),
        ("outcomes", None, "outcomes: is missing"),
    ],
)
def test_a_fault_elsewhere_too(name: str, value: object, told: str) -> None:
    with pytest.raises(InputError) as fault:
        read({**small(), name: value})
    assert told in str(fault.value)


def test_other_notes_are_carried_over() -> None:
    row = as_json(Result(read(small(proxy="a swimming pass", indicator="visits"))))["outcomes"][0]
    assert (row["proxy"], row["indicator"]) == ("a swimming pass", "visits")


@pytest.mark.parametrize("content", [example(), small(unit_value="0.005", quantity="3.25", first_year=2)])
def test_a_result_can_be_read_again_and_gives_the_same(content: dict[str, Any]) -> None:
    first = as_json(Result(read(content)))
    again = as_json(Result(read(json.loads(write(first)))))
    assert again == {**first, "assumed": []}


def near(one: Fraction, other: Decimal) -> bool:
    return abs(one - Fraction(other)) <= Fraction(1, 10**20) * (1 + abs(one))


@timeless
@given(cases)
def test_as_a_plain_loop_with_decimals_has_it(case: Case) -> None:
    """The same formula a second time, year by year, with fifty digits."""
    plainly, total = case.conventions, Decimal(0)
    with localcontext(prec=50):
        for one in case.outcomes:
            left = 1
            for age in range(1, one.duration_years + 1):
                year = one.first_year + age - 1
                if age >= plainly.drop_off_applies_from_year:
                    left *= 1 - decimal(one.drop_off)
                discounted = year if plainly.first_outcome_year_is_discounted else year - 1
                worth = decimal(one.quantity) * decimal(one.unit_value) * left
                for name in ("deadweight", "displacement", "attribution"):
                    worth *= 1 - decimal(getattr(one, name))
                total += worth / (1 + decimal(plainly.discount_rate)) ** discounted
        assert near(present(case), total)


def decimal(value: Fraction) -> Any:
    return Decimal(value.numerator) / Decimal(value.denominator)


@timeless
@given(cases, st.data())
def test_more_deadweight_never_gives_more_of_a_good(case: Case, data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(case.outcomes))
    more = data.draw(numbers(0, 1)) * (1 - one.deadweight) + one.deadweight
    less, whole = present(with_value(case, one, deadweight=more)), present(case)
    assert less <= whole if one.unit_value >= 0 else less >= whole


@timeless
@given(cases, st.data(), numbers(0, 9))
def test_the_worth_is_linear_in_quantity(case: Case, data: st.DataObject, times: Fraction) -> None:
    one = data.draw(st.sampled_from(case.outcomes))
    own = Result(case).present_value(one)
    assert present(with_value(case, one, quantity=one.quantity * times)) == present(case) + own * (times - 1)


@timeless
@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(case: Case, random: Any) -> None:
    inputs, rows = list(case.inputs), list(case.outcomes)
    random.shuffle(inputs)
    random.shuffle(rows)
    mixed = Result(replace(case, inputs=tuple(inputs), outcomes=tuple(rows)))
    found = Result(case)
    assert (mixed.total_by_year, mixed.ratio, mixed.pay_back_years) == (
        found.total_by_year, found.ratio, found.pay_back_years,
    )  # fmt: skip


@timeless
@given(cases, st.data(), numbers(0, 1))
def test_a_group_split_in_two_is_worth_as_much(case: Case, data: st.DataObject, part: Fraction) -> None:
    one = data.draw(st.sampled_from(case.outcomes))
    parts = tuple(
        replace(one, id=f"{one.id}-{place}", quantity=one.quantity * share)
        for place, share in enumerate((part, 1 - part))
    )
    rest = tuple(other for other in case.outcomes if other is not one)
    assert Result(replace(case, outcomes=(*rest, *parts))).total_by_year == Result(case).total_by_year


@timeless
@given(cases, st.data(), st.sampled_from(LINEAR))
def test_at_the_break_even_value_the_ratio_is_one(case: Case, data: st.DataObject, name: str) -> None:
    one = data.draw(st.sampled_from(case.outcomes))
    value = model(case).break_even(f"{one.id}.{name}")
    if value is not None:
        assert Result(with_value(case, one, **{name: value})).ratio == 1


@timeless
@given(cases)
def test_the_terms_give_the_same_as_the_years(case: Case) -> None:
    assert model(case).base_net == Result(case).net_present_value


@timeless
@given(cases)
def test_after_the_pay_back_nothing_is_owed(case: Case) -> None:
    result = Result(case)
    assert (result.pay_back_years is None) == (result.net_present_value < 0)


@timeless
@given(outcomes)
def test_the_result_can_be_written(one: Outcome) -> None:
    result = Result(Case(read(small()).conventions, read(small()).inputs, (one,)))
    assert json.loads(json.dumps(as_json(result)))["per_outcome"][0]["id"] == one.id
