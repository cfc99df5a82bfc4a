"""Who looks after a district, whom she has introduced to whom, what she notes, and what was asked for there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from fyrtaarn.agreements.models import Agreement
from fyrtaarn.areas.models import Department, District, LocalBody
from fyrtaarn.community.actions import owner_of
from fyrtaarn.community.actions.introductions import ANSWER_DAYS
from fyrtaarn.community.models import (
    Answer,
    Appointment,
    Asking,
    AskingLetter,
    IntroducedParty,
    Introduction,
    IntroductionState,
    Note,
    SetAside,
    Wish,
)
from fyrtaarn.community.rules import PartyOf, voices
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Step
from fyrtaarn.listings.models import Listing
from fyrtaarn.meetings.models import Meeting
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from ..book import Book, Row, Words
from ..moments import moment
from ..reading import table
from ..story import step
from .index import listings

STATES = IntroductionState
KNOWN = (STATES.ACCEPTED, STATES.MET, STATES.CONCLUDED)


@dataclass(frozen=True)
class Shelf:
    """What the rows refer to."""

    book: Book
    words: Words
    listed: dict[tuple[str, int], Listing]

    def district(self, row: Row) -> District:
        return self.words.districts[row["municipality"], row["district"]]

    def person(self, row: Row) -> int:
        return self.book.pk("person", row["manager"])

    def listing(self, kind: str, row: Row) -> Listing:
        return self.listed[kind, self.book.pk(kind, row[kind])]


def load(book: Book) -> None:
    content, shelf = table("districts"), Shelf(book, Words.read(), listings())
    for kind, make in (
        ("appointment", appointment),
        ("wish", wish),
        ("introduction", introduction),
        ("note", note),
        ("set aside", set_aside),
    ):
        new = book.new(kind, content[kind])
        book.write(kind, {row["key"]: make(row, shelf) for row in new})


def appointment(row: Row, shelf: Shelf) -> Appointment:
    return Appointment.objects.create(
        district=shelf.district(row),
        user_id=shelf.person(row),
        greeting=row["greeting"],
        starts=clock.today() - timedelta(days=row["days"]),
    )


def wish(row: Row, shelf: Shelf) -> Wish:
    """What a local committee has asked for; invented, and marked as an example."""
    asked = moment(row["days_ago"], row["key"])
    body = LocalBody.objects.get(municipality__slug=row["municipality"], slug=row["local_body"])
    found = Wish.objects.create(
        local_body=body,
        title=row["title"],
        text=row["text"],
        asked_on=asked.date(),
        state=row["state"],
        taken_by=row.get("taken_by", ""),
        became=row.get("became", ""),
        created_by_id=shelf.person(row),
        created=asked,
    )
    Step.objects.bulk_create([step(found, "ask", "", row["state"], by=shelf.person(row), at=asked)])
    return found


def note(row: Row, shelf: Shelf) -> Note:
    return Note.objects.create(
        district=shelf.district(row),
        author_id=shelf.person(row),
        title=row["title"],
        text=row["text"],
        email=row.get("email", ""),
        follow_up=clock.today() + timedelta(days=row["in_days"]) if "in_days" in row else None,
        changed=moment(row["days_ago"], row["key"]),
        draft_key=uuid4(),
    )


def set_aside(row: Row, shelf: Shelf) -> SetAside:
    return SetAside.objects.create(
        district=shelf.district(row),
        sought=shelf.listing("challenge", row),
        offered=shelf.listing("solution", row),
        by_id=shelf.person(row),
        at=moment(row["days_ago"], row["key"]),
    )


def introduction(row: Row, shelf: Shelf) -> Introduction:
    """One introduction with its parties, what they answered, and the steps that led to where it is."""
    state = STATES(row["state"])
    begun, sent = moment(row["days_ago"], row["key"]), moment(row["days_ago"], row["key"], turn=1)
    known = moment(row["days_ago"] - row.get("answered_after", 3), row["key"], turn=3) if state in KNOWN else None
    over = moment(row["days_ago"] - row["closed_after"], row["key"], turn=4) if "closed_after" in row else None
    sought, offered = (shelf.listing(kind, row) if kind in row else None for kind in ("challenge", "solution"))
    made = Introduction.objects.create(
        district=shelf.district(row),
        title=row["title"],
        sought=sought,
        offered=offered,
        state=state,
        created_by_id=shelf.person(row),
        created=begun,
        proposed=sent if state != STATES.DRAFT else None,
        expires=sent.date() + timedelta(days=ANSWER_DAYS) if state != STATES.DRAFT else None,
        accepted=known,
        meeting=Meeting.objects.filter(sought=sought, offered=offered).first()
        if known and sought and offered
        else None,
        met_on=known.date() + timedelta(days=3) if known and row.get("met") else None,
        outcome=row.get("outcome", ""),
        outcome_words=row.get("words", ""),
        agreement=Agreement.objects.get(pk=shelf.book.pk("collaboration", row["agreement"]))
        if "agreement" in row
        else None,
        follow_up=clock.today() + timedelta(days=row["in_days"]) if "in_days" in row else None,
        closed=over,
    )
    lines = [step(made, "begin", "", STATES.DRAFT, by=made.created_by_id, at=begun)]
    if made.proposed:
        lines.append(step(made, "send", STATES.DRAFT, STATES.PROPOSED, by=made.created_by_id, at=sent))
    last = made.created_by_id
    for number, one in enumerate(row["parties"]):
        said = asking(made, one, shelf, at=moment(row["days_ago"] - 1, f"{row['key']}{number}", turn=2))
        if said.answered_by_id and said.answered:
            lines.append(step(said, "answer", "", said.answer, by=said.answered_by_id, at=said.answered))
            last = said.answered_by_id
    lines += steps_after(made, known, over, last)
    Step.objects.bulk_create(lines)
    return made


def steps_after(made: Introduction, known: datetime | None, over: datetime | None, last: int) -> list[Step]:
    """From the answers to where it is now; who answered last has brought them together."""
    lines, now, by = [], STATES.PROPOSED, made.created_by_id
    if known:
        lines.append(step(made, "accept", now, STATES.ACCEPTED, by=last, at=known))
        now = STATES.ACCEPTED
    if known and made.met_on:
        at = min(known + timedelta(days=3), over or clock.now())
        lines.append(step(made, "meet", now, STATES.MET, by=by, at=at))
        now = STATES.MET
    if over:
        name = {STATES.CONCLUDED: "conclude", STATES.EXPIRED: "expire", STATES.WITHDRAWN: "withdraw"}[
            STATES(made.state)
        ]
        lines.append(step(made, name, now, made.state, by=by, at=over))
    return lines


def asking(made: Introduction, row: Row, shelf: Shelf, at: datetime) -> Asking:
    """What one party is told and says; those who are still asked hold letters."""
    party = party_of(made, row, shelf)
    kind = {Department: "department", Organisation: "organisation", User: "person"}[type(party)]
    introduced = IntroducedParty.objects.create(introduction=made, **{kind: party})
    answer = Answer.YES if made.state in KNOWN else row.get("answer", "")
    people = voices(party)
    found = Asking.objects.create(
        introduction=made,
        party=introduced,
        reason=row["reason"],
        answer=answer,
        answered=at if answer else None,
        answered_by=people[-1] if answer else None,
        shares_contact=answer == Answer.YES,
    )
    if made.state == STATES.PROPOSED:
        AskingLetter.objects.bulk_create(AskingLetter(asking=found, person=person) for person in people)
    return found


def party_of(made: Introduction, row: Row, shelf: Shelf) -> PartyOf:
    if "organisation" in row:
        return Organisation.objects.get(pk=shelf.book.pk("organisation", row["organisation"]))
    if "person" in row:
        return User.objects.get(pk=shelf.book.pk("person", row["person"]))
    return owner_of(getattr(made, row["side"]))
