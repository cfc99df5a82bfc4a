"""Figures from raw parts, and how they are written."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.formats import number_format
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.effects.figures import in_words, value_of
from fyrtaarn.effects.forms.numbers import NumberField
from fyrtaarn.effects.models import IndicatorVersion

AMOUNTS = st.decimals(-1_000_000, 1_000_000, places=2)
PARTS = st.decimals("0.01", 1_000_000, places=2)


def version(measure: str, unit: str = "persons") -> IndicatorVersion:
    return IndicatorVersion(measure=measure, unit=unit)


@given(AMOUNTS, PARTS, st.integers(1, 1000))
def test_a_share_does_not_change_when_both_parts_grow_alike(above: Decimal, below: Decimal, times: int) -> None:
    share = version("share")
    assert value_of(share, above, below) == value_of(share, above * times, below * times)
    assert value_of(share, above, below) == value_of(version("mean"), above, below) * 100  # type: ignore[operator]


@given(AMOUNTS)
def test_what_is_written_lies_within_a_twentieth(amount: Decimal) -> None:
    with translation.override("en"):
        words = in_words(version("count", "kroner"), value_of(version("count"), amount, None))
    assert abs(Decimal(words.removesuffix(" kroner").replace(",", "")) - amount) <= Decimal("0.05")


@pytest.mark.parametrize(
    ("measure", "unit", "above", "below", "danish"),
    [
        ("share", "persons", "1", "3", "33,3 %"),
        ("share", "persons", "0", "3", "0 %"),
        ("mean", "points", "-5", "2", "-2,5 point"),
        ("count", "kroner", "1234567", None, "1.234.567 kroner"),
        ("people", "persons", "7", None, "7 personer"),
        ("count", "hours", "0.05", None, "0,1 timer"),
        ("count", "hours", "-0.05", None, "-0,1 timer"),
    ],
)
def test_figures_are_written_as_people_read_them(
    measure: str, unit: str, above: str, below: str | None, danish: str
) -> None:
    one = version(measure, unit)
    assert in_words(one, value_of(one, Decimal(above), Decimal(below) if below else None)) == danish


def test_what_is_not_known_is_not_nought() -> None:
    assert value_of(version("people"), None, None) is None
    assert value_of(version("share"), Decimal(1), None) is None
    assert in_words(version("people"), None) == ""
    assert in_words(version("people"), Fraction(0)) == "0 personer"


@pytest.mark.parametrize(
    ("language", "written", "number"),
    [
        ("da", "1.200", "1200"),
        ("da", "1.234.567,5", "1234567.5"),
        ("da", "-25.000,50", "-25000.50"),
        ("da", "12 500", "12500"),
        ("da", "1,5", "1.5"),
        ("da", "1.5", "1.5"),
        ("en", "1,200.50", "1200.50"),
        ("en", "1.5", "1.5"),
    ],
)
def test_numbers_are_read_as_people_write_them(language: str, written: str, number: str) -> None:
    with translation.override(language):
        assert NumberField().clean(written) == Decimal(number)


@pytest.mark.parametrize("written", ["1.20.0", "tolv", "NaN", "Infinity", "1e400", "1,234", "1,2,3", "\0"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        NumberField().clean(written)


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["da", "en"]))
def test_what_is_shown_can_be_written_again(number: Decimal, language: str) -> None:
    with translation.override(language):
        assert NumberField().clean(number_format(number, decimal_pos=2, force_grouping=True)) == number
