"""Answers that are due: the holder is reminded; when it is late the deputy is told, and then the department's lead."""

from datetime import date

from django.db import transaction

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.foundation.working_days import working_days_between
from fyrtaarn.people.models import User

from . import notices
from .holders import contact_of, lead_of, reached_for
from .models import Case, CaseState

REMIND_BEFORE = 1
"""Working days before the last day."""
LATE = {1: 1, 2: 3}
"""Working days after the last day until the deputy is told, and until the lead is."""
SORT_WITHIN = 1
"""Working days in which a new question should have been sorted."""
UNANSWERED = (CaseState.RECEIVED, CaseState.ROUTED, CaseState.IN_PROGRESS)


def remind_all() -> int:
    """Remind and escalate what is due or late, each step once; returns how many were told. As often as you like."""
    waiting = Case.objects.filter(state__in=UNANSWERED, answered=None).order_by("pk").values_list("pk", flat=True)
    return sum(_remind(pk) for pk in waiting)


@transaction.atomic
def _remind(pk: int) -> int:
    rows = Case.objects.select_related("municipality", "department", "holder", "asker", "topic")
    case = rows.select_for_update(of=("self",), skip_locked=True, no_key=True).filter(pk=pk, answered=None).first()
    if case is None or case.state not in UNANSWERED or case.due is None:
        return 0  # somebody is answering at this moment, or has
    told = _remind_sorters(case) if case.state == CaseState.RECEIVED else 0
    late = working_days_between(case.due, clock.today())
    if late:
        return told + _escalate(case, late)
    if case.state != CaseState.RECEIVED and working_days_between(clock.today(), case.due) <= REMIND_BEFORE:
        told += notices.tell_due(case, _holders(case))
    return told


def _remind_sorters(case: Case) -> int:
    received: date = (case.received or case.created).astimezone(clock.COPENHAGEN).date()
    return notices.tell_unsorted(case) if working_days_between(received, clock.today()) > SORT_WITHIN else 0


def _holders(case: Case) -> list[User]:
    return reached_for(case.holder, case.department) or notices.department_people(case)


def _escalate(case: Case, late: int) -> int:
    level = max((level for level, days in LATE.items() if late >= days), default=0)
    if level <= case.escalated:
        return 0
    contact = contact_of(case.holder, case.department)
    deputy = contact.deputy.user if contact and contact.deputy else None
    lead = lead_of(case.department) if level > 1 or deputy is None else None
    people = {one.pk: one for one in (*_holders(case), deputy, lead) if one is not None}
    if case.department is None:
        people |= {one.pk: one for one in notices.sorters_of(case)}
    case.escalated = level
    case.save(update_fields=["escalated"])
    log_step(case, "escalate", case.state, case.state, by=None)
    return notices.tell_late(case, people.values(), level)
