"""Bars of money, drawn on the server: each bar has its words and its amount, so that no colour is needed."""

from collections.abc import Iterable
from dataclasses import dataclass

from fyrtaarn.foundation.money import kroner

WIDTH = 360
ROW = 44
BAR_TOP = 22


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands, how long it is, what is written above it."""

    label: str
    amount: str
    y: int
    bar_y: int
    width: int


@dataclass(frozen=True)
class Chart:
    """Bars below each other, in a drawing of WIDTH by `height`."""

    title: str
    bars: list[Bar]
    width: int = WIDTH

    @property
    def height(self) -> int:
        return ROW * len(self.bars) + 4


def bars(title: str, amounts: Iterable[tuple[str, int]]) -> Chart:
    """A chart of amounts in øre; the longest bar fills the width, and what is below zero has none."""
    rows = list(amounts)
    longest = max((oere for _label, oere in rows), default=0)
    return Chart(
        title,
        [
            Bar(
                label,
                kroner(oere),
                ROW * place + 15,
                ROW * place + BAR_TOP,
                round(WIDTH * max(oere, 0) / longest) if longest > 0 else 0,
            )
            for place, (label, oere) in enumerate(rows)
        ],
    )
