"""Meetings and their agendas. Every write locks the meeting first."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.files import keep_file, remove_file
from fyrtaarn.foundation.models import StoredFile
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import ReasonMissing, log_step
from fyrtaarn.foundation.versions import claim_version
from fyrtaarn.people.models import User

from .. import notices, rules
from ..models import AgendaItem, Council, CouncilMeeting, CouncilMeetingState
from ..states import MEETING_STATES
from .proposals import locked_meeting, next_position

MEETING_FIELDS = ("title", "starts", "ends", "place", "open_to_all")
TOLD_OF = ("starts", "ends", "place")
"""What members are told of when it changes."""


@transaction.atomic
def plan_meeting(user: User, council: Council, fields: Mapping[str, Any]) -> CouncilMeeting:
    """Begin a meeting that only the secretary and the members see yet."""
    require(rules.may_run(user, council))
    meeting = CouncilMeeting.objects.create(council=council, **{name: fields[name] for name in MEETING_FIELDS})
    log_step(meeting, "plan", "", meeting.state, by=user)
    return meeting


@transaction.atomic
def change_meeting(user: User, meeting: CouncilMeeting, fields: Mapping[str, Any], version: int) -> CouncilMeeting:
    """Save cleaned form values; members are told when a called meeting moves. Raises Conflict when overtaken."""
    current = claim_version(meeting, version)
    require(rules.may_prepare(user, current))
    moved = any(getattr(current, name) != fields[name] for name in TOLD_OF)
    for name in MEETING_FIELDS:
        setattr(current, name, fields[name])
    current.save(update_fields=[*MEETING_FIELDS, "version"])
    if moved and current.state == CouncilMeetingState.CALLED:
        notices.tell_called(current, user, "changed")
    return current


@transaction.atomic
def call_meeting(user: User, meeting: CouncilMeeting) -> CouncilMeeting:
    """Show the meeting to everybody and tell the members. Raises Refused without an agenda."""
    if not locked_meeting(meeting).items.exists():
        raise Refused(_("Put at least one item on the agenda first."))
    called = MEETING_STATES.perform("call", meeting, by=user)
    notices.tell_called(called, user, "called")
    return called


@transaction.atomic
def cancel_meeting(user: User, meeting: CouncilMeeting, why: str) -> CouncilMeeting:
    """Cancel a called meeting that has not begun, and tell the members why."""
    if not why.strip():
        raise ReasonMissing
    current = locked_meeting(meeting)
    require(rules.may_prepare(user, current))
    current.cancelled_why = why.strip()
    current.version += 1
    current.save(update_fields=["cancelled_why", "version"])
    cancelled = MEETING_STATES.perform("cancel", current, by=user, reason=why)
    notices.tell_called(cancelled, user, "cancelled")
    return cancelled


@transaction.atomic
def add_item(
    user: User, meeting: CouncilMeeting, *, title: str, text: str, papers: Iterable["File[Any]"] = ()
) -> AgendaItem:
    """Put an item last on the agenda, with its papers. Raises ValidationError for a paper that is not kept."""
    current = locked_meeting(meeting)
    require(rules.may_prepare(user, current))
    item = AgendaItem.objects.create(meeting=current, position=next_position(current), title=title, text=text)
    _keep(papers, item, user)
    return item


@transaction.atomic
def change_item(
    user: User, item: AgendaItem, *, title: str, text: str, papers: Iterable["File[Any]"] = ()
) -> AgendaItem:
    """Change an item's words and add papers."""
    current = locked_item(user, item)
    current.title, current.text = title, text
    current.save(update_fields=["title", "text"])
    _keep(papers, current, user)
    return current


@transaction.atomic
def move_item_up(user: User, item: AgendaItem) -> None:
    """Let the item change places with the one before it; the first stays where it is."""
    current = locked_item(user, item)
    before = current.meeting.items.filter(position__lt=current.position).order_by("position").last()
    if before is not None:
        before.position, current.position = current.position, before.position
        AgendaItem.objects.bulk_update([before, current], ["position"])


@transaction.atomic
def remove_item(user: User, item: AgendaItem) -> None:
    """Take an item off the agenda; one that came of a proposal stays, because its proposer has been told."""
    current = locked_item(user, item)
    if current.proposal_id is not None:
        raise Refused(_("The item came of a proposal, and the one who made it has been told that it is on the agenda."))
    if current.meeting.state == CouncilMeetingState.CALLED and current.meeting.items.count() == 1:
        raise Refused(_("A called meeting keeps at least one item."))
    for paper in StoredFile.objects.filter(**_of(current)):
        remove_file(paper, by=user)
    current.delete()


@transaction.atomic
def remove_paper(user: User, item: AgendaItem, paper: StoredFile) -> None:
    """Take a paper off an item."""
    current = locked_item(user, item)
    if (paper.subject_type, paper.subject_id) != tuple(_of(current).values()):
        raise Refused(_("The paper belongs to another item."))
    remove_file(paper, by=user)


def locked_item(user: User, item: AgendaItem) -> AgendaItem:
    """The item as it is now, its meeting locked; raises Refused where its agenda stands."""
    meeting = locked_meeting(item.meeting)
    require(rules.may_prepare(user, meeting))
    current = AgendaItem.objects.filter(pk=item.pk, meeting=meeting).first()
    if current is None:
        raise Refused(_("The item is no longer on the agenda."))
    current.meeting = meeting
    return current


def _of(item: AgendaItem) -> dict[str, Any]:
    return {"subject_type": item._meta.label_lower, "subject_id": item.pk}


def _keep(papers: Iterable["File[Any]"], item: AgendaItem, user: User) -> None:
    for paper in papers:
        keep_file(paper, subject=item, by=user)
