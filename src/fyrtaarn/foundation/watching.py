"""Whether the clock can be believed, before what time alone brings about cannot be undone.

A clock can be wrong by a year: set by hand, a machine without a battery, a copy of a machine that slept. What is due by
it is then not due. Two witnesses are heard. The database has a clock of its own, on another machine where there is one;
and every minute the workers note the time, so that a jump shows. After a jump, or an hour without any worker, the clock
must have run evenly for two days before anything is erased or sealed by it: time for a person to read the alarm, and
nothing is lost by waiting.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import ParamSpec

import structlog
from django.db import connection, transaction

from . import clock
from .models import ClockWatch

APART = timedelta(minutes=5)
"""So far two clocks may be apart."""
LONGEST_GAP = timedelta(hours=1)
"""So long no worker may have run; the time is noted every minute."""
PROOF = timedelta(days=2)

Given = ParamSpec("Given")

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class ClockStanding:
    """How our clock stands: by how much it is ahead of the database's, and since when it has run evenly.

    `even_since` is None before any worker has run, when nothing speaks against the clock.
    """

    ahead: timedelta
    even_since: datetime | None
    seen: datetime | None

    @property
    def differs(self) -> bool:
        """Whether the database's clock says something else."""
        return abs(self.ahead) > APART

    @property
    def has_jumped(self) -> bool:
        """Whether it has not run evenly for long enough, or has not been looked at."""
        if self.even_since is None or self.seen is None:
            return False
        now = clock.now()
        return now - self.even_since < PROOF or not _is_even(self.seen, now)

    @property
    def is_believed(self) -> bool:
        """Whether what cannot be undone may be done by it."""
        return not self.differs and not self.has_jumped


def note_time() -> None:
    """Note the time, and whether it has come evenly. Called by a worker every minute."""
    with transaction.atomic():
        now = clock.now()
        watch, is_first = ClockWatch.objects.select_for_update(no_key=True).get_or_create(
            pk=ClockWatch.ONLY, defaults={"seen": now, "even_since": now - PROOF}
        )
        if not is_first and not _is_even(watch.seen, now):
            log.error("the clock has jumped, or no worker has run", before=str(watch.seen), now=str(now))
            watch.even_since = now
        watch.seen = now
        watch.save()


def clock_standing() -> ClockStanding:
    """How the clock stands, in two statements."""
    watch = ClockWatch.objects.filter(pk=ClockWatch.ONLY).first()
    return ClockStanding(
        clock.now() - database_time(), watch.even_since if watch else None, watch.seen if watch else None
    )


def database_time() -> datetime:
    """This moment by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def once_the_clock_is_believed(work: Callable[Given, None]) -> Callable[Given, None]:
    """Have a job that cannot be undone do nothing while the clock is in doubt; it comes again the next night."""

    @wraps(work)
    def careful(*words: Given.args, **named: Given.kwargs) -> None:
        standing = clock_standing()
        if standing.is_believed:
            work(*words, **named)
        else:
            log.error("left undone, for the clock is in doubt", work=work.__qualname__, ahead=str(standing.ahead))

    return careful


def _is_even(before: datetime, now: datetime) -> bool:
    return -APART < now - before < LONGEST_GAP
