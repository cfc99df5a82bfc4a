"""What the parties do: write a draft together, put it to each other, say yes, follow it, change it, learn from it.

Every write locks the agreement first.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState, log_step
from fyrtaarn.foundation.versions import claim_version
from fyrtaarn.meetings import actions as meeting_actions
from fyrtaarn.meetings.kinds import contact_of
from fyrtaarn.meetings.models import Meeting
from fyrtaarn.meetings.rules import side_of
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from . import notices, rules
from .models import (
    LIVE_STATES,
    TERMS,
    Acceptance,
    Agreement,
    AgreementKind,
    AgreementState,
    Party,
    Review,
    StatusUpdate,
    Wording,
    WordingState,
    terms_of,
)
from .recipients import possible_contacts
from .states import AGREEMENT_STATES, WORDING_STATES

PartyOf = Department | Organisation
EXPERIENCE = ("worked", "did_not_work", "next_time")


@transaction.atomic
def begin(
    user: User,
    own: PartyOf,
    draft_key: UUID,
    fields: Mapping[str, Any],
    kind: AgreementKind = AgreementKind.COLLABORATION,
) -> Agreement:
    """Begin a draft for one's own department or organisation; the others are added to it.

    The same `draft_key` twice (a double click) gives the same draft, unchanged.
    """
    require(rules.may_begin_for(user, own))
    home: Municipality = own.home if isinstance(own, Organisation) else own.municipality
    agreement, new = Agreement.objects.get_or_create(
        draft_key=draft_key, defaults={**_only_terms(fields), "kind": kind, "municipality": home, "created_by": user}
    )
    if new:
        _add(agreement, own, user)
        _begun(agreement, user)
    else:
        require(rules.may_see_inside(user, agreement))
    return agreement


@transaction.atomic
def begin_from(
    user: User, meeting: Meeting, fields: Mapping[str, Any], kind: AgreementKind = AgreementKind.COLLABORATION
) -> Agreement:
    """Begin a draft between the two parties of a dialogue. Two who begin at once get the same draft, the first one."""
    meeting = Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
    live = meeting.agreements.filter(state__in=LIVE_STATES).first()
    if live is not None:
        require(rules.may_see_inside(user, live))
        return live
    require(rules.may_begin_from(user, meeting))
    agreement = Agreement.objects.create(
        **_only_terms(fields),
        kind=kind,
        municipality=meeting.municipality,
        meeting=meeting,
        sought=meeting.sought,
        offered=meeting.offered,
        created_by=user,
    )
    mine = side_of(user, meeting)
    for side in (meeting.municipal_side, meeting.municipal_side.other):
        party: PartyOf = meeting.department if side is meeting.municipal_side else meeting.organisation
        contact = user if side is mine else contact_of(meeting.listing_of(side)) or _voice(meeting, side)
        _add(agreement, party, contact)
    _begun(agreement, user)
    return agreement


@transaction.atomic
def change_draft(user: User, agreement: Agreement, fields: Mapping[str, Any], version: int) -> Agreement:
    """Save cleaned form values of a draft. Raises Conflict when somebody else has saved since `version`."""
    current = claim_version(agreement, version)
    require(rules.may_edit(user, current))
    _set(current, _only_terms(fields))
    return current


@transaction.atomic
def add_party(user: User, agreement: Agreement, party: PartyOf) -> Party:
    """Name another department or organisation in a draft; one that is there already stays as it is."""
    current = _claimed(agreement)
    require(rules.may_edit(user, current))
    return _add(current, party, None)


@transaction.atomic
def remove_party(user: User, party: Party) -> None:
    """Take a party out of a draft; not one's own, and not one of the two that met."""
    current = _claimed(party.agreement)
    require(rules.may_edit(user, current))
    mine = rules.party_of(user, current)
    if mine is None or not rules.can_be_removed(current, party, mine):
        raise Refused(_("This party cannot be taken out. Drop the draft instead."))
    hold(current.parties.all(), party.pk).delete()


@transaction.atomic
def set_contact(user: User, party: Party, contact: User) -> None:
    """Name the party's contact: somebody who speaks for it, or another employee of the department's municipality."""
    current = _locked(party.agreement)
    require(rules.may_set_contact(user, party))
    if contact not in possible_contacts(party):
        raise Refused(_("The contact must belong to the department's municipality or the organisation."))
    Party.objects.filter(pk=party.pk, agreement=current).update(contact=contact)


@transaction.atomic
def propose(user: User, agreement: Agreement, version: int) -> Wording:
    """Put a draft to the parties as it was at `version`; who proposes says yes for her own party.

    Raises Conflict when somebody has changed it since, so that nobody proposes what she has not read.
    """
    current = claim_version(agreement, version)
    current.save(update_fields=["version"])
    current = AGREEMENT_STATES.perform("propose", current, by=user)
    return _put(current, user, terms_of(current), "")


@transaction.atomic
def propose_change(user: User, agreement: Agreement, fields: Mapping[str, Any], reason: str, version: int) -> Wording:
    """Propose other terms for an active agreement; they come into force when all parties have said yes.

    Raises Conflict when other terms came into force since `version`, ReasonMissing without a reason.
    """
    current = claim_version(agreement, version)  # the version is saved when the change comes into force
    require(rules.may_propose_change(user, current))
    if not reason.strip():
        raise ReasonMissing
    wanted = {**terms_of(current), **_only_terms(fields)}
    if wanted == terms_of(current):
        raise Refused(_("You have not changed anything."))
    return _put(current, user, wanted, reason.strip())


@transaction.atomic
def accept(user: User, wording: Wording) -> Agreement:
    """Say yes to one wording for one's own party; with the last yes it comes into force."""
    current, wording = _locked_wording(wording)
    require(rules.may_accept(user, wording))
    _say_yes(user, current, wording)
    if not rules.is_agreed(user, wording):
        notices.tell_accepted(current, wording, user)
        return current
    first = current.state == AgreementState.PROPOSED
    if first:
        current = AGREEMENT_STATES.perform("activate", current, by=user)
    for earlier in current.wordings.filter(state=WordingState.IN_FORCE):
        WORDING_STATES.perform("replace", earlier, by=user)
    _settle("come_into_force", wording, user)
    current.version += 1
    _set(current, terms_of(wording))
    notices.tell_in_force(current, wording, user)
    if first and current.meeting is not None:
        meeting_actions.agree(user, current.meeting)
    return current


@transaction.atomic
def decline(user: User, wording: Wording, reason: str) -> Agreement:
    """Say no to one wording, and why: a proposed agreement is a draft again, an active one stays as it is."""
    if not reason.strip():
        raise ReasonMissing
    current, wording = _locked_wording(wording)
    wording.refusal = reason.strip()
    wording.save(update_fields=["refusal"])
    _settle("decline", wording, user, reason)
    notices.tell_declined(current, wording, user)
    return _back_to_draft(current, user)


@transaction.atomic
def take_back(user: User, wording: Wording) -> Agreement:
    """Take one's own proposal back to change it."""
    current, wording = _locked_wording(wording)
    _settle("take_back", wording, user)
    return _back_to_draft(current, user)


@transaction.atomic
def complete(user: User, agreement: Agreement, experience: Mapping[str, str]) -> Agreement:
    """Complete an active agreement with what worked, what did not and what next (all three)."""
    return _close("complete", user, agreement, experience)


@transaction.atomic
def end(user: User, agreement: Agreement, experience: Mapping[str, str]) -> Agreement:
    """End an active agreement before its time, with the same experience."""
    return _close("end", user, agreement, experience)


@transaction.atomic
def drop(user: User, agreement: Agreement) -> Agreement:
    """Lay a draft aside."""
    return AGREEMENT_STATES.perform("drop", agreement, by=user)


@transaction.atomic
def resume(user: User, agreement: Agreement) -> Agreement:
    """Take a dropped draft up again."""
    try:
        return AGREEMENT_STATES.perform("resume", agreement, by=user)
    except IntegrityError as fault:  # another agreement came of the dialogue at this moment
        raise WrongState from fault


@transaction.atomic
def hide(user: User, agreement: Agreement) -> Agreement:
    """Stop showing an agreement to everybody."""
    current = _locked(agreement)
    require(rules.may_hide(user, current))
    current.version += 1
    _set(current, {"public": False})
    return current


@transaction.atomic
def tell_status(user: User, agreement: Agreement, course: str, text: str) -> StatusUpdate:
    """Tell the other parties how it goes."""
    current = _locked(agreement)
    require(rules.may_act(user, current))
    if not text.strip():
        raise ReasonMissing
    update = StatusUpdate.objects.create(agreement=current, course=course, text=text.strip(), by=user)
    notices.tell_status(current, update)
    return update


@transaction.atomic
def plan_review(user: User, agreement: Agreement, due: date, question: str = "") -> Review:
    """Choose a day on which the parties look at how it goes; a day that is there already stays as it is."""
    current = _locked(agreement)
    require(rules.may_plan_reviews(user, current))
    if due < clock.today():
        raise ValidationError(_("Choose a day that has not passed."))
    return Review.objects.get_or_create(agreement=current, due=due, defaults={"question": question.strip()})[0]


@transaction.atomic
def cancel_review(user: User, review: Review) -> None:
    """Take a day off the plan; a review that has been held stays."""
    current = _locked(review.agreement)
    require(rules.may_plan_reviews(user, current))
    if Review.objects.filter(pk=review.pk, held__isnull=False).exists():
        raise WrongState
    Review.objects.filter(pk=review.pk).delete()


@transaction.atomic
def hold_review(user: User, review: Review, outcome: str, note: str) -> Review:
    """Note what the parties found at a review, once."""
    current = _locked(review.agreement)
    require(rules.may_act(user, current))
    if not note.strip():
        raise ReasonMissing
    held = Review.objects.select_for_update(of=("self",), no_key=True).filter(pk=review.pk).first()
    if held is None or held.held is not None:  # taken off, or held by the other party, at this moment
        raise WrongState
    held.held, held.held_by, held.outcome, held.note = clock.today(), user, outcome, note.strip()
    held.save(update_fields=["held", "held_by", "outcome", "note"])
    notices.tell_reviewed(current, held, user)
    return held


def _locked(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_for_update(of=("self",), no_key=True).get(pk=agreement.pk)


def _claimed(agreement: Agreement) -> Agreement:
    """The agreement, locked; its version counted up, because who it is between is part of what one says yes to."""
    current = _locked(agreement)
    current.version += 1
    current.save(update_fields=["version"])
    return current


def _locked_wording(wording: Wording) -> tuple[Agreement, Wording]:
    current = _locked(wording.agreement)
    return current, Wording.objects.select_related("agreement").get(pk=wording.pk)


def _only_terms(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: fields[name] for name in TERMS if name in fields}


def _set(agreement: Agreement, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(agreement, name, value)
    agreement.updated = clock.now()
    agreement.save(update_fields=[*fields, "updated", "version"])


def _begun(agreement: Agreement, user: User) -> None:
    log_step(agreement, "begin", "", AgreementState.DRAFT, by=user)


def _add(agreement: Agreement, party: PartyOf, contact: User | None) -> Party:
    key = {"organisation": party} if isinstance(party, Organisation) else {"department": party}
    if isinstance(party, Department) and not agreement.parties.filter(department__isnull=False).exists():
        agreement.municipality = party.municipality  # the agreement belongs where its first department does
        agreement.save(update_fields=["municipality"])
    return Party.objects.get_or_create(agreement=agreement, **key, defaults={"contact": contact})[0]


def _voice(meeting: Meeting, side: Any) -> User | None:
    """Who spoke last for a side of the dialogue."""
    said = meeting.messages.filter(side=side).select_related("author").order_by("created", "pk").last()
    return said.author if said else None


def _put(agreement: Agreement, user: User, terms: Mapping[str, Any], reason: str) -> Wording:
    latest = agreement.wordings.order_by("number").last()
    wording = Wording.objects.create(
        agreement=agreement, number=latest.number + 1 if latest else 1, reason=reason, proposed_by=user, **terms
    )
    log_step(wording, "propose", "", WordingState.PROPOSED, by=user)
    _say_yes(user, agreement, wording)
    notices.tell_proposed(agreement, wording, user)
    return wording


def _say_yes(user: User, agreement: Agreement, wording: Wording) -> None:
    party = rules.party_of(user, agreement)
    if party is None:
        raise Refused(rules.NOT_A_PARTY)
    Acceptance.objects.create(wording=wording, party=party, by=user)
    if party.contact_id is None:
        Party.objects.filter(pk=party.pk).update(contact=user)


def _settle(step: str, wording: Wording, user: User, reason: str = "") -> None:
    settled = WORDING_STATES.perform(step, wording, by=user, reason=reason)
    settled.settled, settled.settled_by = clock.now(), user
    settled.save(update_fields=["settled", "settled_by"])


def _back_to_draft(agreement: Agreement, user: User) -> Agreement:
    if agreement.state == AgreementState.PROPOSED:
        return AGREEMENT_STATES.perform("back_to_draft", agreement, by=user)
    return agreement


def _close(step: str, user: User, agreement: Agreement, experience: Mapping[str, str]) -> Agreement:
    texts = {name: experience.get(name, "").strip() for name in EXPERIENCE}
    if not all(texts.values()):
        raise ReasonMissing
    current = _locked(agreement)
    require(rules.may_close(user, current))
    for waiting in current.wordings.filter(state=WordingState.PROPOSED):
        _lapse(waiting, user)
    current.version += 1
    _set(current, {**texts, "closed": clock.today()})
    current = AGREEMENT_STATES.perform(step, current, by=user)
    notices.tell_closed(current, user)
    if current.meeting is not None:
        meeting_actions.conclude(user, current.meeting)
    return current


def _lapse(wording: Wording, user: User) -> None:
    """A proposal that still waits when the agreement is closed falls away."""
    wording.state, wording.settled, wording.settled_by = WordingState.WITHDRAWN, clock.now(), user
    wording.save(update_fields=["state", "settled", "settled_by"])
    log_step(wording, "lapse", WordingState.PROPOSED, WordingState.WITHDRAWN, by=user)
