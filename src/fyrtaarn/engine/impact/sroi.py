"""Social return on investment.

Source: A Guide to Social Return on Investment, Cabinet Office (2009) and The SROI Network (2012), stages 3 to 5.

The formulas take numbers of any kind that can be multiplied, so that an exact result and ten thousand draws of chance
come from the same lines.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from typing import Any

from .discounting import PAY_BACK, discount_factor, pay_back
from .model import Model, Parameter, Term, Values
from .reading import Fields, InputError, plain, rounded

MOST_YEARS = 100
SHARES = ("deadweight", "displacement", "attribution", "drop_off")
LINEAR = ("quantity", "unit_value", "deadweight", "displacement", "attribution")
"""The fields of an outcome in which its value is a straight line."""
CHAIN = ("quantity", "unit_value", "(1-deadweight)", "(1-displacement)", "(1-attribution)")
RATIO = "present value of outcomes, negative ones taken off, by present value of inputs"


@dataclass(frozen=True, slots=True)
class Conventions:
    """How time is treated. Rates are shares a year; years are numbered from 1, inputs before the first stand in 0."""

    discount_rate: Fraction = Fraction(0)
    first_outcome_year_is_discounted: bool = True
    inputs_year: int = 0
    drop_off_applies_from_year: int = 2


@dataclass(frozen=True, slots=True)
class Input:
    """What somebody puts in: an amount in each of `duration_years` years from `year` on."""

    stakeholder: str
    description: str
    value: Fraction
    year: int
    duration_years: int = 1
    in_kind: bool = False
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What changes for somebody: how much of it, what one is worth, and how much of that would not be there without."""

    id: str
    quantity: Fraction
    unit_value: Fraction
    deadweight: Fraction = Fraction(0)
    displacement: Fraction = Fraction(0)
    attribution: Fraction = Fraction(0)
    drop_off: Fraction = Fraction(0)
    duration_years: int = 1
    first_year: int = 1
    stakeholder: str = ""
    outcome: str = ""
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """An impact map. `assumed` names the conventions that the file does not state."""

    conventions: Conventions
    inputs: tuple[Input, ...]
    outcomes: tuple[Outcome, ...]
    about: Mapping[str, Any] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()


def read_case(file: Fields) -> Case:
    """The case in a file. Raises InputError naming the field that is wrong."""
    conventions, assumed = _read_conventions(file.fields("conventions", {}))
    inputs = tuple(_read_input(row, conventions) for row in file.rows("inputs"))
    outcomes = tuple(_read_outcome(row, str(number)) for number, row in enumerate(file.rows("outcomes"), 1))
    seen: set[str] = set()
    for place, one in enumerate(outcomes):
        if one.id in seen:
            raise InputError(f"outcomes[{place}].id: {one.id!r} is there twice")
        seen.add(one.id)
    about = {name: file.text(name, "") for name in ("id", "title", "currency") if file.has(name)}
    file.notes()
    return Case(conventions, inputs, outcomes, about, assumed)


def _read_conventions(fields: Fields) -> tuple[Conventions, tuple[str, ...]]:
    plainly = Conventions()
    if fields.has("filter_order"):
        _check_chain(fields)
    if not fields.truth("round_only_for_display", True):
        raise fields.fault("round_only_for_display", "only true is calculated: amounts are exact until they are shown")
    read = Conventions(
        discount_rate=fields.share("discount_rate", 0),
        first_outcome_year_is_discounted=fields.truth("first_outcome_year_is_discounted", True),
        inputs_year=fields.whole("inputs_year", plainly.inputs_year, least=0, most=MOST_YEARS),
        drop_off_applies_from_year=fields.whole("drop_off_applies_from_year", 2, least=1, most=MOST_YEARS),
    )
    fields.has("uncertainty")
    assumed = tuple(name for name in Conventions.__dataclass_fields__ if not fields.has(name))
    fields.notes()
    return read, assumed


def _check_chain(fields: Fields) -> None:
    """Factors commute, so any order gives the same; another formula does not."""
    said = re.split(r"[×*·]|\sx\s", fields.text("filter_order"))
    said = [factor.replace(" ", "").replace("−", "-") for factor in said]
    if sorted(said) != sorted(CHAIN):
        raise fields.fault("filter_order", f"only a product of these is calculated: {' x '.join(CHAIN)}")


def _read_input(row: Fields, conventions: Conventions) -> Input:
    row.has("uncertainty")
    return Input(
        stakeholder=row.text("stakeholder", ""),
        description=row.text("description", ""),
        value=_input_value(row),
        year=row.whole("year", conventions.inputs_year, least=0, most=MOST_YEARS),
        duration_years=row.whole("duration_years", 1, least=1, most=MOST_YEARS),
        in_kind=row.one_of("kind", ("money", "in_kind"), "money") == "in_kind",
        notes=row.notes(),
    )


def _input_value(row: Fields) -> Fraction:
    """The value, or quantity × unit value; where both stand there they must agree."""
    if not row.has("quantity") and not row.has("unit_value"):
        return row.number("value", least=0)
    product = row.number("quantity", least=0) * row.number("unit_value", least=0)
    if row.has("value") and row.number("value") != product:
        raise row.fault("value", f"is {plain(row.number('value'))}, but quantity x unit_value is {plain(product)}")
    return product


def _read_outcome(row: Fields, number: str) -> Outcome:
    row.has("uncertainty")
    return Outcome(
        id=row.text("id", number),
        quantity=row.number("quantity", least=0),
        unit_value=row.number("unit_value"),
        deadweight=row.share("deadweight", 0),
        displacement=row.share("displacement", 0),
        attribution=row.share("attribution", 0),
        drop_off=row.share("drop_off", 0),
        duration_years=row.whole("duration_years", 1, least=1, most=MOST_YEARS),
        first_year=row.whole("first_year", 1, least=1, most=MOST_YEARS),
        stakeholder=row.text("stakeholder", ""),
        outcome=row.text("outcome", ""),
        notes=row.notes(),
    )


def impact(quantity: Any, unit_value: Any, deadweight: Any, displacement: Any, attribution: Any) -> Any:
    """The worth of one year that is ours, before drop-off.

    quantity × unit value × (1 − deadweight) × (1 − displacement) × (1 − attribution); Guide, stage 4.
    """
    return quantity * unit_value * (1 - deadweight) * (1 - displacement) * (1 - attribution)


def shares_left(drop_off: Any, duration_years: int, from_year: int) -> list[Any]:
    """What is left of the impact in each year of an outcome's life: (1 − drop-off) once more in each year from
    `from_year` of it on; Guide, stage 4.5."""
    kept = 1 - drop_off
    first = kept if from_year == 1 else 1
    return list(
        accumulate(range(2, duration_years + 1), lambda left, y: left * kept if y >= from_year else left, initial=first)
    )


class Result:
    """Everything that follows from a case, exact. Years run from the first with an input or outcome (0 or 1) on."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def last_year(self) -> int:
        """The last year with an outcome, at least 1."""
        return max((one.first_year + one.duration_years - 1 for one in self.case.outcomes), default=1)

    @cached_property
    def years(self) -> range:
        """The outcome years: 1, 2, …"""
        return range(1, self.last_year + 1)

    def factor(self, year: int) -> Fraction:
        """What money of a year is worth today."""
        conventions = self.case.conventions
        factor: Fraction = discount_factor(
            conventions.discount_rate, year, conventions.first_outcome_year_is_discounted
        )
        return factor

    def impact(self, one: Outcome) -> Fraction:
        """An outcome's worth in a year, before drop-off."""
        worth: Fraction = impact(one.quantity, one.unit_value, one.deadweight, one.displacement, one.attribution)
        return worth

    def by_year(self, one: Outcome) -> tuple[Fraction, ...]:
        """An outcome's worth in each of the years."""
        worth = self.impact(one)
        left = shares_left(one.drop_off, one.duration_years, self.case.conventions.drop_off_applies_from_year)
        after = self.last_year - one.first_year - one.duration_years + 1
        return (Fraction(0),) * (one.first_year - 1) + tuple(worth * share for share in left) + (Fraction(0),) * after

    def present_value(self, one: Outcome) -> Fraction:
        """An outcome's worth today."""
        return sum(
            (worth * self.factor(year) for year, worth in zip(self.years, self.by_year(one), strict=True)), Fraction(0)
        )

    @cached_property
    def total_by_year(self) -> tuple[Fraction, ...]:
        """All outcomes' worth in each of the years."""
        rows = [self.by_year(one) for one in self.case.outcomes]
        return tuple(sum((row[place] for row in rows), Fraction(0)) for place in range(self.last_year))

    @cached_property
    def present_value_by_year(self) -> tuple[Fraction, ...]:
        """The same, each year as it is worth today."""
        return tuple(worth * self.factor(year) for year, worth in zip(self.years, self.total_by_year, strict=True))

    @cached_property
    def total_present_value(self) -> Fraction:
        """All outcomes as they are worth today."""
        return sum(self.present_value_by_year, Fraction(0))

    def total_inputs(self, *, in_kind: bool | None = None) -> Fraction:
        """All inputs, or those in kind or in money, undiscounted."""
        chosen = [one for one in self.case.inputs if in_kind is None or one.in_kind == in_kind]
        return sum((one.value * one.duration_years for one in chosen), Fraction(0))

    def inputs_in(self, year: int) -> Fraction:
        """The inputs of a year."""
        return sum(
            (one.value for one in self.case.inputs if one.year <= year < one.year + one.duration_years), Fraction(0)
        )

    @cached_property
    def present_value_of_inputs(self) -> Fraction:
        """All inputs as they are worth today."""
        return sum((self.inputs_in(year) * self.factor(year) for year in self._all_years), Fraction(0))

    @cached_property
    def _all_years(self) -> range:
        last_input = max((one.year + one.duration_years - 1 for one in self.case.inputs), default=0)
        return range(max(self.last_year, last_input) + 1)

    @cached_property
    def net_present_value(self) -> Fraction:
        """Outcomes less inputs, both as they are worth today."""
        return self.total_present_value - self.present_value_of_inputs

    @cached_property
    def ratio(self) -> Fraction | None:
        """Outcomes by inputs; None without inputs. Guide, stage 5.3."""
        return self.total_present_value / self.present_value_of_inputs if self.present_value_of_inputs else None

    @cached_property
    def pay_back_years(self) -> Fraction | None:
        """Years until outcomes have paid for the inputs for good (see PAY_BACK); None when they never do.

        The Guide, stage 5.5, divides the inputs by a year's worth, which is the same where all years are alike.
        """
        worth = (Fraction(0), *self.present_value_by_year)
        net = [
            (worth[year] if year < len(worth) else 0) - self.inputs_in(year) * self.factor(year)
            for year in self._all_years
        ]
        return pay_back(net)


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
        lasting = sum((share * factor for share, factor in zip(left, factors, strict=True)), Fraction(0))
        return impact(*(values[name] for name in names)) * lasting

    return Term(("discount_rate", *names, drop_off), worth)


def _input_term(one: Input, name: str, conventions: Conventions) -> Term:
    years = range(one.year, one.year + one.duration_years)

    def worth(values: Values) -> Any:
        return values[name] * sum(_factors(values["discount_rate"], years, conventions), Fraction(0))

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


def as_json(result: Result) -> dict[str, Any]:
    """The whole result with each figure's way: money with two decimals, factors in full."""
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
            "ratio": RATIO,
            "pay_back": PAY_BACK,
            "rounding": "half away from nought",
        },
        "assumed": list(case.assumed),
        "inputs": [_input_as_json(result, one) for one in case.inputs],
        "total_inputs": rounded(result.total_inputs()),
        "total_inputs_in_money": rounded(result.total_inputs(in_kind=False)),
        "total_inputs_in_kind": rounded(result.total_inputs(in_kind=True)),
        "present_value_of_inputs": rounded(result.present_value_of_inputs),
        "years": list(result.years),
        "discount_factors": [plain(result.factor(year)) for year in result.years],
        "per_outcome": [_outcome_as_json(result, parts, one) for one in case.outcomes],
        "total_by_year": _money(result.total_by_year),
        "present_value_by_year": _money(result.present_value_by_year),
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


def _input_as_json(result: Result, one: Input) -> dict[str, Any]:
    years = range(one.year, one.year + one.duration_years)
    return {
        "stakeholder": one.stakeholder,
        "description": one.description,
        "kind": "in_kind" if one.in_kind else "money",
        "value": rounded(one.value),
        "year": one.year,
        "duration_years": one.duration_years,
        "present_value": rounded(sum((one.value * result.factor(year) for year in years), Fraction(0))),
        **({"notes": one.notes} if one.notes else {}),
    }


def _outcome_as_json(result: Result, parts: Model, one: Outcome) -> dict[str, Any]:
    taken_off = {name: 1 - getattr(one, name) for name in ("deadweight", "displacement", "attribution")}
    by_year = result.by_year(one)
    return {
        "id": one.id,
        "stakeholder": one.stakeholder,
        "outcome": one.outcome,
        "factors": {
            "quantity": plain(one.quantity),
            "unit_value": plain(one.unit_value),
            **{f"1-{name}": plain(value) for name, value in taken_off.items()},
            "drop_off": plain(one.drop_off),
            "duration_years": one.duration_years,
            "first_year": one.first_year,
        },
        "gross_value": rounded(one.quantity * one.unit_value),
        "impact_year_1": rounded(result.impact(one)),
        "value_by_year": _money(by_year),
        "present_value_by_year": _money(
            [worth * result.factor(year) for year, worth in zip(result.years, by_year, strict=True)]
        ),
        "present_value": rounded(result.present_value(one)),
        "break_even": {name: _in_full(parts.break_even(f"{one.id}.{name}")) for name in LINEAR},
        **({"notes": one.notes} if one.notes else {}),
    }


def _money(values: Sequence[Fraction]) -> list[str]:
    return [rounded(value) for value in values]


def _or_none(value: Fraction | None, places: int) -> str | None:
    return None if value is None else rounded(value, places)


def _in_full(value: Fraction | None) -> str | None:
    return None if value is None else plain(value)
