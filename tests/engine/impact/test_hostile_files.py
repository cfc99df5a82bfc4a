"""Files that nobody should write: a result or a fault that names its place, nothing else."""

import json
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fyrtaarn.engine.impact import budget, sroi, uncertainty
from fyrtaarn.engine.impact.reading import Fields, InputError, write

from . import test_budget
from .cases import example, timeless

UNCERTAIN: dict[str, Any] = {
    "quantity": {"distribution": "triangular", "low": 1, "mode": 2, "high": 3},
    "unit_value": {"distribution": "normal", "mean": 1, "sd": 3},
    "deadweight": {"distribution": "beta", "alpha": 1, "beta": 2},
    "attribution": {"distribution": "lognormal", "mu": -3, "sigma": 1},
    "displacement": {"distribution": "empirical", "values": ["0.1", "0.2"]},
}
FILES = {"sroi": example(), "budget": test_budget.EXAMPLE}
FILES["sroi"]["outcomes"][3]["uncertainty"] = UNCERTAIN
FILES["budget"] = {**FILES["budget"], "expected": None}
NAMES = uncertainty.Names("gains", "costs", "chance")
odd = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**40), 10**40),
    st.sampled_from([0, 1, -1, 2, 53, 101, 2026, 9999]),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.sampled_from(["", "x", "0.5", "-1", "1e9", "1,5", "０", "2026-01-01", "municipality", "triangular", "\x00"]),
    st.lists(st.integers(-1, 3), max_size=3),
    st.dictionaries(st.sampled_from(["value", "id", "source", "levels", "2026"]), st.integers(-1, 3), max_size=3),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a file."""
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, held in rows:
        yield (*path, name)
        yield from places(held, (*path, name))


def spoilt(content: Any, path: tuple[Any, ...], value: object) -> Any:
    changed = deepcopy(content)
    held = changed
    for step in path[:-1]:
        held = held[step]
    held[path[-1]] = value
    return changed


def calculate(kind: str, content: Any) -> str:
    fields = Fields(content)
    if kind == "sroi":
        case = sroi.read_case(fields)
        result, model = sroi.as_json(sroi.Result(case)), sroi.model(case)
        stated = sroi.stated_uncertainty(fields, case)
    else:
        effect = budget.read_case(fields)
        result, model = budget.as_json(effect), budget.model(effect)
        stated = budget.stated_uncertainty(fields, effect)
    uncertain = uncertainty.read_uncertainty(model, stated)
    return write({**result, "monte_carlo": uncertainty.as_json(model, uncertain, 100, 1, NAMES)})


@pytest.mark.parametrize("kind", FILES)
@settings(parent=timeless, max_examples=150)
@given(st.data())
def test_a_result_or_a_fault(kind: str, data: st.DataObject) -> None:
    content = FILES[kind]
    path = data.draw(st.sampled_from(sorted(places(content), key=str)))
    value = data.draw(odd)
    written, fault = outcome(kind, spoilt(content, path, value))
    assert "\n" not in fault
    assert fault or json.loads(written, parse_constant=pytest.fail)


def outcome(kind: str, content: Any) -> tuple[str, str]:
    """The result, or the fault."""
    try:
        return calculate(kind, content), ""
    except InputError as fault:
        return "", str(fault)


@pytest.mark.parametrize("kind", FILES)
def test_unspoilt_they_are_calculated(kind: str) -> None:
    assert Decimal(json.loads(calculate(kind, FILES[kind]))["monte_carlo"]["gains"]["p50"])
