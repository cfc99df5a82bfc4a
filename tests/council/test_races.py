"""What people may do in the council at the same moment."""

import pytest

from fyrtaarn.council import actions
from fyrtaarn.council.models import Advice, AgendaItem, Council, CouncilMember, MinutesWording
from fyrtaarn.council.reminders import remind_of_answers
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import WrongState
from tests.harness.people import make_employee, make_user
from tests.harness.races import at_once

from .conftest import Board, make_given, make_held, make_meeting, make_minutes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("attempt", range(2))
def test_the_deciding_members_approve_at_once(board: Board, attempt: int) -> None:
    wording = make_minutes(board)
    at_once(*[lambda member=member: actions.answer_minutes(member, wording, approves=True) for member in board.members])
    found = MinutesWording.objects.get()
    assert (found.state, found.yes_count) == ("approved", 2)
    assert Notice.objects.filter(kind="council.approved").count() == 4


def test_a_correction_meets_the_last_yes(board: Board) -> None:
    first = make_minutes(board)
    actions.answer_minutes(board.members[0], first, approves=True)
    at_once(
        lambda: actions.answer_minutes(board.members[1], first, approves=True),
        lambda: actions.write_minutes(board.secretary, first.meeting, "Andet", "Fordi", 1),
    )
    states = dict(MinutesWording.objects.values_list("number", "state"))
    assert states in ({1: "approved", 2: "waiting"}, {1: "replaced", 2: "waiting"})


def test_two_secretaries_write_at_once(board: Board) -> None:
    meeting = make_held(board)
    outcomes = at_once(
        lambda: actions.write_minutes(board.secretary, meeting, "Fra den ene", "", 0),
        lambda: actions.write_minutes(board.secretary, meeting, "Fra den anden", "", 0),
    )
    assert len([one for one in outcomes if isinstance(one, WrongState)]) == 1


def test_two_are_given_a_seat_at_once(board: Board) -> None:
    seat, today = actions.add_seat(board.secretary, board.council, "politician"), clock.today()
    outcomes = at_once(
        *[
            lambda person=person: actions.seat_member(
                board.secretary, seat, person, affiliation="", starts=today, ends=None
            )
            for person in [make_user() for _number in range(3)]
        ]
    )
    assert len([one for one in outcomes if isinstance(one, CouncilMember)]) == 1
    assert CouncilMember.objects.filter(seat=seat).count() == 1


def test_two_colleagues_answer_at_once(board: Board) -> None:
    given = make_given(board)
    outcomes = at_once(
        lambda: actions.answer_advice(board.contact, given, "follows", "Ja."),
        lambda: actions.answer_advice(board.lead, given, "not", "Nej."),
    )
    assert len([one for one in outcomes if isinstance(one, WrongState)]) == 1
    assert (Advice.objects.get().stance, Advice.objects.get().answer) in {("follows", "Ja."), ("not", "Nej.")}


def test_items_are_added_at_once(board: Board) -> None:
    meeting = make_meeting(board)
    outcomes = at_once(
        *[lambda: actions.add_item(board.secretary, meeting, title="Nyt", text="") for _number in range(3)]
    )
    assert not [one for one in outcomes if isinstance(one, Exception)]
    assert sorted(AgendaItem.objects.values_list("position", flat=True)) == [1, 2, 3, 4]


def test_workers_remind_once(board: Board) -> None:
    make_given(board, days=-3)
    at_once(remind_of_answers, remind_of_answers)
    assert Notice.objects.filter(kind="council.due").count() == 2


def test_two_secretaries_begin_a_council_at_once(koebenhavn: object) -> None:
    fields = {"name": "Rådet", "purpose": "Råder.", "answer_days": 30}
    people = [make_employee(koebenhavn, "council_secretary") for _number in range(2)]
    outcomes = at_once(*[lambda person=person: actions.found_council(person, koebenhavn, fields) for person in people])
    assert len([one for one in outcomes if isinstance(one, Refused)]) == 1
    assert Council.objects.count() == 1
