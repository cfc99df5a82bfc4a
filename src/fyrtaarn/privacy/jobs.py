"""Copies that somebody waits for, and what is due each night."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN
from fyrtaarn.foundation.watching import once_the_clock_is_believed

from . import actions, remembering, retention


@app.task(name=actions.COPY_JOB, retry=AGAIN)
def make_copy(copy: int) -> None:
    """Make a copy that was asked for."""
    actions.make_copy(copy)


@app.task(name=actions.REGISTER_JOB, retry=AGAIN)
def make_register(register: int) -> None:
    """Make an answer to a request for access."""
    actions.make_register(register)


@app.task(name=actions.LET_GO_JOB, lock=actions.LET_GO_JOB, retry=AGAIN)
@once_the_clock_is_believed
def let_go() -> None:
    """Let go of what may go, after a decision of the archive."""
    retention.let_go()


@app.periodic(cron="15 3 * * *")
@app.task(name="privacy.nightly", queueing_lock="privacy.nightly", lock=actions.LET_GO_JOB, retry=AGAIN)
@once_the_clock_is_believed
def nightly(timestamp: int) -> None:
    """Erase who is to be erased, let go of what is due, and let the list beside the backups say so."""
    actions.erase_due()
    actions.forget_receipts()
    actions.forget_register_files()
    retention.let_go()
    remembering.write_list()
