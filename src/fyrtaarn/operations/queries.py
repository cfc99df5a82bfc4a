"""How the installation stands, in a bounded number of queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from fyrtaarn.engine.matching import ANALYSIS_VERSION
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.mail import count_mail
from fyrtaarn.listings.models import Listing, Unfolded

JOB_STATES = ("todo", "doing", "failed")
ALIVE = timedelta(minutes=1)
"""A worker says every ten seconds that it lives."""


@dataclass(frozen=True)
class Standing:
    """How the installation stands at one moment."""

    jobs: dict[str, int]
    oldest_due_job: float | None
    """Seconds that the oldest due job has waited; None when none waits."""
    workers: int
    mail_waiting: int
    mail_undelivered: int
    index_uncounted: int
    index_outdated: int


def standing() -> Standing:
    """Count what waits, what went wrong and who works."""
    now = clock.now()
    counted = dict(
        ProcrastinateJob.objects.filter(status__in=JOB_STATES)
        .order_by("status")
        .values_list("status")
        .annotate(number=Count("pk"))
    )
    waiting, lost = count_mail()
    return Standing(
        jobs={state: counted.get(state, 0) for state in JOB_STATES},
        oldest_due_job=_waited(now),
        workers=ProcrastinateWorker.objects.filter(last_heartbeat__gte=now - ALIVE).count(),
        mail_waiting=waiting,
        mail_undelivered=lost,
        index_uncounted=Unfolded.objects.count(),
        index_outdated=Listing.objects.filter(ended=None).exclude(analysis_version=ANALYSIS_VERSION).count(),
    )


def _waited(now: datetime) -> float | None:
    """A job without a time of its own has waited since it was deferred."""
    due = ProcrastinateJob.objects.filter(status="todo").filter(Q(scheduled_at=None) | Q(scheduled_at__lte=now))
    since = due.aggregate(
        planned=Min("scheduled_at"),
        deferred=Min("procrastinateevent__at", filter=Q(scheduled_at=None, procrastinateevent__type="deferred")),
    )
    moments = [moment for moment in since.values() if moment]
    return max(0.0, (now - min(moments)).total_seconds()) if moments else None
