"""A question finds its department and its person: by rule, by a person's choice, or handed over."""

from typing import Any

from django.db import transaction

from fyrtaarn.areas.models import Department
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import ReasonMissing
from fyrtaarn.people.models import User

from .. import notices, rules
from ..deadlines import promised
from ..holders import Choice, contacts_of, holder_for
from ..models import UNROUTED_STATES, Case, CaseState, CaseTopic, Ground
from ..states import CASE_STATES
from ..suggesting import suggest_for
from .common import involve, locked, stop_waiting


@transaction.atomic
def route(
    user: User,
    case: Case,
    department: Department,
    topic: CaseTopic | None = None,
    holder: User | None = None,
    reason: str = "",
) -> Case:
    """Send a question to a department, or hand it over to another or to a colleague; the asker is told who has it.

    Without a chosen `holder` the department's own order says who it is. Handing over demands a reason, which the
    asker reads too. Raises Refused or ReasonMissing.
    """
    current = locked(case)
    require(rules.may_route(user, current))
    if department.municipality_id != current.municipality_id or department.ended:
        raise Refused(rules.NOT_A_DEPARTMENT)
    if topic is not None and topic.municipality_id != current.municipality_id:
        raise Refused(rules.NOT_A_TOPIC)
    handed_over = current.state not in UNROUTED_STATES
    if handed_over and not reason.strip():
        raise ReasonMissing
    current.sorted_by = current.sorted_by if handed_over else user
    _send(user, current, department, topic, _chosen(department, topic, holder), reason)
    return current


def _chosen(department: Department, topic: CaseTopic | None, holder: User | None) -> Choice | None:
    if holder is None:
        return holder_for(department, topic)
    if not any(contact.user_id == holder.pk for contact in contacts_of([department.pk])):
        raise Refused(rules.NOT_A_CONTACT)
    return Choice(holder, Ground.CHOSEN)


def _send(
    by: Any, case: Case, department: Department, topic: CaseTopic | None, choice: Choice | None, reason: str
) -> None:
    case.department, case.topic = department, topic
    case.holder, case.ground = (choice.user, choice.ground) if choice else (None, "")
    case.due = promised(case, topic)
    case.escalated = 0
    involve(case, department.pk)
    case.save(update_fields=["department", "topic", "holder", "ground", "due", "escalated", "departments", "sorted_by"])
    CASE_STATES.perform("route", case, by=by, reason=reason)
    stop_waiting(case)
    notices.tell_routed(case, by)


@transaction.atomic
def sort_new(case: int) -> Case | None:
    """Propose topics for a new question; where the first is sure and goes straight, send it there.

    Called by the worker, who sees how like questions went before. None where somebody has been quicker.
    """
    current = (
        Case.objects.select_for_update(of=("self",), no_key=True).filter(pk=case, state=CaseState.RECEIVED).first()
    )
    if current is None:
        return None
    current = locked(current)
    suggestions = suggest_for(current)
    current.suggestions = [{"topic": one.topic.pk, "share": one.share, "words": list(one.words)} for one in suggestions]
    current.save(update_fields=["suggestions"])
    first = suggestions[0] if suggestions else None
    department = first.topic.department if first else None
    if first and department and first.topic.straight and first.sure and not department.ended:
        _send(None, current, department, first.topic, holder_for(department, first.topic), "")
    return current
