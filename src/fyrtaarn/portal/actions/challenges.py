"""What people do with challenges."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.transitions import WrongState
from fyrtaarn.listings.actions import publish
from fyrtaarn.people.models import User

from .. import notices, rules
from ..models import Challenge, ChallengeState
from ..states import CHALLENGE_STATES, ENDING_STEPS, PLAIN_STEPS
from .drafts import assign, claim_draft, mark_deleted, save

TEXTS = "title situation whom change"


@transaction.atomic
def add_challenge(
    user: User, municipality: Municipality, draft_key: UUID, fields: Mapping[str, Any], page_key: str = ""
) -> Challenge:
    """Begin a draft with her own department, where she has one, and herself as contact.

    The same `draft_key` twice (a double click, two saves while typing) gives the same draft, unchanged; one that she
    has deleted meanwhile comes back.
    """
    require(rules.may_create_challenge(user, municipality))
    departments = rules.departments_edited(user, municipality)
    challenge, new = Challenge.with_deleted.get_or_create(
        draft_key=draft_key,
        defaults={
            "municipality": municipality,
            "created_by": user,
            "contact": user,
            "saved_from": page_key,
            "department_id": min(departments) if departments else None,
        },
    )
    if new:
        assign(challenge, fields, TEXTS)
        save(challenge, fields)
    else:
        require(rules.may_edit_challenge(user, challenge))
        mark_deleted(challenge, deleted=False)
    return challenge


@transaction.atomic
def change_challenge(
    user: User,
    challenge: Challenge,
    fields: Mapping[str, Any],
    version: int,
    *,
    page_key: str = "",
    typing: bool = False,
) -> Challenge:
    """Save cleaned form values, and tell departments that have become partners (not while she is still `typing`).

    Raises Conflict when somebody else, or another page than `page_key`, has saved since `version`.
    """
    current = claim_draft(challenge, version, page_key, typing=typing)
    require(rules.may_edit_challenge(user, current))
    require(rules.may_choose_department(user, current, fields.get("department")))
    assign(current, fields, TEXTS)
    if current.state != ChallengeState.DRAFT:
        require(rules.may_publish_challenge(user, current))
    save(current, fields)
    if current.state != ChallengeState.DRAFT:
        publish(current)
        notices.tell_contact(current, user)
    if not typing:
        notices.tell_partners(current, user)
    return current


@transaction.atomic
def publish_challenge(user: User, challenge: Challenge) -> Challenge:
    """Let others see it. Raises Refused when something is missing, WrongState when it is published already."""
    current = locked(challenge)
    if current.state != ChallengeState.DRAFT:
        raise WrongState
    require(rules.may_publish_challenge(user, current))
    current.published = clock.now()
    current.save(update_fields=["published"])
    return CHALLENGE_STATES.perform("publish", current, by=user)


@transaction.atomic
def step_challenge(user: User, challenge: Challenge, step: str) -> Challenge:
    """Move it one step that needs nothing more than the wish. Raises KeyError for any other step."""
    if step not in PLAIN_STEPS:
        raise KeyError(step)
    return CHALLENGE_STATES.perform(step, challenge, by=user)


@transaction.atomic
def end_challenge(user: User, challenge: Challenge, step: str, learned: str) -> Challenge:
    """Solve or close it with what was learned; those in dialogue about it are told."""
    if step not in ENDING_STEPS:
        raise KeyError(step)
    current = locked(challenge)
    if current.state not in CHALLENGE_STATES.transitions[step].sources:
        raise WrongState
    require(rules.may_edit_challenge(user, current))
    current.learned = learned
    current.save(update_fields=["learned"])
    return CHALLENGE_STATES.perform(step, current, by=user, reason=learned)


@transaction.atomic
def leave_challenge(user: User, challenge: Challenge, department: Department) -> None:
    """Take a department out of those that own the challenge together; the one that leads is told."""
    current = locked(challenge)
    require(rules.may_leave_challenge(user, current, department))
    current.partners.remove(department)
    current.version += 1
    current.save(update_fields=["version"])
    if current.state != ChallengeState.DRAFT:
        publish(current)
    notices.tell_partner_left(current, department, user)


@transaction.atomic
def delete_challenge(user: User, challenge: Challenge) -> None:
    """Take a draft away; it can be brought back for 30 days."""
    current = locked(challenge)
    require(rules.may_delete_challenge(user, current))
    mark_deleted(current, deleted=True)


@transaction.atomic
def restore_challenge(user: User, pk: int) -> Challenge:
    """Bring a deleted draft back. Raises Challenge.DoesNotExist when it is gone for good."""
    challenge = Challenge.with_deleted.select_for_update(of=("self",), no_key=True).get(pk=pk)
    require(rules.may_edit_challenge(user, challenge))
    mark_deleted(challenge, deleted=False)
    return challenge


def locked(challenge: Challenge) -> Challenge:
    return hold(Challenge.objects.all(), challenge.pk)
