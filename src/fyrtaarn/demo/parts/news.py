"""What waits for somebody is told to her: as it was when it was asked, and as this morning's reminders would."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Max

from fyrtaarn.agreements import notices as agreement_notices
from fyrtaarn.agreements.models import Wording, WordingState
from fyrtaarn.agreements.reminders import remind_of_reviews
from fyrtaarn.foundation.models import Notice, OutgoingMail
from fyrtaarn.meetings import notices as meeting_notices
from fyrtaarn.meetings.models import Meeting, MeetingState, Message
from fyrtaarn.meetings.reminders import remind_those_asked
from fyrtaarn.portal.actions import remind_of_solutions

from ..book import Book


def load(book: Book) -> None:
    meetings = Meeting.objects.filter(pk__in=book.added["meeting"]).select_related(
        "sought", "offered", "department", "organisation", "opener"
    )
    for meeting in meetings.filter(state=MeetingState.PROPOSED):
        with told_at(meeting.asked, meeting_notices.path_of(meeting)):
            meeting_notices.tell_asked(meeting, meeting.opener)
    for message in latest_in(meetings.filter(state=MeetingState.OPEN)):
        with told_at(message.created, meeting_notices.path_of(message.meeting)):
            meeting_notices.tell_message(message)
    wordings = Wording.objects.filter(agreement__in=book.added["collaboration"], state=WordingState.PROPOSED)
    for wording in wordings.select_related("agreement", "proposed_by"):
        with told_at(wording.proposed, agreement_notices.path_of(wording.agreement)):
            agreement_notices.tell_proposed(wording.agreement, wording, wording.proposed_by)
    if book.added["meeting"]:
        remind_those_asked()
        remind_of_reviews()
        remind_of_solutions()


def latest_in(meetings: Iterable[Meeting]) -> list[Message]:
    """The latest message of each dialogue, unless it is the question itself or its answer."""
    found = (
        Message.objects.filter(meeting__in=meetings).order_by("meeting_id", "-created", "-pk").distinct("meeting_id")
    )
    return [message for message in found.select_related("meeting__sought", "meeting__offered") if not message.occasion]


@contextmanager
def told_at(moment: datetime, path: str) -> Iterator[None]:
    """Date the notices of a page that are written within the block, and their mails."""
    latest = Notice.objects.aggregate(Max("pk"))["pk__max"] or 0
    yield
    new = Notice.objects.filter(pk__gt=latest, path=path)
    OutgoingMail.objects.filter(notices__in=new).update(created=moment)
    new.update(created=moment)
