"""Contrast as WCAG defines it, and accents that stay readable whatever a municipality chooses."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.foundation import colours
from fyrtaarn.foundation.colours import accent_stylesheet, contrast, readable, soft

STYLESHEET = Path(colours.__file__).parent / "static/fyrtaarn/fyrtaarn.css"
hexes = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        # the ends of the scale, and values that WebAIM's contrast checker gives
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_of_known_pairs(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@given(hexes, hexes)
def test_contrast_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


@given(hexes)
def test_any_accent_can_be_read(colour: str) -> None:
    accent = readable(colour)
    assert all(contrast(accent, ground) >= 4.5 for ground in (colours.WHITE, colours.PAPER, soft(accent)))


@given(hexes)
def test_a_readable_colour_is_left_as_it_is(colour: str) -> None:
    assert readable(readable(colour)) == readable(colour)


def test_the_stylesheet_holds_the_same_accent_as_a_municipality_that_chose_none() -> None:
    ours = dict(re.findall(r"(--accent[a-z-]*): (#\w+);", STYLESHEET.read_text()))
    assert dict(re.findall(r"(--accent[a-z-]*): (#\w+);", accent_stylesheet("#0f5a6e"))) == ours
    assert f"--paper: {colours.PAPER};" in STYLESHEET.read_text()
