"""The figures of a board: each counts introductions that those in charge can look up, and leaves none out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from fyrtaarn.areas.models import District

from .models import Introduction, IntroductionState, Outcome


@dataclass(frozen=True)
class BoardFigures:
    """What became of the introductions that were sent. The parts do not overlap, and add up to `sent`."""

    sent: int
    waiting: int  # not all have answered yes
    stopped: int  # did not come about, or were not answered in time
    under_way: int  # all have said yes, and nothing is noted yet
    agreement: int
    going_on: int
    nothing: int


def count_outcomes(rows: Iterable[tuple[str, str]]) -> BoardFigures:
    """Count introductions by their state and outcome; drafts are not counted."""
    states, outcomes = Counter[str](), Counter[str]()
    for state, outcome in rows:
        states[state] += 1
        if state == IntroductionState.CONCLUDED:
            outcomes[outcome] += 1
    return BoardFigures(
        sent=sum(states.values()) - states[IntroductionState.DRAFT],
        waiting=states[IntroductionState.PROPOSED],
        stopped=states[IntroductionState.WITHDRAWN] + states[IntroductionState.EXPIRED],
        under_way=states[IntroductionState.ACCEPTED] + states[IntroductionState.MET],
        agreement=outcomes[Outcome.AGREEMENT],
        going_on=outcomes[Outcome.GOING_ON],
        nothing=outcomes[Outcome.NOTHING],
    )


def figures_of(district: District) -> BoardFigures:
    """The figures of a district's introductions, as far as the reader may see them."""
    own = Introduction.objects.filter(district=district).order_by()
    return count_outcomes(own.values_list("state", "outcome"))
