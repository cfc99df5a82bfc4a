"""Who does what in the council.

The secretary (a role in the municipality) runs it: seats, meetings, minutes, and sending off advice. A member is who
has a term in a seat; on minutes those answer who were members on the day of the meeting. A department answers advice
through those who edit for it, are its contact persons, or lead it. Everybody sees what has been called, approved or
given.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.people.models import RoleKind, User
from fyrtaarn.people.rules import holds_role

from .models import (
    Advice,
    AdviceState,
    AgendaProposal,
    Council,
    CouncilMeeting,
    CouncilMeetingState,
    CouncilMember,
    MinutesState,
    MinutesWording,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

ANSWERING_KINDS = (RoleKind.DEPARTMENT_EDITOR, RoleKind.CONTACT_PERSON, RoleKind.DEPARTMENT_LEAD)

ONLY_THE_SECRETARY = _("Only the council's secretary can do this.")
NOT_CALLED = _("The meeting has not been called yet.")


def is_secretary(user: "AnyUser", municipality: Municipality | int) -> bool:
    return holds_role(user, RoleKind.COUNCIL_SECRETARY, municipality=municipality)


def may_run(user: "AnyUser", council: Council) -> Verdict:
    """The municipality's council secretaries."""
    return allowed_if(is_secretary(user, council.municipality_id), ONLY_THE_SECRETARY)


def may_found(user: "AnyUser", municipality: Municipality) -> Verdict:
    """A secretary, where there is no council yet."""
    if not is_secretary(user, municipality):
        return refused(ONLY_THE_SECRETARY)
    exists = Council.objects.filter(municipality=municipality).exists()
    return allowed_if(not exists, _("The municipality has a council already."))


def member_on(user: "AnyUser", council_id: int, day: date) -> CouncilMember | None:
    """The person's term in the council that holds on the day; None for everybody else."""
    if not isinstance(user, User) or not user.is_active:
        return None
    return CouncilMember.objects.on(day).filter(user=user, seat__council=council_id).order_by("pk").first()


def is_inside(user: "AnyUser", council: Council) -> bool:
    """Whether the person is the secretary or sits in the council today."""
    return bool(may_run(user, council)) or member_on(user, council.pk, clock.today()) is not None


def may_end_term(user: "AnyUser", member: CouncilMember) -> Verdict:
    verdict = may_run(user, member.seat.council)
    if not verdict:
        return verdict
    return allowed_if(
        member.ends is None or member.ends > clock.today(), _("The term has already ended, so it cannot be changed.")
    )


def may_withdraw(user: "AnyUser", proposal: AgendaProposal) -> Verdict:
    """Who made it: signed in, or holding its letter (the database shows it to nobody else without an account)."""
    return allowed_if(
        proposal.proposer_id in (None, user.pk), _("Only the one who made the proposal can take it back.")
    )


def may_confirm(user: "AnyUser", proposal: AgendaProposal) -> Verdict:
    """Who holds the letter; one with an account has nothing to confirm."""
    return allowed_if(proposal.proposer_id is None, _("There is nothing to confirm."))


def may_decide(user: "AnyUser", proposal: AgendaProposal) -> Verdict:
    """The secretary, but not on a proposal of her own."""
    if proposal.proposer_id is not None and proposal.proposer_id == user.pk:
        return refused(_("You cannot decide on your own proposal. Let another secretary do it."))
    return may_run(user, proposal.council)


def may_see_meeting(user: "AnyUser", meeting: CouncilMeeting) -> Verdict:
    """Everybody once it is called; before that the secretary and the members."""
    return allowed_if(meeting.state != CouncilMeetingState.DRAFT or is_inside(user, meeting.council), NOT_CALLED)


def may_prepare(user: "AnyUser", meeting: CouncilMeeting) -> Verdict:
    """The secretary, until the meeting begins or is cancelled."""
    verdict = may_run(user, meeting.council)
    if not verdict:
        return verdict
    if meeting.state == CouncilMeetingState.CANCELLED:
        return refused(_("The meeting is cancelled."))
    return allowed_if(
        not meeting.begun, _("The meeting has begun, so its agenda stands. Write the rest in the minutes.")
    )


def may_write_minutes(user: "AnyUser", meeting: CouncilMeeting) -> Verdict:
    """The secretary, once a called meeting has begun."""
    verdict = may_run(user, meeting.council)
    if not verdict:
        return verdict
    return allowed_if(
        meeting.state == CouncilMeetingState.CALLED and meeting.begun,
        _("Minutes are written once the meeting has begun."),
    )


def may_see_minutes(user: "AnyUser", wording: MinutesWording) -> Verdict:
    """Everybody once they have been approved; before that the secretary and those who are to approve them."""
    meeting = wording.meeting
    if wording.approved is not None or may_run(user, meeting.council):
        return ALLOWED
    is_member = member_on(user, meeting.council_id, meeting.day) is not None
    return allowed_if(is_member, _("The minutes can be read once the members have approved them."))


def may_answer_minutes(user: "AnyUser", wording: MinutesWording) -> Verdict:
    """Those who were members on the day of the meeting, while the wording waits."""
    if member_on(user, wording.meeting.council_id, wording.meeting.day) is None:
        return refused(_("Only those who were members on the day of the meeting can approve the minutes."))
    return allowed_if(wording.state == MinutesState.WAITING, _("This wording no longer waits for the members."))


def is_majority(yes: int, members: int) -> bool:
    """Whether minutes with this many yeses are approved: more than half of all members, present or not."""
    return yes * 2 > members


def may_see_advice(user: "AnyUser", advice: Advice) -> Verdict:
    """Everybody once it is given; before that the secretary and the members."""
    return allowed_if(
        advice.state != AdviceState.DRAFT or is_inside(user, advice.council), _("The advice has not been given yet.")
    )


def may_edit_advice(user: "AnyUser", advice: Advice) -> Verdict:
    verdict = may_run(user, advice.council)
    if not verdict:
        return verdict
    return allowed_if(advice.state == AdviceState.DRAFT, _("The advice has been given, so its words stand."))


def may_give(user: "AnyUser", advice: Advice) -> Verdict:
    return may_run(user, advice.council)


def may_hand_over(user: "AnyUser", advice: Advice) -> Verdict:
    """The secretary, when the department that should answer has ended."""
    verdict = may_run(user, advice.council)
    if not verdict:
        return verdict
    if advice.state == AdviceState.DRAFT:
        return refused(_("The advice has not been given yet. Change it instead."))
    return allowed_if(advice.department.ended, _("The department is still there, so the advice stays with it."))


def speaks_for(user: "AnyUser", department: Department) -> bool:
    """Whether the person answers for the department."""
    return holds_role(user, *ANSWERING_KINDS, municipality=department.municipality_id, department=department)


def may_answer_advice(user: "AnyUser", advice: Advice) -> Verdict:
    """The department's editors, contact persons and leads."""
    return allowed_if(
        speaks_for(user, advice.department), _("Only those who answer for the department can answer the advice.")
    )


def may_tell_progress(user: "AnyUser", advice: Advice) -> Verdict:
    """The same people, once the advice has been answered."""
    verdict = may_answer_advice(user, advice)
    if not verdict:
        return verdict
    return allowed_if(advice.state == AdviceState.ANSWERED, _("Answer the advice first."))
