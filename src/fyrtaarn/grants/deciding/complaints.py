"""The applicant says that a decision is wrong; somebody who had no part in it answers."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.applications.actions import note_reversed
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState, log_step
from fyrtaarn.people.models import User

from ..actions.grants import fall
from ..models import Complaint, ComplaintState, Decision, DecisionState, Grant
from . import jobs, notices, rules
from .actions import held_application
from .states import COMPLAINT_STATES, DECISION_STATES

REMIND_BEFORE = timedelta(days=7)
WHOLE = (
    "decision__application__municipality", "decision__application__call__pool", "decision__application__organisation",
)  # fmt: skip


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
    """Tell those who can answer it, if it waits still. For the worker: the applicant does not see who decides."""
    complaint = Complaint.objects.select_related(*WHOLE).get(pk=complaint_id)
    if complaint.state == ComplaintState.RECEIVED:
        notices.tell_complaint(complaint)


@transaction.atomic
def remind_of_complaints() -> int:
    """Remind those who can answer, a week before the day and once when it has passed. For the worker."""
    today = clock.today()
    rows = Complaint.objects.filter(state=ComplaintState.RECEIVED, due__lte=today + REMIND_BEFORE)
    return sum(
        notices.tell_complaint_due(complaint, late=complaint.due < today)
        for complaint in rows.select_related(*WHOLE).order_by("pk")
    )


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
        for grant in Grant.objects.filter(decision=current.decision):
            fall(user, grant, text.strip())
        DECISION_STATES.perform("reverse", current.decision, by=user, reason=text)
        note_reversed(application, user, text)
    notices.tell_complaint_answered(current)
    return current
