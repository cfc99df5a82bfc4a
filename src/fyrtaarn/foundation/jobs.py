"""Background work of the foundation: mail, digests, the seal on the history, and the work that a dead worker left."""

from datetime import timedelta

import structlog
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from . import clock, files, mail, notices, sealing, shared, watching
from .background import AGAIN
from .watching import once_the_clock_is_believed

STRAY_FILES_STAY = timedelta(days=7)

log = structlog.get_logger(__name__)


@app.task(name=mail.SEND_JOB, retry=AGAIN)
def send_mail() -> None:
    """Send what is due."""
    mail.send_waiting_mail()


@app.periodic(cron="* * * * *")
@app.task(name="foundation.send_delayed_mail", queueing_lock="foundation.send_delayed_mail")
def send_delayed_mail(timestamp: int) -> None:
    """Send what had to wait for another attempt."""
    mail.send_waiting_mail()


@app.periodic(cron="* * * * *")
@app.task(name="foundation.note_time", queueing_lock="foundation.note_time")
def note_time(timestamp: int) -> None:
    """Note the time, so that a jump of the clock shows."""
    watching.note_time()


@app.periodic(cron="*/5 * * * *")
@app.task(name="foundation.write_digests", queueing_lock="foundation.write_digests")
def write_digests(timestamp: int) -> None:
    """Write the digests that are due: soon after seven, or as soon as the worker runs again."""
    notices.write_digests()


@app.periodic(cron="* * * * *")
@app.task(name="foundation.take_up_stalled", queueing_lock="foundation.take_up_stalled", pass_context=True)
async def take_up_stalled(context: JobContext, timestamp: int) -> None:
    """Have the jobs done that a worker had begun which has given no sign of life for half a minute."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # the same work waits already
            await manager.finish_job(job, status=Status.ABORTED, delete_job=True)


@app.periodic(cron="40 3 * * *")
@app.task(name="foundation.seal_history", queueing_lock="foundation.seal_history", retry=AGAIN)
@once_the_clock_is_believed
def seal_history(timestamp: int) -> None:
    """Seal yesterday's history, hours after midnight, so that no change of yesterday is still under way."""
    sealing.seal_history()


@app.periodic(cron="17 * * * *")
@app.task(name="foundation.forget_expired", queueing_lock="foundation.forget_expired")
def forget_expired(timestamp: int) -> None:
    """Remove what the web processes remembered for a while and no longer need."""
    shared.forget_expired()


@app.periodic(cron="50 3 * * *")
@app.task(name="foundation.sweep_files", queueing_lock="foundation.sweep_files", retry=AGAIN)
@once_the_clock_is_believed
def sweep_files(timestamp: int) -> None:
    """Remove files that have belonged to nothing for a week, so that a restored database may still find its own."""
    if swept := files.sweep(clock.now() - STRAY_FILES_STAY):
        log.warning("files that belong to nothing were removed", files=swept)
