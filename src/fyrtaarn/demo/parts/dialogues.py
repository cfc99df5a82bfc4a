"""Dialogues in all states, told forwards as they would have been written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fyrtaarn.foundation.models import Step
from fyrtaarn.listings.models import Listing
from fyrtaarn.meetings.models import Meeting, MeetingSide, MeetingState, Message, Occasion, Reading
from fyrtaarn.portal.models import Challenge, Solution

from ..book import Book, Row
from ..moments import moment
from ..reading import rows
from ..story import step
from .index import listings
from .organisations import owners

SIDES = {"challenge": MeetingSide.SOUGHT, "solution": MeetingSide.OFFERED}
STATES = {  # agreed: open until the collaboration that came of it is loaded
    "invited": MeetingState.PROPOSED,
    "interested": MeetingState.PROPOSED,
    "open": MeetingState.OPEN,
    "agreed": MeetingState.OPEN,
    "declined": MeetingState.DECLINED,
    "ended": MeetingState.ENDED,
}
ASKING = {MeetingSide.SOUGHT: Occasion.INVITATION, MeetingSide.OFFERED: Occasion.INTEREST}
CLOSING = {MeetingState.DECLINED: Occasion.REFUSAL, MeetingState.ENDED: Occasion.CLOSING}
CLOSED_AFTER_DAYS = 3
READ_BY_NOW_DAYS = 10


@dataclass(frozen=True)
class Line:
    """One message before it is saved."""

    side: MeetingSide
    occasion: Occasion | str
    text: str
    at: datetime


@dataclass
class Dialogue:
    """A dialogue with what happened in it; `speakers` are primary keys of people."""

    meeting: Meeting
    lines: list[Line]
    speakers: dict[MeetingSide, int]


def load(book: Book) -> None:
    listed, owner = listings(), owners()
    contacts = dict(Challenge.objects.values_list("pk", "contact_id"))
    organisations = dict(Solution.objects.values_list("pk", "organisation_id"))
    dialogues = {}
    for row in book.new("meeting", rows("meetings")):
        sought = listed["challenge", book.pk("challenge", row["challenge"])]
        offered = listed["solution", book.pk("solution", row["solution"])]
        organisation = organisations[offered.subject_id]
        speakers = {MeetingSide.SOUGHT: contacts[sought.subject_id], MeetingSide.OFFERED: owner[organisation]}
        dialogues[row["key"]] = dialogue(row, sought, offered, organisation, speakers)
    meetings = {key: one.meeting for key, one in dialogues.items()}
    Meeting.objects.bulk_create(meetings.values())
    Message.objects.bulk_create(message for one in dialogues.values() for message in messages(one))
    Reading.objects.bulk_create(reading for one in dialogues.values() for reading in readings(one))
    Step.objects.bulk_create(line for one in dialogues.values() for line in steps(one))
    book.write("meeting", meetings)


def dialogue(
    row: Row, sought: Listing, offered: Listing, organisation: int, speakers: dict[MeetingSide, int]
) -> Dialogue:
    lines = list(told(row))
    asker = SIDES[row["opened_by"]]
    state = STATES[row["state"]]
    answers = [line for line in lines if line.side is not asker]
    closed = lines[-1] if row["closed_by"] else None
    meeting = Meeting(
        sought=sought,
        offered=offered,
        municipality_id=sought.municipality_id,
        department_id=sought.departments[0],
        organisation_id=organisation,
        opened_by=asker,
        opener_id=speakers[asker],
        state=state,
        created=lines[0].at,
        asked=lines[0].at,
        accepted=answers[0].at if answers and state != MeetingState.DECLINED else None,
        closed_by=closed.side if closed else "",
        closed=closed.at if closed else None,
        latest=lines[-1].at,
        latest_side=lines[-1].side,
    )
    return Dialogue(meeting, lines, speakers)


def told(row: Row) -> Iterator[Line]:
    """The messages in order, each with the occasion on which it was written."""
    asker, state = SIDES[row["opened_by"]], STATES[row["state"]]
    answered = False
    for turn, message in enumerate(row["messages"]):
        side = SIDES[message["side"]]
        occasion: Occasion | str = ASKING[asker] if turn == 0 else ""
        if side is not asker and not answered:
            occasion, answered = Occasion.ACCEPTANCE, True
        yield Line(side, occasion, message["text"], moment(message["days_ago"], row["key"], turn + 3))
    if row["closed_by"]:
        last = max(0, row["messages"][-1]["days_ago"] - CLOSED_AFTER_DAYS)
        at = moment(last, row["key"], len(row["messages"]) + 3)
        yield Line(SIDES[row["closed_by"]], CLOSING[state], row["closing_note"], at)


def messages(one: Dialogue) -> Iterator[Message]:
    for line in one.lines:
        yield Message(
            meeting=one.meeting,
            side=line.side,
            author_id=one.speakers[line.side],
            occasion=line.occasion,
            text=line.text,
            created=line.at,
        )


def readings(one: Dialogue) -> Iterator[Reading]:
    """Each has read what stood before her own latest message, and everything that is older than some days."""
    old = moment(READ_BY_NOW_DAYS, "")
    for side, person in one.speakers.items():
        read = [line.at for line in one.lines if line.side is side or line.at < old]
        if read:
            yield Reading(meeting=one.meeting, user_id=person, until=max(read))


def steps(one: Dialogue) -> Iterator[Step]:
    """The steps of the dialogue's state machine, by those who took them."""
    meeting, first, last = one.meeting, one.lines[0], one.lines[-1]
    yield step(meeting, "open", "", MeetingState.PROPOSED, by=one.speakers[first.side], at=first.at)
    if meeting.accepted:
        by = one.speakers[meeting.answering_side]
        yield step(meeting, "accept", MeetingState.PROPOSED, MeetingState.OPEN, by=by, at=meeting.accepted)
    by = one.speakers[last.side]
    if meeting.state == MeetingState.DECLINED:
        yield step(meeting, "decline", MeetingState.PROPOSED, MeetingState.DECLINED, by=by, at=last.at)
    elif meeting.state == MeetingState.ENDED:
        source = MeetingState.OPEN if meeting.accepted else MeetingState.PROPOSED
        yield step(meeting, "end", source, MeetingState.ENDED, by=by, at=last.at)
