"""The applicant says that a decision is wrong; somebody who had no part in it answers."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.applications.actions import note_reversed
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState, log_step
from fyrtaarn.people.models import User

from ..models import Complaint, ComplaintState, Decision, DecisionState
from . import jobs, notices, rules
from .actions import held_application
from .money import give_back
from .states import COMPLAINT_STATES, DECISION_STATES


@transaction.atomic
def complain(user: User, decision: Decision, text: str) -> Complaint:
    """Complain of a decision, once and until its day."""
    if not text.strip():
        raise ReasonMissing
    current = hold(Decision.objects.select_related("application__call__pool", "application__organisation"), decision.pk)
    require(rules.may_complain(user, current))
    try:
        with transaction.atomic():
            complaint = Complaint.objects.create(decision=current, text=text.strip(), by=user)
    except IntegrityError as fault:
        raise Refused(_("You have complained already.")) from fault
    log_step(complaint, "complain", "", complaint.state, by=user)
    jobs.tell_complaint.defer(complaint_id=complaint.pk)
    return complaint


@transaction.atomic
def tell_received(complaint_id: int) -> None:
    """Tell those who can answer it. For the worker: the applicant does not see who decides."""
    whole = (
        "decision__application__municipality",
        "decision__application__call__pool",
        "decision__application__organisation",
    )
    notices.tell_complaint(Complaint.objects.select_related(*whole).get(pk=complaint_id))


def withdraw(user: User, complaint: Complaint) -> Complaint:
    """Let the complaint be."""
    return COMPLAINT_STATES.perform("withdraw", complaint, by=user)


@transaction.atomic
def answer(user: User, complaint: Complaint, text: str, *, right: bool) -> Complaint:
    """Answer it: the decision stands, or the applicant is right and it is decided anew, what was granted given back.

    Raises Refused where the grant has gone too far to be given back.
    """
    if not text.strip():
        raise ReasonMissing
    decision = complaint.decision
    application = held_application(decision.application_id)
    current = hold(Complaint.objects.select_related("decision"), complaint.pk)
    current.decision.application = application
    require(rules.may_answer_complaint(user, current))
    if current.state != ComplaintState.RECEIVED or current.decision.state != DecisionState.DECIDED:
        raise WrongState
    current.answer, current.answered, current.answered_by = text.strip(), clock.now(), user
    current.save(update_fields=["answer", "answered", "answered_by"])
    current = COMPLAINT_STATES.perform("uphold" if right else "keep", current, by=user)
    if right:
        give_back(current.decision, by=user, why=text)
        DECISION_STATES.perform("reverse", current.decision, by=user, reason=text)
        note_reversed(application, user, text)
    notices.tell_complaint_answered(current)
    return current
