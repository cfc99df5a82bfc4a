"""The picture: boxes that do not overlap, arrows that lead to them, and every word inside its box."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.effects.models import Plan
from fyrtaarn.effects.theory import WIDTH, draw

TEXTS = st.text(max_size=400)
OUTCOMES = st.lists(st.tuples(st.text(min_size=1, max_size=120), st.lists(TEXTS, max_size=4)), max_size=5)


@given(TEXTS, TEXTS, OUTCOMES)
def test_every_plan_can_be_drawn(does: str, for_whom: str, outcomes: list[tuple[str, list[str]]]) -> None:
    picture = draw(Plan(does=does, for_whom=for_whom), outcomes)
    boxes = [*picture.boxes, *picture.outcomes]
    assert len(picture.outcomes) == len(outcomes)
    assert len(picture.arrows) == len(boxes) - 1
    assert all(above.y + above.height < below.y for above, below in pairwise(boxes))
    assert boxes[-1].y + boxes[-1].height <= picture.height
    for box in boxes:
        assert box.x >= 0
        assert box.x + box.width <= WIDTH
        assert all(box.y < line.y < box.y + box.height for line in box.lines)


def test_what_is_not_written_yet_is_said() -> None:
    picture = draw(Plan(), [("I arbejde", [])])
    words = [line.text for box in (*picture.boxes, *picture.outcomes) for line in box.lines]
    assert words == ["Hvad vi gør", "Ikke skrevet endnu", "I arbejde", "Ingen indikator endnu"]
