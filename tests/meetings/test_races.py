"""What two people may do at the same moment in a dialogue."""

import pytest

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import WrongState, steps_of
from fyrtaarn.meetings import actions
from fyrtaarn.meetings.models import Meeting, Reading
from fyrtaarn.meetings.reminders import remind_those_asked
from tests.harness.races import at_once

from .conftest import Pair

pytestmark = pytest.mark.django_db(transaction=True)


def texts(meeting: Meeting) -> set[str]:
    return set(meeting.messages.values_list("text", flat=True))


@pytest.mark.parametrize("attempt", range(3))
def test_two_colleagues_show_interest_at_once(pair: Pair, attempt: int) -> None:
    at_once(
        lambda: actions.open_meeting(pair.owner, pair.sought, pair.offered, "Fra Olga"),
        lambda: actions.open_meeting(pair.member, pair.sought, pair.offered, "Fra Mads"),
    )
    meeting = Meeting.objects.get()
    assert meeting.state == "proposed"
    assert texts(meeting) == {"Fra Olga", "Fra Mads"}


@pytest.mark.parametrize("attempt", range(3))
def test_both_sides_ask_at_once(pair: Pair, attempt: int) -> None:
    at_once(
        lambda: actions.open_meeting(pair.owner, pair.sought, pair.offered, "Må vi?"),
        lambda: actions.open_meeting(pair.editor, pair.sought, pair.offered, "Vil I?"),
    )
    meeting = Meeting.objects.get()
    assert meeting.state == "open"
    assert texts(meeting) == {"Må vi?", "Vil I?"}
    assert [step.name for step in steps_of(meeting)] == ["open", "accept"]


@pytest.mark.parametrize("attempt", range(3))
def test_yes_and_no_at_once_give_one_answer(pair: Pair, attempt: int) -> None:
    meeting = actions.open_meeting(pair.owner, pair.sought, pair.offered, "Må vi?")
    outcomes = at_once(
        lambda: actions.accept(pair.editor, meeting, "Ja tak"),
        lambda: actions.decline(pair.colleague, meeting, "Nej tak"),
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert [type(fault) for fault in refused] == [WrongState]
    meeting.refresh_from_db()
    assert texts(meeting) == {"Må vi?", "Ja tak" if meeting.state == "open" else "Nej tak"}


def test_messages_at_once_are_both_kept_in_one_order(pair: Pair) -> None:
    meeting = actions.accept(pair.editor, actions.open_meeting(pair.owner, pair.sought, pair.offered, "Må vi?"))
    people = (pair.editor, pair.colleague, pair.owner, pair.member)
    at_once(*[lambda person=person: actions.write(person, meeting, f"Fra {person}") for person in people])
    assert meeting.messages.count() == 5
    rows = list(meeting.messages.order_by("created").values_list("pk", flat=True))
    assert rows == sorted(rows)


def test_reading_twice_at_once_is_one_reading(pair: Pair) -> None:
    meeting = actions.open_meeting(pair.owner, pair.sought, pair.offered, "Må vi?")
    message = meeting.messages.get()
    outcomes = at_once(*[lambda: actions.mark_read(pair.editor, meeting, message)] * 3)
    assert outcomes == [None] * 3
    assert Reading.objects.filter(user=pair.editor).count() == 1


def test_reading_while_one_answers_waits_for_the_answer(pair: Pair) -> None:
    meeting = actions.accept(pair.editor, actions.open_meeting(pair.owner, pair.sought, pair.offered, "Må vi?"))
    message = meeting.messages.get()
    for _ in range(20):
        Reading.objects.all().delete()
        outcomes = at_once(
            lambda: actions.mark_read(pair.editor, meeting, message),
            lambda: actions.write(pair.editor, meeting, "Kom forbi."),
        )
        assert not [one for one in outcomes if isinstance(one, Exception)]


def test_two_workers_remind_once(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    from fyrtaarn.foundation import clock
    from fyrtaarn.foundation.models import Notice

    actions.open_meeting(pair.owner, pair.sought, pair.offered, "Må vi?")
    later = clock.now() + timedelta(days=16)
    monkeypatch.setattr(clock, "now", lambda: later)
    at_once(*[remind_those_asked] * 3)
    remind_those_asked()
    told = Notice.objects.filter(kind="meetings.waiting").values_list("recipient", flat=True)
    assert sorted(told) == sorted([pair.editor.pk, pair.colleague.pk])
