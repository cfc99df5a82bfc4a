"""A council with a secretary, three members and a department that it advises."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from tests.harness.people import make_department, make_employee, make_user


@dataclass
class Board:
    """The council and its people."""

    municipality: Any
    council: Any
    secretary: Any
    members: list[Any]
    department: Any
    contact: Any
    lead: Any


def make_board(municipality: Any, members: int = 3) -> Board:
    from fyrtaarn.council import actions
    from fyrtaarn.foundation import clock

    secretary: Any = make_employee(municipality, "council_secretary", name="Sigrid Sekretær")
    department = make_department(municipality)
    fields = {"name": "Det sociale virksomhedsråd", "purpose": "Råder kommunen.", "answer_days": 30}
    council = actions.found_council(secretary, municipality, fields)
    people: list[Any] = [make_user(f"Medlem {number}") for number in range(1, members + 1)]
    for person in people:
        seat = actions.add_seat(secretary, council, "social_enterprise")
        begun = clock.today() - timedelta(days=400)
        actions.seat_member(secretary, seat, person, affiliation="Værkstedet", starts=begun, ends=None)
    return Board(
        municipality,
        council,
        secretary,
        people,
        department,
        contact=make_employee(municipality, "contact_person", department, name="Kirsten Kontakt"),
        lead=make_employee(municipality, "department_lead", department, name="Lars Leder"),
    )


@pytest.fixture
def board(kolding: Any) -> Board:
    return make_board(kolding)


def when(days: int = 14, **fields: Any) -> dict[str, Any]:
    """The fields of a meeting that begins so many days from now."""
    from fyrtaarn.foundation import clock

    starts = clock.now() + timedelta(days=days)
    return {
        "title": "Møde i rådet",
        "starts": starts,
        "ends": starts + timedelta(hours=2),
        "place": "Rådhuset, lokale 3",
        "open_to_all": True,
        **fields,
    }


def make_meeting(board: Board, **fields: Any) -> Any:
    """A meeting that is being prepared, with one item."""
    from fyrtaarn.council import actions

    meeting = actions.plan_meeting(board.secretary, board.council, when(**fields))
    actions.add_item(board.secretary, meeting, title="Velkommen", text="")
    return meeting


def make_called(board: Board, **fields: Any) -> Any:
    from fyrtaarn.council import actions

    return actions.call_meeting(board.secretary, make_meeting(board, **fields))


def make_held(board: Board) -> Any:
    """A called meeting that was held yesterday."""
    from fyrtaarn.council.models import CouncilMeeting

    meeting = make_called(board)
    moved = when(-1)
    CouncilMeeting.objects.filter(pk=meeting.pk).update(starts=moved["starts"], ends=moved["ends"])
    meeting.refresh_from_db()
    return meeting


def make_minutes(board: Board, text: str = "Alle var der.") -> Any:
    from fyrtaarn.council import actions

    return actions.write_minutes(board.secretary, make_held(board), text, "", 0)


def advice_fields(board: Board, **fields: Any) -> dict[str, Any]:
    return {
        "department": board.department,
        "meeting": None,
        "title": "Brug de tomme lokaler",
        "text": "Lad foreninger og virksomheder bruge dem om aftenen.",
        "themes": [],
        "goals": [],
        **fields,
    }


def make_advice(board: Board, **fields: Any) -> Any:
    """A draft."""
    from fyrtaarn.council import actions

    return actions.draft_advice(board.secretary, board.council, advice_fields(board, **fields))


def make_given(board: Board, days: int = 30, **fields: Any) -> Any:
    """Advice that waits for an answer; with negative days it is late."""
    from fyrtaarn.council import actions
    from fyrtaarn.council.models import Advice
    from fyrtaarn.foundation import clock

    draft = make_advice(board, **fields)
    given = actions.give_advice(board.secretary, draft, clock.today() + timedelta(days=30), draft.version)
    Advice.objects.filter(pk=given.pk).update(due=clock.today() + timedelta(days=days))
    given.refresh_from_db()
    return given
