"""Background work of the foundation: mail and digests."""

from procrastinate.contrib.django import app

from . import mail, notices


@app.task(name=mail.SEND_JOB)
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
