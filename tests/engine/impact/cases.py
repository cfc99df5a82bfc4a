"""Impact maps: the golden example, and any that hypothesis can think of."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from fyrtaarn.engine.impact.reading import Fields
from fyrtaarn.engine.impact.sroi import Case, Conventions, Input, Outcome, read_case

timeless = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""The machine may be busy."""
EXAMPLE = Path(__file__).resolve().parents[4] / "shared" / "impact" / "sroi-example-1.json"
"""Beside the repository; without it the tests that need it fail."""


def example() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(EXAMPLE.read_text("utf-8"), parse_float=Decimal)
    return content


def read(content: dict[str, Any]) -> Case:
    return read_case(Fields(content))


def small(**outcome: object) -> dict[str, Any]:
    """The least file there is: one input, one outcome."""
    return {"inputs": [{"value": "100"}], "outcomes": [{"quantity": 10, "unit_value": "20", **outcome}]}


def numbers(least: int, most: int, places: int = 2) -> st.SearchStrategy[Fraction]:
    scale = 10**places
    return st.integers(least * scale, most * scale).map(lambda number: Fraction(number, scale))


shares = numbers(0, 1)
outcomes = st.builds(
    Outcome,
    id=st.uuids().map(str),
    quantity=numbers(0, 1000),
    unit_value=numbers(-1000, 1000),
    deadweight=shares,
    displacement=shares,
    attribution=shares,
    drop_off=shares,
    duration_years=st.integers(1, 8),
    first_year=st.integers(1, 3),
)
inputs = st.builds(
    Input,
    stakeholder=st.just("municipality"),
    description=st.just(""),
    value=numbers(1, 10_000),
    year=st.integers(0, 3),
    duration_years=st.integers(1, 3),
    in_kind=st.booleans(),
)
conventions = st.builds(
    Conventions,
    discount_rate=numbers(0, 1, 3),
    first_outcome_year_is_discounted=st.booleans(),
    drop_off_applies_from_year=st.integers(1, 3),
)
cases = st.builds(
    Case,
    conventions=conventions,
    inputs=st.lists(inputs, min_size=1, max_size=3).map(tuple),
    outcomes=st.lists(outcomes, min_size=1, max_size=5).map(tuple),
)
