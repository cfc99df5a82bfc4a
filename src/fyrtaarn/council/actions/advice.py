"""Advice: written by the secretary, answered by a department, followed until something has come of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState, log_step
from fyrtaarn.foundation.versions import claim_version
from fyrtaarn.listings.models import Audience, Listing, Side
from fyrtaarn.people.models import User

from .. import notices, rules
from ..models import Advice, AdviceProgress, AdviceState, Council

ADVICE_FIELDS = ("department", "meeting", "title", "text")
TOPICS = ("themes", "goals")


@transaction.atomic
def draft_advice(user: User, council: Council, fields: Mapping[str, Any]) -> Advice:
    """Begin a piece of advice that only the secretary and the members see yet."""
    require(rules.may_run(user, council))
    advice = Advice(council=council, **{name: fields[name] for name in ADVICE_FIELDS})
    _check(advice)
    advice.save()
    _set_topics(advice, fields)
    return advice


@transaction.atomic
def change_advice(user: User, advice: Advice, fields: Mapping[str, Any], version: int) -> Advice:
    """Save cleaned form values of a draft. Raises Conflict when somebody else has saved since `version`."""
    current = claim_version(advice, version)
    require(rules.may_edit_advice(user, current))
    for name in ADVICE_FIELDS:
        setattr(current, name, fields[name])
    _check(current)
    current.save(update_fields=[*ADVICE_FIELDS, "version"])
    _set_topics(current, fields)
    return current


@transaction.atomic
def link_listing(user: User, advice: Advice, listing: Listing) -> None:
    """Say that the advice is about a challenge, or something else that is sought, which everybody can see."""
    current = _locked(advice)
    require(rules.may_run(user, current.council))
    if listing.side != Side.SOUGHT or listing.audience != Audience.PUBLIC or listing.ended is not None:
        raise Refused(_("Only what everybody can see can be linked."))
    current.listings.add(listing)


@transaction.atomic
def unlink_listing(user: User, advice: Advice, listing: Listing) -> None:
    """Take a link away again."""
    current = _locked(advice)
    require(rules.may_run(user, current.council))
    current.listings.remove(listing)


@transaction.atomic
def give_advice(user: User, advice: Advice, due: date, version: int) -> Advice:
    """Give the advice as it was at `version` to its department, to be answered before the end of the day `due`."""
    current = claim_version(advice, version)
    require(rules.may_give(user, current))
    if current.state != AdviceState.DRAFT:
        raise WrongState
    if due <= clock.today():
        raise ValidationError(_("Choose a later day than today."))
    _check(current)
    current.due, current.given, current.state = due, clock.today(), AdviceState.GIVEN
    current.save(update_fields=["due", "given", "state", "version"])
    log_step(current, "give", AdviceState.DRAFT, AdviceState.GIVEN, by=user)
    notices.tell_advice(current, user)
    return current


@transaction.atomic
def hand_over_advice(user: User, advice: Advice, department: Department) -> Advice:
    """Let another department answer for one that has ended. What was said and the deadline stay."""
    current = _locked(advice)
    require(rules.may_hand_over(user, current))
    former, current.department = current.department, department
    _check(current)
    current.first_department = current.first_department or former
    current.save(update_fields=["department", "first_department"])
    log_step(current, "hand over", current.state, current.state, by=user, reason=f"{former} → {department}")
    notices.tell_advice(current, user)
    return current


@transaction.atomic
def answer_advice(user: User, advice: Advice, stance: str, answer: str) -> Advice:
    """Answer for the department, once; everybody sees it, and how late it is."""
    if not answer.strip():
        raise ReasonMissing
    current = _locked(advice)
    if current.state != AdviceState.GIVEN:
        raise WrongState
    require(rules.may_answer_advice(user, current))
    current.stance, current.answer, current.state = stance, answer.strip(), AdviceState.ANSWERED
    current.answered, current.answered_by = clock.today(), user
    current.save(update_fields=["stance", "answer", "answered", "answered_by", "state"])
    log_step(current, "answer", AdviceState.GIVEN, AdviceState.ANSWERED, by=user)
    notices.tell_answered(current, user)
    return current


@transaction.atomic
def tell_progress(user: User, advice: Advice, course: str, text: str) -> AdviceProgress:
    """Tell what has come of answered advice."""
    if not text.strip():
        raise ReasonMissing
    current = _locked(advice)
    require(rules.may_tell_progress(user, current))
    progress = AdviceProgress.objects.create(advice=current, course=course, text=text.strip(), by=user)
    notices.tell_progress(progress)
    return progress


def _locked(advice: Advice) -> Advice:
    rows = Advice.objects.select_for_update(of=("self",), no_key=True).select_related(
        "council__municipality", "department"
    )
    return rows.get(pk=advice.pk)


def _check(advice: Advice) -> None:
    """What the form offers and nothing else: a department that exists, a meeting of this council."""
    department = advice.department
    if department.municipality_id != advice.council.municipality_id or department.ended or not department.begun:
        raise ValidationError(_("Choose one of the municipality's present departments."))
    if advice.meeting is not None and advice.meeting.council_id != advice.council_id:
        raise ValidationError(_("The meeting belongs to another council."))


def _set_topics(advice: Advice, fields: Mapping[str, Any]) -> None:
    for name in TOPICS:
        getattr(advice, name).set(fields[name])
