"""Proposals for the agenda: made by anybody, decided by the secretary."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.separation import show_letter
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState, log_step
from fyrtaarn.people.models import User

from .. import notices, rules
from ..models import AgendaItem, AgendaProposal, AgendaProposalState, Council, CouncilMeeting
from ..models.proposals import new_token
from ..states import PROPOSAL_STATES

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


@transaction.atomic
def propose(
    user: "User | AnonymousUser",
    council: Council,
    *,
    title: str,
    text: str,
    show_name: bool,
    name: str = "",
    email: str = "",
    language: str = "da",
) -> AgendaProposal:
    """Propose something. Who has no account gets a letter, and the secretary hears of it once she has confirmed."""
    proposal = AgendaProposal(council=council, title=title, text=text, show_name=show_name, token=new_token())
    if isinstance(user, User):
        proposal.proposer, proposal.state, proposal.language = user, AgendaProposalState.WAITING, user.language
    else:
        proposal.name, proposal.email, proposal.language = name, email.lower(), language
        show_letter(proposal.token)
    proposal.save()
    log_step(proposal, "propose", "", proposal.state, by=user)
    if proposal.state == AgendaProposalState.WAITING:
        notices.tell_proposed(proposal)
    else:
        notices.ask_to_confirm(proposal)
    return proposal


@transaction.atomic
def confirm_proposal(user: "User | AnonymousUser", proposal: AgendaProposal) -> AgendaProposal:
    """Show by the letter that the address is hers; the secretary is told. Again is nothing new."""
    current = _locked(proposal)
    if current.state != AgendaProposalState.UNCONFIRMED:
        return current
    confirmed = PROPOSAL_STATES.perform("confirm", current, by=user)
    notices.tell_proposed(confirmed)
    return confirmed


def withdraw_proposal(user: "User | AnonymousUser", proposal: AgendaProposal) -> AgendaProposal:
    """Take one's own proposal back before it is decided on."""
    return PROPOSAL_STATES.perform("withdraw", proposal, by=user)


@transaction.atomic
def accept_proposal(user: User, proposal: AgendaProposal, meeting: CouncilMeeting, reason: str) -> AgendaItem:
    """Put a proposal on the agenda of a meeting that has not begun, as its last item."""
    meeting = locked_meeting(meeting)
    if meeting.council_id != proposal.council_id:
        raise Refused(_("The meeting belongs to another council."))
    require(rules.may_prepare(user, meeting))
    decided = _decide(user, proposal, "accept", reason)
    return AgendaItem.objects.create(
        meeting=meeting,
        position=next_position(meeting),
        title=decided.title,
        text=decided.text,
        proposed_by=decided.from_whom if decided.show_name else "",
        proposal=decided,
    )


@transaction.atomic
def decline_proposal(user: User, proposal: AgendaProposal, reason: str) -> AgendaProposal:
    """Say no, and why."""
    return _decide(user, proposal, "decline", reason)


def _decide(user: User, proposal: AgendaProposal, step: str, reason: str) -> AgendaProposal:
    if not reason.strip():
        raise ReasonMissing
    current = _locked(proposal)
    if current.state != AgendaProposalState.WAITING:
        raise WrongState
    require(rules.may_decide(user, current))
    current.decided, current.decided_by, current.reason = clock.now(), user, reason.strip()
    current.save(update_fields=["decided", "decided_by", "reason"])
    decided = PROPOSAL_STATES.perform(step, current, by=user, reason=reason)
    notices.tell_decided(decided)
    return decided


def locked_meeting(meeting: CouncilMeeting) -> CouncilMeeting:
    rows = CouncilMeeting.objects.select_for_update(of=("self",), no_key=True).select_related("council__municipality")
    return rows.get(pk=meeting.pk)


def next_position(meeting: CouncilMeeting) -> int:
    """The number after the agenda's last item."""
    last: int | None = meeting.items.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _locked(proposal: AgendaProposal) -> AgendaProposal:
    rows = AgendaProposal.objects.select_for_update(of=("self",), no_key=True).select_related(
        "council__municipality", "proposer"
    )
    return rows.get(pk=proposal.pk)
