"""Minutes: written by the secretary, approved by the members, corrected by a new wording."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState
from fyrtaarn.people.models import User

from .. import notices, rules
from ..models import CouncilMeeting, CouncilMember, MinutesAnswer, MinutesState, MinutesWording
from .proposals import locked_meeting


@transaction.atomic
def write_minutes(user: User, meeting: CouncilMeeting, text: str, correction: str, latest: int) -> MinutesWording:
    """Put a wording to those who were members on the day; it takes the place of one that still waits.

    `latest` is the number of the wording that the writer has read, 0 for none. Raises WrongState when another has been
    written since, ReasonMissing for a correction without a reason, Refused where there was nobody to approve.
    """
    current = locked_meeting(meeting)
    require(rules.may_write_minutes(user, current))
    before = current.wordings.order_by("number").last()
    if latest != (before.number if before else 0):
        raise WrongState
    if before is not None and not correction.strip():
        raise ReasonMissing
    if before is not None and before.text == text:
        raise Refused(_("You have not changed anything."))
    if not CouncilMember.objects.on(current.day).filter(seat__council=current.council_id).exists():
        raise Refused(
            _("Nobody had a seat in the council on the day of the meeting, so nobody can approve the minutes.")
        )
    current.wordings.filter(state=MinutesState.WAITING).update(state=MinutesState.REPLACED)
    wording = MinutesWording.objects.create(
        meeting=current,
        number=latest + 1,
        text=text,
        correction=correction.strip() if before else "",
        written_by=user,
    )
    notices.tell_minutes(wording, user)
    return wording


@transaction.atomic
def answer_minutes(user: User, wording: MinutesWording, *, approves: bool, remark: str = "") -> MinutesWording:
    """Say yes, or what should be different; with the yes that makes a majority the wording is approved."""
    current = _locked(wording)
    require(rules.may_answer_minutes(user, current))
    if not approves and not remark.strip():
        raise ReasonMissing
    meeting = current.meeting
    MinutesAnswer.objects.update_or_create(
        wording=current,
        member=rules.member_on(user, meeting.council_id, meeting.day),
        defaults={"approves": approves, "remark": remark.strip(), "at": clock.now()},
    )
    if remark.strip():
        notices.tell_remark(current, user, remark.strip())
    yes = current.answers.filter(approves=True).count()
    members = CouncilMember.objects.on(meeting.day).filter(seat__council=meeting.council_id).count()
    if rules.is_majority(yes, members):
        _approve(current, yes, members)
    return current


def _approve(wording: MinutesWording, yes: int, members: int) -> None:
    wording.meeting.wordings.filter(state=MinutesState.APPROVED).update(state=MinutesState.REPLACED)
    wording.state, wording.approved = MinutesState.APPROVED, clock.now()
    wording.yes_count, wording.member_count = yes, members
    wording.save(update_fields=["state", "approved", "yes_count", "member_count"])
    notices.tell_approved(wording)


def _locked(wording: MinutesWording) -> MinutesWording:
    rows = MinutesWording.objects.select_for_update(of=("self",), no_key=True).select_related(
        "meeting__council__municipality"
    )
    return rows.get(pk=wording.pk)
