"""What the worker does after an assessor's step, and every morning."""

from datetime import timedelta

from django.db import transaction

from fyrtaarn.applications.models import Application
from fyrtaarn.foundation import clock

from . import notices, rules
from .actions import replace
from .choosing import LIVE_STATES
from .models import Assignment, AssignmentState, Remark

REMIND_BEFORE = timedelta(days=3)
APPLICATION = (
    "application__call__pool",
    "application__organisation",
    "application__municipality",
    "application__rules",
)


@transaction.atomic
def follow_conflict(assignment_id: int) -> None:
    """Find somebody instead, by the same day where it lies ahead, and tell those who look after the application."""
    assignment = Assignment.objects.select_related(*APPLICATION, "assessor").get(pk=assignment_id)
    due = assignment.due if assignment.due and assignment.due >= clock.today() else None
    replacements = replace(assignment.application_id, due)
    application, lacking = assignment.application, 0
    if rules.still_assessed(application):
        live = application.assignments.filter(state__in=LIVE_STATES).count()
        lacking = max(0, application.rules.assessors - live)
    notices.tell_conflict(assignment, replacements, lacking)


@transaction.atomic
def follow_finished(application_id: int) -> None:
    """Tell those who look after the application when all are done; two who finish at once are told of once."""
    rows = Application.objects.select_related("call__pool", "organisation", "municipality", "rules")
    application = rows.get(pk=application_id)
    assignments = list(application.assignments.all())
    done = [one.done for one in assignments if one.state == AssignmentState.DONE and one.done]
    if len(done) >= application.rules.assessors and not any(one.state in rules.OPEN_STATES for one in assignments):
        notices.tell_assessed(application, max(done))


@transaction.atomic
def tell_remark(remark_id: int) -> None:
    """Tell the others what somebody has said."""
    notices.tell_remark(Remark.objects.select_related(*APPLICATION, "by").get(pk=remark_id))


@transaction.atomic
def remind_of_assessments() -> int:
    """Remind of each assessment once before its day and once after; returns how many were told."""
    rows = Assignment.objects.filter(
        state__in=rules.OPEN_STATES,
        application__state__in=rules.UNDECIDED,
        application__closed_discussion=None,
        due__lte=clock.today() + REMIND_BEFORE,
    )
    return sum(
        notices.tell_due(one, "late" if rules.is_late(one) else "near")
        for one in rows.select_related(*APPLICATION, "assessor").order_by("pk")
    )
