"""Decisions: drafted, changed, sent to those who decide, said yes to, and decided in one transaction.

What is held, in this order: the application, the decision, and last the pool's book, which the ledger holds itself.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.applications.actions import note_decided
from fyrtaarn.applications.models import Application
from fyrtaarn.assessment.actions import close_discussion
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import WrongState, log_step
from fyrtaarn.foundation.versions import Conflict, claim_version
from fyrtaarn.people.models import User

from ..actions.grants import open_grant
from ..models import Decision, DecisionState, DecisionYes, Outcome
from . import letters, notices, rules
from .states import DECISION_STATES

FIELDS = ("outcome", "oere", "reasons", "conditions")
OPEN_STATES = (DecisionState.DRAFT, DecisionState.HEARING)
WHOLE = ("call__pool__municipality", "organisation", "municipality", "rules", "contact")


@transaction.atomic
def draft(user: User, application: Application, fields: Mapping[str, Any]) -> Decision:
    """Begin the decision on an application; its assessment is closed by it. Raises ValidationError for the amount."""
    current = held_application(application.pk)
    require(rules.may_draft(user, current))
    _check(current, fields)
    try:
        with transaction.atomic():
            decision = Decision.objects.create(
                application=current, drafted_by=user, **{name: fields[name] for name in FIELDS}
            )
    except IntegrityError as fault:
        raise Refused(_("Somebody has drafted the decision already.")) from fault
    close_discussion(user, current)
    log_step(decision, "draft", "", decision.state, by=user)
    return decision


@transaction.atomic
def change(user: User, decision: Decision, fields: Mapping[str, Any], version: int) -> Decision:
    """Save the draft anew; who changes it has drafted it. Raises Conflict when overtaken."""
    current = claim_version(decision, version)
    require(rules.may_handle(user, current))
    if current.state not in OPEN_STATES:
        raise WrongState
    _check(current.application, fields)
    for name in FIELDS:
        setattr(current, name, fields[name])
    current.drafted_by = user
    current.save(update_fields=[*FIELDS, "drafted_by", "version"])
    return current


@transaction.atomic
def propose(user: User, decision: Decision) -> Decision:
    """Send it to those who decide: two of them where the amount demands it."""
    current = DECISION_STATES.perform("propose", decision, by=user)
    if fault := _fault(current.application, current.outcome, current.oere):
        raise Refused(fault)
    two_from = current.application.call.pool.two_from
    current.second_needed = two_from is not None and current.oere >= two_from
    current.proposed = clock.now()
    current.save(update_fields=["second_needed", "proposed"])
    notices.tell_proposed(current)
    return current


@transaction.atomic
def take_back(user: User, decision: Decision, why: str) -> Decision:
    """Take it back to the draft; every yes falls, for what is said yes to will be another."""
    current = DECISION_STATES.perform("take_back", decision, by=user, reason=why)
    current.yeses.all().delete()
    notices.tell_taken_back(current, user, why)
    return current


@transaction.atomic
def say_yes(user: User, decision: Decision, version: int) -> Decision:
    """One decider's yes to what she has read; with the last one needed it is decided.

    Raises Conflict where it has been changed since, NotEnough where the money is short, Refused where state aid stands
    in the way: then nothing has changed.
    """
    application = held_application(decision.application_id)
    current = hold(Decision.objects.all(), decision.pk)
    current.application = application
    require(rules.may_say_yes(user, current))
    if current.version != version:
        raise Conflict(current)
    DecisionYes.objects.create(decision=current, by=user)
    log_step(current, "yes", current.state, current.state, by=user)
    if current.yeses.count() >= (2 if current.second_needed else 1):
        _decide(user, current)
    return current


def _decide(user: User, decision: Decision) -> None:
    decision.decided = clock.now()
    decision.save(update_fields=["decided"])
    if decision.oere:
        open_grant(decision, by=user)
    note_decided(decision.application, decision.outcome != Outcome.REFUSED, by=user)
    DECISION_STATES.perform("decide", decision, by=user)
    decision.letter = letters.keep(decision, by=user)
    decision.save(update_fields=["letter"])
    notices.tell_decided(decision)


def held_application(pk: int) -> Application:
    return hold(Application.objects.select_related(*WHOLE), pk)


def _check(application: Application, fields: Mapping[str, Any]) -> None:
    """The amount fits what is decided. Raises ValidationError."""
    if fault := _fault(application, fields["outcome"], fields["oere"]):
        raise ValidationError(fault)


def _fault(application: Application, outcome: str, oere: int) -> Any:
    """Why the amount does not fit what is decided; None where it does."""
    if outcome == Outcome.GRANTED and oere != application.asked:
        return _("Who grants the application grants what it asks for. Choose “in part” for less.")
    if outcome == Outcome.IN_PART and not 0 < oere < application.asked:
        return _("Part of it is more than nothing and less than the application asks for.")
    if outcome == Outcome.REFUSED and oere:
        return _("A refusal grants nothing.")
    return None
