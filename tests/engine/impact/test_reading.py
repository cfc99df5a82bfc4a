"""Numbers as they are written, and files that cannot be read."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.engine.impact.reading import Fields, InputError, plain, read_file, rounded

from .cases import timeless


@timeless
@given(st.decimals(-(10**9), 10**9, places=5), st.integers(0, 4))
def test_rounding_is_half_away_from_nought(value: Decimal, places: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert rounded(Fraction(value), places) == f"{expected if expected else abs(expected):.{places}f}"


def test_nothing_is_minus_nought() -> None:
    assert rounded(Fraction(-1, 1000)) == "0.00"


@timeless
@given(st.decimals(-(10**9), 10**9, places=7))
def test_a_number_in_full_is_itself(value: Decimal) -> None:
    assert Decimal(plain(Fraction(value))) == value


def test_a_number_without_end_has_twelve_decimals() -> None:
    assert plain(Fraction(1, 3)) == "0.333333333333"


@pytest.mark.parametrize("text", ["12.50", " 12.5 ", "+12.5", 12.5, Decimal("12.5")])
def test_ways_to_write_a_number(text: object) -> None:
    value = Decimal(str(text)) if isinstance(text, float) else text
    assert Fields({"value": value}).number("value") == Fraction(25, 2)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "no JSON, line 1"),
        (b"[]", "the file: expected an object"),
        (b'{"a": NaN}', "NaN is no number"),
        (b'{"a": 1, "a": 2}', "a: is there twice"),
        (b"\xff\xfe\x00", "not written in UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": ' + b"9" * 5000 + b"}", "digits"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=told):
        read_file(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_file(tmp_path / "none.json")
