"""What the journal of a municipality holds of one who sits in its council."""

from datetime import timedelta
from typing import Any

import pytest

from fyrtaarn.council import actions
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.journal import entries_about
from tests.harness.people import make_user

from .conftest import Board, make_board, make_given, make_minutes

pytestmark = pytest.mark.django_db


def held(municipality: Any, person: Any) -> set[tuple[str, str]]:
    return {(entry.what, entry.text) for entry in entries_about(municipality, person=person)}


def test_a_members_seat_proposals_and_answers_to_minutes(board: Board) -> None:
    member = board.members[0]
    actions.propose(member, board.council, title="Flere bænke", text="Folk sidder ned.", show_name=False)
    actions.answer_minutes(member, make_minutes(board), approves=False, remark="Der mangler en dato.")
    texts = {text for _what, text in held(board.municipality, member)}
    assert {"Værkstedet", "Flere bænke\nFolk sidder ned.", "Der mangler en dato."} <= texts
    assert not held(board.municipality, make_user("Nora Nabo"))


def test_what_a_contact_person_has_answered_in_her_own_municipality(board: Board, koebenhavn: Any) -> None:
    given = make_given(board)
    actions.answer_advice(board.contact, given, "follows", "Det gør vi.")
    actions.tell_progress(board.contact, given, "done", "Det er sket.")
    make_board(koebenhavn)
    assert {"Det gør vi.", "Det er sket."} <= {text for _what, text in held(board.municipality, board.contact)}
    assert not held(koebenhavn, board.contact)
    days = [entry.at for entry in entries_about(board.municipality, person=board.contact)]
    assert days == sorted(days)
    assert days[-1] <= clock.now() + timedelta(minutes=1)
