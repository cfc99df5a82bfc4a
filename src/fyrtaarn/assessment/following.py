"""What the worker does after an assessor's step, and every morning."""

from datetime import timedelta

from django.db import transaction

from fyrtaarn.applications.models import Application
from fyrtaarn.foundation import clock

from . import notices, rules
from .actions import replace
from .models import Assignment, AssignmentState, ClosedDiscussion, Remark

REMIND_BEFORE = timedelta(days=3)
WHOLE = ("application__call__pool", "application__organisation", "application__municipality", "assessor")


@transaction.atomic
def follow_conflict(assignment_id: int) -> None:
    assignment = Assignment.objects.select_related(*WHOLE).get(pk=assignment_id)
    due = assignment.due if assignment.due and assignment.due >= clock.today() else None
    notices.tell_conflict(assignment, replace(assignment.application_id, due))


@transaction.atomic
def follow_finished(application_id: int) -> None:
    rows = Application.objects.select_related("call__pool", "organisation", "municipality", "rules")
    application = rows.get(pk=application_id)
    states = list(application.assignments.values_list("state", flat=True))
    waits = any(state in rules.OPEN_STATES for state in states)
    if not waits and states.count(AssignmentState.DONE) >= application.rules.assessors:
        notices.tell_assessed(application)


@transaction.atomic
def tell_remark(remark_id: int) -> None:
    whole = ("application__call__pool", "application__organisation", "application__municipality", "by")
    notices.tell_remark(Remark.objects.select_related(*whole).get(pk=remark_id))


@transaction.atomic
def remind_of_assessments() -> int:
    """Remind of each assessment once before its day and once after; returns how many were told."""
    today = clock.today()
    rows = Assignment.objects.filter(
        state__in=rules.OPEN_STATES, application__state__in=rules.UNDECIDED, due__lte=today + REMIND_BEFORE
    ).exclude(application__in=ClosedDiscussion.objects.order_by().values("application"))
    return sum(
        notices.tell_due(one, "late" if rules.is_late(one) else "near")
        for one in rows.select_related(*WHOLE).order_by("pk")
    )
