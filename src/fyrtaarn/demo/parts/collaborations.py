"""Collaborations in all states: terms that the parties have said yes to, reviews, status and experience."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from fyrtaarn.agreements.models import (
    Acceptance,
    Agreement,
    AgreementState,
    Course,
    Party,
    Review,
    StatusUpdate,
    Wording,
    WordingState,
    terms_of,
)
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Step
from fyrtaarn.listings.models import Listing
from fyrtaarn.meetings.models import Meeting, MeetingState

from ..book import Book, Row, Words
from ..moments import moment
from ..reading import rows
from ..story import step
from .index import listings
from .organisations import owners

DRAFTED_DAYS = 5  # how long ago the drafts and proposals that wait were begun
ANSWER_DAYS = 2
BEFORE_START_DAYS = 10
CLOSING_STEPS = {AgreementState.COMPLETED: "complete", AgreementState.ENDED: "end"}


@dataclass
class Collaboration:
    """An agreement with all that belongs to it, not yet saved; the first party proposed it."""

    row: Row
    agreement: Agreement
    parties: list[Party]
    wording: Wording | None
    made: datetime
    agreed: datetime | None  # when the last party said yes
    closed: datetime | None

    @property
    def people(self) -> list[int]:
        return [party.contact_id for party in self.parties if party.contact_id is not None]


def load(book: Book) -> None:
    words, listed = Words.read(), listings()
    talked = {row["key"]: row["messages"][-1]["days_ago"] for row in rows("meetings")}
    new = [
        collaboration(row, talked.get(row["meeting"]), book, words, listed)
        for row in book.new("collaboration", rows("collaborations"))
    ]
    Agreement.objects.bulk_create(one.agreement for one in new)
    Party.objects.bulk_create(party for one in new for party in one.parties)
    Wording.objects.bulk_create(one.wording for one in new if one.wording)
    Acceptance.objects.bulk_create(yes for one in new for yes in acceptances(one))
    Review.objects.bulk_create(review for one in new for review in reviews(one))
    StatusUpdate.objects.bulk_create(update for one in new for update in updates(one))
    meetings = Meeting.objects.in_bulk([one.agreement.meeting_id for one in new if one.agreement.meeting_id])
    for one in new:
        if one.agreement.meeting_id:
            follow(meetings[one.agreement.meeting_id], one)
    Meeting.objects.bulk_update(meetings.values(), ["state", "closed", "closed_by"])
    Step.objects.bulk_create(line for one in new for line in steps(one))
    book.write("collaboration", {one.row["key"]: one.agreement for one in new})


def collaboration(
    row: Row, talked: int | None, book: Book, words: Words, listed: dict[tuple[str, int], Listing]
) -> Collaboration:
    """`talked`: for how many days the dialogue before it has been silent, if there was one."""
    key, state = row["key"], AgreementState(row["state"])
    waiting = state in (AgreementState.DRAFT, AgreementState.PROPOSED)
    days = DRAFTED_DAYS if waiting else talked if talked is not None else row["starts_days_ago"] + BEFORE_START_DAYS
    made = moment(days, key, turn=9)
    agreed = None if waiting else moment(max(0, days - ANSWER_DAYS), key, turn=10)
    closed = moment(-row["ends_in_days"], key, turn=11) if state in CLOSING_STEPS else None
    agreement = Agreement(
        title=row["title"],
        goal=row["goal"],
        promised_effect=row["promised_effect"],
        starts=day_of(-row["starts_days_ago"]),
        ends=day_of(row["ends_in_days"]),
        public=row["public"],
        municipality=words.municipalities[row["municipality"]],
        meeting_id=book.pk("meeting", row["meeting"]) if row["meeting"] else None,
        sought=listed["challenge", book.pk("challenge", row["challenge"])] if row["challenge"] else None,
        offered=listed["solution", book.pk("solution", row["solution"])] if row["solution"] else None,
        state=state,
        closed=closed and closed.date(),
        created=made,
        updated=closed or agreed or made,
        **(row["experience"] or {}),
    )
    parties = list(parties_of(row, agreement, book, words))
    one = Collaboration(row, agreement, parties, None, made, agreed, closed)
    agreement.created_by_id = one.people[0]
    if state != AgreementState.DRAFT:
        one.wording = Wording(
            agreement=agreement,
            number=1,
            state=WordingState.IN_FORCE if agreed else WordingState.PROPOSED,
            proposed_by_id=one.people[0],
            proposed=made,
            settled=agreed,
            settled_by_id=one.people[-1] if agreed else None,
            **terms_of(agreement),
        )
    return one


def day_of(in_days: int) -> date:
    return clock.today() + timedelta(days=in_days)


def parties_of(row: Row, agreement: Agreement, book: Book, words: Words) -> Iterator[Party]:
    """The parties in order, each with the contact whom the content names, else one who speaks for it."""
    owner = owners()
    contacts = {(p["municipality"], p["department"]): p["contacts"][0] for p in rows("department_profiles")}
    for party in row["parties"]:
        named = book.pk("person", party["contact"]) if party["contact"] else None
        if "department" in party:
            place = (row["municipality"], party["department"])
            contact = named or book.pk("person", contacts[place])
            yield Party(agreement=agreement, department=words.departments[place], contact_id=contact)
        else:
            organisation = book.pk("organisation", party["organisation"])
            yield Party(agreement=agreement, organisation_id=organisation, contact_id=named or owner[organisation])


def acceptances(one: Collaboration) -> Iterator[Acceptance]:
    """The first party's yes came with the proposal, the others' when it was agreed."""
    if one.wording is None:
        return
    for number, (party, person) in enumerate(zip(one.parties, one.people, strict=True)):
        at = one.agreed if number else one.made
        if at is not None:
            yield Acceptance(wording=one.wording, party=party, by_id=person, at=at)


def reviews(one: Collaboration) -> Iterator[Review]:
    """Past reviews have been held, and found what the status nearest in time tells."""
    told = one.row["updates"]
    for number, row in enumerate(one.row["reviews"]):
        review = Review(agreement=one.agreement, due=day_of(row["in_days"]), question=row["note"])
        if row["in_days"] < 0 and told:
            nearest = min(told, key=lambda update: abs(update["days_ago"] + row["in_days"]))
            review.held, review.held_by_id = review.due, one.people[number % len(one.people)]
            review.outcome, review.note = Course(nearest["status"]), nearest["text"]
        yield review


def updates(one: Collaboration) -> Iterator[StatusUpdate]:
    """The parties take turns, the last of them first."""
    for number, row in enumerate(one.row["updates"], 1):
        yield StatusUpdate(
            agreement=one.agreement,
            course=row["status"],
            text=row["text"],
            by_id=one.people[-number % len(one.people)],
            created=moment(row["days_ago"], one.row["key"]),
        )


def follow(meeting: Meeting, one: Collaboration) -> None:
    """The dialogue has become an agreement, and is over when that is."""
    meeting.state = MeetingState.AGREED
    if one.closed:
        meeting.state, meeting.closed, meeting.closed_by = MeetingState.ENDED, one.closed, meeting.opened_by


def steps(one: Collaboration) -> Iterator[Step]:
    agreement, wording, first, last = one.agreement, one.wording, one.people[0], one.people[-1]
    yield step(agreement, "begin", "", AgreementState.DRAFT, by=first, at=one.made)
    if wording is None:
        return
    yield step(agreement, "propose", AgreementState.DRAFT, AgreementState.PROPOSED, by=first, at=one.made)
    yield step(wording, "propose", "", WordingState.PROPOSED, by=first, at=one.made)
    if one.agreed is None:
        return
    line: dict[str, Any] = {"by": last, "at": one.agreed}
    yield step(agreement, "activate", AgreementState.PROPOSED, AgreementState.ACTIVE, **line)
    yield step(wording, "come_into_force", WordingState.PROPOSED, WordingState.IN_FORCE, **line)
    if agreement.meeting is not None:
        yield step(agreement.meeting, "agree", MeetingState.OPEN, MeetingState.AGREED, **line)
    if one.closed is None:
        return
    line = {"by": first, "at": one.closed}
    yield step(
        agreement, CLOSING_STEPS[AgreementState(agreement.state)], AgreementState.ACTIVE, agreement.state, **line
    )
    if agreement.meeting is not None:
        yield step(agreement.meeting, "conclude", MeetingState.AGREED, MeetingState.ENDED, **line)
