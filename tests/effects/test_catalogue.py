"""The shipped catalogue: whole in both languages, and never changed behind the back of what was measured."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from fyrtaarn.effects.loading import ShippedIndicator, shipped
from fyrtaarn.effects.models import (
    BottomLine,
    Direction,
    Evidence,
    Frequency,
    Instrument,
    Measure,
    Timing,
    Unit,
)

RELEASED = Path(__file__).parent / "released_indicators.txt"
OUTCOMES = list(shipped())
INDICATORS = [indicator for outcome in OUTCOMES for indicator in outcome.indicators]
CHOICES = {
    "measure": Measure, "unit": Unit, "timing": Timing, "direction": Direction, "frequency": Frequency,
    "evidence": Evidence, "instrument": Instrument,
}  # fmt: skip
TEXTS = ("name", "counts", "leaves_out", "numerator", "guidance")


def line_of(one: ShippedIndicator) -> str:
    """Key, version and a checksum of what it says."""
    said = json.dumps(one.values, sort_keys=True, ensure_ascii=False)
    return f"{one.key} {one.number} {hashlib.sha256(said.encode()).hexdigest()[:16]}"


def test_there_are_enough_for_each_bottom_line() -> None:
    assert len(INDICATORS) >= 60
    for line in BottomLine.values:
        assert sum(len(one.indicators) for one in OUTCOMES if one.values["bottom_line"] == line) >= 15


def test_keys_are_unique_and_addresses() -> None:
    keys = [one.key for one in INDICATORS]
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch(r"[a-z0-9-]{3,60}", key) for key in [*keys, *(one.values["key"] for one in OUTCOMES)])


def test_a_version_that_was_released_is_not_changed() -> None:
    """What was measured under a version keeps its meaning: another word in it is a next `version` in the file."""
    released = RELEASED.read_text("utf-8").splitlines()
    known = {tuple(line.split()[:2]): line for line in released}
    changed = [line for one in INDICATORS if (line := line_of(one)) != known.get((one.key, str(one.number)), line)]
    assert not changed, "raise their version"
    missing = [line_of(one) for one in INDICATORS if (one.key, str(one.number)) not in known]
    assert not missing, "add these lines to released_indicators.txt:\n" + "\n".join(missing)


@pytest.mark.parametrize("one", INDICATORS, ids=lambda one: one.key)
def test_an_indicator_says_all_in_both_languages(one: ShippedIndicator) -> None:
    values = one.values
    for name, kind in CHOICES.items():
        assert values[name] in kind.values, name
    assert re.fullmatch(r"(1[0-7]|[1-9])\.([1-9][0-9]?|[a-d])", one.target)
    divided = values["measure"] in ("share", "mean")
    for text in (*TEXTS, "denominator"):
        danish, english = values[f"{text}_da"], values[f"{text}_en"]
        wanted = divided or text != "denominator"
        assert bool(danish) == bool(english) == wanted, text
        assert not wanted or danish != english or text == "name", text
    for text in ("counts", "leaves_out", "guidance"):
        for language in ("da", "en"):
            assert values[f"{text}_{language}"].endswith((".", "?")), (text, language)
    assert values["measure"] != "people" or values["unit"] == "persons"
    assert all(re.fullmatch(r"(IRIS\+ [A-Z]{2}\d{4}|WHO-5)", code) for code in values["references"])


@pytest.mark.parametrize("one", OUTCOMES, ids=lambda one: one.values["key"])
def test_an_outcome_says_what_is_wanted(one: object) -> None:
    values = one.values  # type: ignore[attr-defined]
    assert all(values[f"{text}_{language}"] for text in ("name", "what") for language in ("da", "en"))
    assert len(one.indicators) >= 2  # type: ignore[attr-defined]
