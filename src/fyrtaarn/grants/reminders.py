"""Reports that come near or are late."""

from datetime import timedelta

from django.db import transaction

from fyrtaarn.foundation import clock

from . import notices
from .models import GrantState, Report, ReportState

DAYS_BEFORE = (30, 7)


@transaction.atomic
def remind_of_reports() -> int:
    """Remind 30 and 7 days before and once when late; returns how many were told. Run it as often as you like."""
    today = clock.today()
    unwritten = Report.objects.filter(
        state__in=(ReportState.DUE, ReportState.RETURNED),
        grant__state=GrantState.ACTIVE,
        due__lte=today + timedelta(days=max(DAYS_BEFORE)),
    ).select_related("grant__organisation", "grant__pool")
    return sum(notices.tell_report_due(report, _step((report.due - today).days)) for report in unwritten.order_by("pk"))


def _step(days: int) -> int:
    """Which of the reminders it is time for: the nearest one that has begun; -1 when late."""
    return -1 if days < 0 else min(step for step in DAYS_BEFORE if days <= step)
