"""An impact map, and how it is read from a file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ..reading import Fields, InputError, plain

MOST_YEARS = 100
SHARES = ("deadweight", "displacement", "attribution", "drop_off")
LINEAR = ("quantity", "unit_value", "deadweight", "displacement", "attribution")
"""The fields of an outcome in which its value is a straight line."""
CHAIN = ("quantity", "unit_value", "(1-deadweight)", "(1-displacement)", "(1-attribution)")


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
