"""Councils with their seats, proposals, meetings, minutes and advice."""

from datetime import date, datetime, timedelta

from fyrtaarn.council.models import (
    Advice,
    AdviceProgress,
    AgendaItem,
    AgendaProposal,
    Council,
    CouncilMeeting,
    CouncilMember,
    MinutesAnswer,
    MinutesWording,
    Seat,
)
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Step
from fyrtaarn.listings.models import Listing

from ..book import Book, Row, Words
from ..moments import moment
from ..reading import rows
from ..story import step
from .index import listings

MEETING_HOUR = 16


def load(book: Book) -> None:
    words, listed = Words.read(), listings()
    new = book.new("council", rows("councils"))
    book.write("council", {row["key"]: council(row, book, words, listed) for row in new})


def council(row: Row, book: Book, words: Words, listed: dict[tuple[str, int], Listing]) -> Council:
    """One council with all that belongs to it."""
    made = Council.objects.create(
        municipality=words.municipalities[row["municipality"]],
        name=row["name"],
        purpose=row["purpose"],
        answer_days=row["answer_days"],
    )
    secretary = book.pk("person", row["secretary"])
    seats(made, row, book)
    proposals = {one["key"]: proposal(made, one, secretary, book) for one in row["proposals"]}
    meetings = {one["key"]: meeting(made, one, secretary, proposals, book) for one in row["meetings"]}
    for one in row["advice"]:
        advice(made, one, secretary, meetings, book, words, listed)
    return made


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def seats(made: Council, row: Row, book: Book) -> None:
    for number, one in enumerate(row["seats"], 1):
        seat = Seat.objects.create(council=made, number=number, background=one["background"])
        for term in one["terms"]:
            CouncilMember.objects.create(
                seat=seat,
                user_id=book.pk("person", term["person"]),
                affiliation=term["affiliation"],
                starts=ago(term["starts_days_ago"]),
                ends=ago(term["ends_days_ago"]) if "ends_days_ago" in term else None,
            )


def proposal(made: Council, row: Row, secretary: int, book: Book) -> AgendaProposal:
    created, decided = moment(row["days_ago"], row["key"]), row["state"] != "waiting"
    answered = moment(max(0, row["days_ago"] - 4), row["key"], turn=2) if decided else None
    found = AgendaProposal.objects.create(
        council=made,
        title=row["title"],
        text=row["text"],
        proposer_id=book.pk("person", row["person"]),
        show_name=row["show_name"],
        state=row["state"],
        created=created,
        decided=answered,
        decided_by_id=secretary if decided else None,
        reason=row.get("reason", ""),
    )
    lines = [step(found, "propose", "", "waiting", by=book.pk("person", row["person"]), at=created)]
    if answered:
        name = {"accepted": "accept", "declined": "decline"}[row["state"]]
        lines.append(step(found, name, "waiting", row["state"], by=secretary, at=answered, reason=row["reason"]))
    Step.objects.bulk_create(lines)
    return found


def meeting(
    made: Council, row: Row, secretary: int, proposals: dict[str, AgendaProposal], book: Book
) -> CouncilMeeting:
    day = clock.today() + timedelta(days=row["in_days"])
    starts = datetime(day.year, day.month, day.day, MEETING_HOUR, tzinfo=clock.COPENHAGEN)
    state = "cancelled" if "cancelled" in row else "draft" if row.get("draft") else "called"
    found = CouncilMeeting.objects.create(
        council=made,
        title=row["title"],
        starts=starts,
        ends=starts + timedelta(hours=row["hours"]),
        place=row["place"],
        open_to_all=row["open"],
        state=state,
        cancelled_why=row.get("cancelled", ""),
    )
    for position, one in enumerate(row["items"], 1):
        item(found, position, one, proposals)
    planned = max(1, 14 - row["in_days"])
    states = {"draft": [""], "called": ["", "draft"], "cancelled": ["", "draft", "called"]}[state]
    names = ("plan", "call", "cancel")
    Step.objects.bulk_create(
        step(found, name, source, target, by=secretary, at=moment(planned, row["key"], turn=turn))
        for turn, (name, source, target) in enumerate(zip(names, states, [*states[1:], state], strict=False))
    )
    for number, one in enumerate(row.get("minutes", ()), 1):
        minutes(found, number, one, secretary, book, latest=number == len(row["minutes"]))
    return found


def item(found: CouncilMeeting, position: int, row: Row, proposals: dict[str, AgendaProposal]) -> None:
    came_of = proposals.get(row.get("proposal", ""))
    AgendaItem.objects.create(
        meeting=found,
        position=position,
        title=row["title"],
        text=came_of.text if came_of else row.get("text", ""),
        proposal=came_of,
        proposed_by=came_of.from_whom if came_of and came_of.show_name else "",
    )


def minutes(found: CouncilMeeting, number: int, row: Row, secretary: int, book: Book, *, latest: bool) -> None:
    """One wording, with the answers of as many members as have approved it."""
    approved = found.starts + timedelta(days=row["approved_after"]) if "approved_after" in row else None
    members = list(CouncilMember.objects.on(found.day).filter(seat__council=found.council).order_by("pk"))
    wording = MinutesWording.objects.create(
        meeting=found,
        number=number,
        text=row["text"],
        correction=row.get("correction", ""),
        state="waiting" if approved is None else "approved" if latest else "replaced",
        written_by_id=secretary,
        written=found.starts + timedelta(days=row["days_after"]),
        approved=approved,
        yes_count=row["yes"] if approved else None,
        member_count=len(members) if approved else None,
    )
    said_yes = {book.pk("person", key) for key in row.get("waiting", ())}
    for member in members[: row["yes"]] if approved else [one for one in members if one.user_id in said_yes]:
        MinutesAnswer.objects.create(wording=wording, member=member, approves=True, at=approved or wording.written)


def advice(
    made: Council,
    row: Row,
    secretary: int,
    meetings: dict[str, CouncilMeeting],
    book: Book,
    words: Words,
    listed: dict[tuple[str, int], Listing],
) -> None:
    given = None if row.get("draft") else ago(row["given_days_ago"])
    answered = given + timedelta(days=row["answered_days"]) if given and "answer" in row else None
    by = book.pk("person", row["by"]) if answered else None
    found = Advice.objects.create(
        council=made,
        department=words.departments[made.municipality.slug, row["department"]],
        meeting=meetings.get(row["meeting"]),
        title=row["title"],
        text=row["text"],
        state="answered" if answered else "given" if given else "draft",
        given=given,
        due=given + timedelta(days=row["due_days"]) if given else None,
        stance=row.get("stance", ""),
        answer=row.get("answer", ""),
        answered=answered,
        answered_by_id=by,
    )
    about = [listed["challenge", book.pk("challenge", key)] for key in row["challenges"]]
    found.listings.set(about)
    found.themes.set(sorted({theme for listing in about for theme in listing.themes})[: row["themes"]])
    if given:
        at = moment((clock.today() - given).days, row["key"])
        Step.objects.bulk_create([step(found, "give", "draft", "given", by=secretary, at=at)])
    if answered is None or by is None:
        return
    at = moment((clock.today() - answered).days, row["key"], turn=1)
    Step.objects.bulk_create([step(found, "answer", "given", "answered", by=by, at=at)])
    for one in row.get("progress", ()):
        told = moment(one["days_ago"], row["key"], turn=2)
        AdviceProgress.objects.create(advice=found, course=one["course"], text=one["text"], by_id=by, at=told)
