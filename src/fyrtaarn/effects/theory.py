"""The theory of change as a picture: what is done, for whom, what shall be different, and how it will show.

Places and sizes are in the picture's own units; the template draws them, and the same words stand below the picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.translation import gettext as _

from .models import Plan

WIDTH = 440
TRUNK = 18  # where the line runs from what is done to the outcomes
INDENT = 48
LINE = 20
PADDING = 14
GAP = 22
LETTERS = {0: 54, INDENT: 48}  # how many fit on a line of a box that begins there
MOST_LINES = 5


@dataclass(frozen=True)
class Line:
    """One line of text and where it stands; the first lines of a box are its `title`."""

    x: int
    y: int
    text: str
    is_title: bool


@dataclass(frozen=True)
class Box:
    """One step of the theory."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[Line, ...]

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


@dataclass(frozen=True)
class Picture:
    """The boxes from above, and the arrows as paths: each outcome hangs on the trunk below what is done."""

    boxes: tuple[Box, ...]
    outcomes: tuple[Box, ...]

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        last = (self.outcomes or self.boxes)[-1]
        return last.y + last.height + 2

    @property
    def arrows(self) -> list[str]:
        down = [
            f"M{WIDTH // 2} {above.y + above.height}V{below.y - 6}"
            for above, below in zip(self.boxes, self.boxes[1:], strict=False)
        ]
        from_here = self.boxes[-1].y + self.boxes[-1].height
        return down + [f"M{TRUNK} {from_here}V{box.middle}H{INDENT - 6}" for box in self.outcomes]


def draw(plan: Plan, outcomes: Sequence[tuple[str, Sequence[str]]]) -> Picture:
    """The picture of a plan; each outcome with what its indicators say."""
    boxes: list[Box] = []
    for title, text in ((_("What we do"), plan.does), (_("For whom"), plan.for_whom)):
        if text.strip() or not boxes:
            boxes.append(_box(0, _below(boxes), title, [text.strip() or _("Not written yet")]))
    shown: list[Box] = []
    for title, indicators in outcomes:
        shown.append(_box(INDENT, _below(shown or boxes), title, indicators or [_("No indicator yet")]))
    return Picture(tuple(boxes), tuple(shown))


def _below(boxes: Sequence[Box]) -> int:
    return boxes[-1].y + boxes[-1].height + GAP if boxes else 2


def _box(x: int, y: int, title: str, texts: Sequence[str]) -> Box:
    titles = wrap(title, LETTERS[x])
    words = [line for text in texts for line in wrap(text, LETTERS[x], max_lines=MOST_LINES, placeholder=" …")]
    lines = tuple(
        Line(x + PADDING, y + PADDING + LINE * number + 14, text, number < len(titles))
        for number, text in enumerate([*titles, *words])
    )
    return Box(x + 1, y, WIDTH - x - 2, 2 * PADDING + LINE * len(lines), lines)
