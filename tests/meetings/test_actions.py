"""Asking, answering, writing, ending and opening again."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState, steps_of
from fyrtaarn.meetings import actions
from fyrtaarn.meetings.models import Meeting, Message

from .conftest import Pair

pytestmark = pytest.mark.django_db


def interest(pair: Pair, text: str = "Vi har plads til fire.") -> Meeting:
    return actions.open_meeting(pair.owner, pair.sought, pair.offered, text)


def told(kind: str) -> set[Any]:
    return {notice.recipient.name for notice in Notice.objects.filter(kind=kind).select_related("recipient")}


def test_shown_interest_reaches_the_department_with_its_message(pair: Pair) -> None:
    meeting = interest(pair)
    assert (meeting.state, meeting.opened_by, meeting.latest_side) == ("proposed", "offered", "offered")
    assert meeting.department == pair.department
    assert meeting.organisation == pair.organisation
    message = meeting.messages.get()
    assert (message.text, message.occasion) == ("Vi har plads til fire.", "interest")
    assert told("meetings.asked") == {"Eva Redaktør", "Karl Kontakt"}
    assert [(s.name, s.source, s.target, s.by) for s in steps_of(meeting)] == [("open", "", "proposed", pair.owner)]


def test_an_invitation_reaches_the_whole_team(pair: Pair) -> None:
    actions.open_meeting(pair.editor, pair.sought, pair.offered, "Vil I være med?")
    assert told("meetings.asked") == {"Olga Ejer", "Mads Medlem"}


def test_a_yes_opens_the_dialogue_and_a_colleague_may_give_it(pair: Pair) -> None:
    meeting = actions.accept(pair.colleague, interest(pair), "Kom forbi på tirsdag.")
    assert meeting.state == "open"
    assert meeting.accepted is not None
    assert meeting.messages.last().text == "Kom forbi på tirsdag."
    assert told("meetings.answered") == {"Olga Ejer", "Mads Medlem"}


def test_a_yes_needs_no_words(pair: Pair) -> None:
    assert actions.accept(pair.editor, interest(pair)).messages.count() == 1


@pytest.mark.parametrize("text", ["", "   \n"])
def test_a_no_needs_words(pair: Pair, text: str) -> None:
    meeting = interest(pair)
    with pytest.raises(ReasonMissing):
        actions.decline(pair.editor, meeting, text)
    assert Meeting.objects.get().state == "proposed"


def test_a_no_is_told_and_closes(pair: Pair) -> None:
    meeting = actions.decline(pair.editor, interest(pair), "Tak, men ikke nu.")
    assert (meeting.state, meeting.closed_by) == ("declined", "sought")
    assert told("meetings.ended") == {"Olga Ejer", "Mads Medlem"}


def test_nobody_answers_herself(pair: Pair) -> None:
    meeting = interest(pair)
    for action in (actions.accept, actions.decline):
        with pytest.raises(Refused):
            action(pair.member, meeting, "ja")
    assert Meeting.objects.get().state == "proposed"


def test_a_question_from_both_sides_is_a_yes(pair: Pair) -> None:
    interest(pair)
    meeting = actions.open_meeting(pair.editor, pair.sought, pair.offered, "Vil I være med?")
    assert meeting.state == "open"
    assert [m.text for m in meeting.messages.all()] == ["Vi har plads til fire.", "Vil I være med?"]


def test_a_colleagues_question_joins_the_first(pair: Pair) -> None:
    first = interest(pair)
    second = actions.open_meeting(pair.member, pair.sought, pair.offered, "Vi har også en bil.")
    assert second == first
    assert second.state == "proposed"
    assert second.messages.count() == 2


def test_only_the_side_that_asked_writes_before_the_answer(pair: Pair) -> None:
    meeting = interest(pair)
    actions.write(pair.member, meeting, "Vi kan begynde i maj.")
    with pytest.raises(Refused):
        actions.write(pair.editor, meeting, "Hvad koster det?")


def test_files_hang_on_their_message_and_strangers_cannot_open_them(pair: Pair) -> None:
    from fyrtaarn.foundation.files import files_of, may_read

    meeting = actions.accept(pair.editor, interest(pair))
    note = SimpleUploadedFile("plan.txt", "Uge 1: vi mødes.".encode())
    actions.write(pair.owner, meeting, "Se planen.", [note])
    stored = files_of(meeting.messages.get(text="Se planen.")).get()
    assert stored.name == "plan.txt"
    assert may_read(pair.colleague, stored)
    assert not may_read(pair.stranger, stored)


def test_a_file_that_cannot_be_kept_keeps_the_message_unsent(pair: Pair) -> None:
    from django.core.exceptions import ValidationError

    meeting = actions.accept(pair.editor, interest(pair))
    with pytest.raises(ValidationError):
        actions.write(pair.owner, meeting, "Se filen.", [SimpleUploadedFile("x.exe", b"MZ\x00\x01")])
    assert not Message.objects.filter(text="Se filen.").exists()


def test_who_has_not_read_the_first_message_is_not_told_of_the_second(pair: Pair) -> None:
    meeting = actions.accept(pair.editor, interest(pair), "Velkommen.")
    actions.mark_read(pair.owner, meeting, meeting.messages.last())
    actions.write(pair.editor, meeting, "Hvornår passer det?")
    assert told("meetings.message") == {"Olga Ejer"}  # Mads has not read the answer of which he was told
    actions.write(pair.editor, meeting, "Vi kan om tirsdagen.")
    assert Notice.objects.filter(kind="meetings.message").count() == 1


def test_ending_is_for_both_and_what_was_said_stays(pair: Pair) -> None:
    meeting = actions.accept(pair.editor, interest(pair))
    meeting = actions.end(pair.member, meeting, "Tak for snakken.")
    assert (meeting.state, meeting.closed_by) == ("ended", "offered")
    assert meeting.messages.count() == 2
    with pytest.raises(Refused):
        actions.write(pair.editor, meeting, "Øv.")
    with pytest.raises(WrongState):
        actions.end(pair.editor, meeting, "Tak.")


def test_who_ended_opens_again_at_once(pair: Pair) -> None:
    meeting = actions.end(pair.owner, actions.accept(pair.editor, interest(pair)), "Tak for nu.")
    meeting = actions.open_again(pair.member, meeting, "Nu har vi plads igen.")
    assert (meeting.state, meeting.closed, meeting.closed_by) == ("open", None, "")


def test_the_other_side_asks_again_but_not_the_day_after(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    from fyrtaarn.foundation import clock

    meeting = actions.decline(pair.editor, interest(pair), "Ikke nu.")
    with pytest.raises(Refused) as refusal:
        actions.open_again(pair.owner, meeting, "Og nu?")
    assert str(clock.now().year) in str(refusal.value.reason) or "1" in str(refusal.value.reason)
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    meeting = actions.open_meeting(pair.owner, pair.sought, pair.offered, "Og nu?")
    assert (meeting.state, meeting.opened_by, meeting.asked) == ("proposed", "offered", later)
    assert meeting.messages.count() == 3


def test_a_question_that_was_taken_back_is_asked_again_not_forced(pair: Pair) -> None:
    meeting = actions.end(pair.owner, interest(pair), "Det var en fejl.")
    meeting = actions.open_again(pair.owner, meeting, "Nu er vi klar.")
    assert meeting.state == "proposed"


def test_reading_never_goes_back(pair: Pair) -> None:
    meeting = actions.accept(pair.editor, interest(pair), "Velkommen.")
    first, last = meeting.messages.first(), meeting.messages.last()
    actions.mark_read(pair.member, meeting, last)
    actions.mark_read(pair.member, meeting, first)
    assert meeting.readings.get(user=pair.member).until == last.created


def test_strangers_do_nothing(pair: Pair) -> None:
    meeting = interest(pair)
    for act in (
        lambda: actions.open_meeting(pair.stranger, pair.sought, pair.offered, "Hej"),
        lambda: actions.accept(pair.stranger, meeting),
        lambda: actions.decline(pair.stranger, meeting, "Nej"),
        lambda: actions.write(pair.stranger, meeting, "Hej"),
        lambda: actions.end(pair.stranger, meeting, "Slut"),
        lambda: actions.mark_read(pair.stranger, meeting, meeting.messages.get()),
    ):
        with pytest.raises(Refused):
            act()
    assert Message.objects.count() == 1


def test_an_agreement_and_its_end_are_followed(pair: Pair) -> None:
    meeting = actions.accept(pair.editor, interest(pair))
    actions.agree(pair.owner, meeting)
    assert Meeting.objects.get().state == "agreed"
    actions.write(pair.owner, meeting, "Vi ses.")
    actions.conclude(pair.owner, meeting)
    assert Meeting.objects.get().state == "open"
