"""How the installation stands, in a bounded number of queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from platform import python_version

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, F, Max, Min, Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from fyrtaarn.backups.models import Backup
from fyrtaarn.engine.matching import ANALYSIS_VERSION
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.mail import HAND_OVER, count_mail
from fyrtaarn.listings.models import Listing, Unfolded

JOB_STATES = ("todo", "doing", "failed")
ALIVE = timedelta(minutes=1)
"""A worker says every ten seconds that it lives."""
OLDEST_BACKUP = timedelta(hours=26)


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
    backup_age: float | None
    """Seconds since the newest backup; None where none was made."""


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
        backup_age=_age(Backup.objects.aggregate(newest=Max("made"))["newest"]),
        index_outdated=Listing.objects.filter(ended=None).exclude(analysis_version=ANALYSIS_VERSION).count(),
    )


def _age(moment: datetime | None) -> float | None:
    return (clock.now() - moment).total_seconds() if moment else None


def failed_jobs() -> QuerySet[ProcrastinateJob]:
    """Background work that was given up, the latest first, with `since`: when."""
    failed: QuerySet[ProcrastinateJob] = ProcrastinateJob.objects.filter(status="failed")
    return failed.annotate(since=Max("procrastinateevent__at")).order_by(F("since").desc(nulls_last=True), "-pk")


@dataclass(frozen=True)
class LostMail:
    """A mail that nobody can say has arrived: what it is about, and whether the mail server refused it."""

    key: str
    created: datetime
    refused: bool
    bounced: bool


def undelivered_mail(most: int) -> list[LostMail]:
    """The latest mail that was not delivered, for an operator; nothing for anybody else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, created, refused, bounced FROM errand.undelivered_mail(%s, %s)",
            [clock.now() - HAND_OVER, most],
        )
        return [LostMail(*row) for row in cursor.fetchall()]


def backup_is_old() -> bool:
    """Whether there is no backup of the last night."""
    return not Backup.objects.filter(made__gte=clock.now() - OLDEST_BACKUP).exists()


def versions() -> dict[str, str]:
    """What runs here, by name."""
    number = connection.cursor().connection.info.server_version
    return {
        "Fyrtårn": version("fyrtaarn"),
        "Python": python_version(),
        "Django": version("django"),
        "PostgreSQL": f"{number // 10_000}.{number % 10_000}",
    }


def missing_migrations() -> list[str]:
    """Names of migrations that this version has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def _waited(now: datetime) -> float | None:
    """A job without a time of its own has waited since it was deferred."""
    due = ProcrastinateJob.objects.filter(status="todo").filter(Q(scheduled_at=None) | Q(scheduled_at__lte=now))
    since = due.aggregate(
        planned=Min("scheduled_at"),
        deferred=Min("procrastinateevent__at", filter=Q(scheduled_at=None, procrastinateevent__type="deferred")),
    )
    moments = [moment for moment in since.values() if moment]
    return max(0.0, (now - min(moments)).total_seconds()) if moments else None
