"""What is known of an application before anybody has written a word of it, so that nothing is asked twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from fyrtaarn.areas.models import District
from fyrtaarn.foundation import clock
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.pitches.models import Pitch
from fyrtaarn.pools.models import Call
from fyrtaarn.portal.models import Challenge, Solution

from .models import Application, BottomLine, DeclaredAid, LinkedEnterprise

TEXTS = ("title", "what", "for_whom", "why", "future_economy", "shown")
USUAL_WAIT = timedelta(days=60)  # until an answer, where the call does not say by when
LONGEST_TITLE, LONGEST_GOAL = 150, 200
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Known:
    """The fields and rows that an application begins with."""

    fields: dict[str, Any]
    goals: Rows = field(default_factory=list)
    lines: Rows = field(default_factory=list)


def known_of(
    organisation: Organisation,
    call: Call,
    solution: Solution | None = None,
    challenge: Challenge | None = None,
    pitch: Pitch | None = None,
    title: str = "",
    text: str = "",
) -> Known:
    """What the organisation has told of itself, its solution and its pitch, and the municipality of its challenge."""
    heading = _first(title, solution and solution.title, pitch and pitch.title, challenge and challenge.title)
    fields = {
        "title": heading[:LONGEST_TITLE],
        "what": _first(text, solution and solution.what, pitch and pitch.solution, organisation.what),
        "for_whom": _first(
            solution and solution.for_whom,
            pitch and pitch.for_whom,
            challenge and challenge.whom,
            organisation.for_whom,
        ),
        "why": _first(pitch and pitch.problem, challenge and challenge.situation),
        "shown": _first(solution and solution.evidence),
        "district": _district(call, challenge, solution, organisation),
        **_period(call),
    }
    effect = _first(pitch and pitch.effect, challenge and challenge.change, solution and solution.evidence)
    goals = [{"bottom_line": BottomLine.PEOPLE, "text": _sentence(effect), "measure": "", "target": ""}]
    return Known(fields, goals if effect else [])


def known_of_carried(earlier: Application, call: Call) -> Known:
    """All that an earlier application said; its period only while it has not begun."""
    fields = {name: getattr(earlier, name) for name in TEXTS}
    here = earlier.municipality_id == call.pool.municipality_id
    fields["district"] = earlier.district if here else None
    still = earlier.starts is not None and earlier.starts > clock.today()
    fields |= {"starts": earlier.starts, "ends": earlier.ends} if still else _period(call)
    return Known(
        fields,
        [_values(goal, "bottom_line", "text", "measure", "target") for goal in earlier.goals.all()],
        [_values(line, "kind", "text", "oere", "source") for line in earlier.lines.all()],
    )


def latest_of(organisation: Organisation) -> tuple[Rows, Rows]:
    """The state aid that the organisation declared last, as far as it still counts, and its linked enterprises."""
    told = Application.objects.filter(organisation=organisation, aid_declared=True)
    latest = told.order_by("-updated", "-pk").first()
    if latest is None:
        return [], []
    today = clock.today()
    since = date(today.year - 3, today.month, min(today.day, 28))
    aid = DeclaredAid.objects.filter(application=latest, day__gt=since).order_by("pk")
    linked = LinkedEnterprise.objects.filter(application=latest).order_by("pk")
    return (
        [_values(one, "cvr", "giver", "day", "cents", "regime") for one in aid],
        [_values(one, "cvr", "name") for one in linked],
    )


def _values(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _first(*texts: Any) -> str:
    """The first that says something."""
    return next((text.strip() for text in texts if text and text.strip()), "")


def _sentence(text: str) -> str:
    """As many whole words of the text as a goal has room for."""
    if len(text) <= LONGEST_GOAL:
        return text
    return text[:LONGEST_GOAL].rsplit(" ", 1)[0]


def _district(call: Call, *sources: Any) -> District | None:
    """The district in the pool's municipality that the first source with just one there names."""
    for source in sources:
        if source is not None:
            here: Sequence[District] = source.districts.filter(municipality=call.pool.municipality_id).order_by("pk")[
                :2
            ]
            if len(here) == 1:
                return here[0]
    return None


def _period(call: Call) -> dict[str, date]:
    """A year from the first of the month after the answer is to come."""
    answered = call.answer_by or max(clock.today(), call.closes or clock.today()) + USUAL_WAIT
    starts = date(answered.year + answered.month // 12, answered.month % 12 + 1, 1)
    return {"starts": starts, "ends": starts.replace(year=starts.year + 1)}
