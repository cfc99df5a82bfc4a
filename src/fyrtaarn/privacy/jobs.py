"""Copies that somebody waits for, and what is due each night."""

from procrastinate.contrib.django import app

from . import actions, remembering


@app.task(name=actions.COPY_JOB)
def make_copy(copy: int) -> None:
    """Make a copy that was asked for."""
    actions.make_copy(copy)


@app.periodic(cron="15 3 * * *")
@app.task(name="privacy.nightly", queueing_lock="privacy.nightly", lock="privacy.nightly")
def nightly(timestamp: int) -> None:
    """Erase who is to be erased, and let the list beside the backups say so."""
    actions.erase_due()
    actions.forget_receipts()
    remembering.write_list()
