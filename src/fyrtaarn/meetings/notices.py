"""What the parties are told. Mails name who and about what; the words themselves are read in the dialogue alone."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.notices import NoticeKind, register, tell
from fyrtaarn.people.models import User

from .models import Meeting, MeetingSide, Message, Reading
from .recipients import people_of

GROUP = _("Dialogues")
DIALOGUE = "dialogue"
"""The word for a dialogue as a thread that can be answered by mail."""
register(NoticeKind("meetings.asked", _("Somebody invites you or shows interest"), GROUP))
register(NoticeKind("meetings.answered", _("You get an answer to an invitation or interest"), GROUP))
register(NoticeKind("meetings.message", _("A new message in a dialogue"), GROUP))
register(NoticeKind("meetings.ended", _("The other party says no thank you or ends a dialogue"), GROUP))
register(NoticeKind("meetings.waiting", _("Somebody still waits for your answer"), GROUP))


def tell_asked(meeting: Meeting, by: User) -> None:
    _tell("asked", meeting, meeting.answering_side, by)


def tell_answered(meeting: Meeting, by: User, side: MeetingSide) -> None:
    _tell("answered", meeting, side.other, by, thread=thread_of(meeting))


def tell_ended(meeting: Meeting, by: User, side: MeetingSide) -> None:
    _tell("ended", meeting, side.other, by)


def tell_message(message: Message) -> None:
    """Tell those on the other side who have read what came before; the others know already that something waits."""
    meeting, side = message.meeting, MeetingSide(message.side)
    earlier = meeting.messages.filter(side=side).exclude(pk=message.pk).order_by("created", "pk").last()
    people = people_of(meeting, side.other)
    if earlier is not None:
        read = Reading.objects.filter(meeting=meeting, until__gte=earlier.created).order_by()
        up_to_date = set(read.values_list("user", flat=True))
        people = [person for person in people if person.pk in up_to_date]
    tell(
        "meetings.message",
        [person for person in people if person.pk != message.author_id],
        path=path_of(meeting),
        params=_params(meeting, side),
        thread=thread_of(meeting),
    )


def tell_waiting(meeting: Meeting, working_days: int) -> int:
    """Remind the side that was asked, once for each number of days and question; returns how many were told."""
    side = meeting.answering_side
    told = tell(
        "meetings.waiting",
        people_of(meeting, side),
        path=path_of(meeting),
        params={**_params(meeting, side.other), "days": working_days},
        once=f"{meeting.pk}:{meeting.asked.timestamp():.0f}:{working_days}",
    )
    return len(told)


def path_of(meeting: Meeting) -> str:
    return reverse("meetings:meeting", args=[meeting.pk])


def thread_of(meeting: Meeting) -> str:
    """How a mail names the dialogue that its answer belongs to."""
    return f"{DIALOGUE}-{meeting.pk}"


def _tell(name: str, meeting: Meeting, to: MeetingSide, by: User, *, thread: str = "") -> None:
    people = [person for person in people_of(meeting, to) if person.pk != by.pk]
    tell(f"meetings.{name}", people, path=path_of(meeting), params=_params(meeting, to.other), thread=thread)


def _params(meeting: Meeting, side: MeetingSide) -> dict[str, Any]:
    """Params for a notice of what `side` has done."""
    return {
        "who": meeting.name_of(side),
        "sought": meeting.sought.title,
        "offered": meeting.offered.title,
        "invitation": meeting.opened_by == MeetingSide.SOUGHT,
        "yes": meeting.accepted is not None,
    }
