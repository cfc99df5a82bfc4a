"""Background work of the foundation: mail, digests, the seal on the history, and the work that a dead worker left."""

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from . import mail, notices, sealing, shared
from .background import AGAIN


@app.task(name=mail.SEND_JOB, retry=AGAIN)
def send_mail() -> None:
    """Send what is due."""
    mail.send_waiting_mail()


@app.periodic(cron="* * * * *")
@app.task(name="foundation.send_delayed_mail", queueing_lock="foundation.send_delayed_mail")
def send_delayed_mail(timestamp: int) -> None:
    """Send what had to wait for another attempt."""
    mail.send_waiting_mail()


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
def seal_history(timestamp: int) -> None:
    """Seal yesterday's history, hours after midnight, so that no change of yesterday is still under way."""
    sealing.seal_history()


@app.periodic(cron="17 * * * *")
@app.task(name="foundation.forget_expired", queueing_lock="foundation.forget_expired")
def forget_expired(timestamp: int) -> None:
    """Remove what the web processes remembered for a while and no longer need."""
    shared.forget_expired()
