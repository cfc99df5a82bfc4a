"""Background work of the portal."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN
from fyrtaarn.foundation.watching import once_the_clock_is_believed

from . import actions


@app.periodic(cron="10 6 * * *")
@app.task(name="portal.remind_of_solutions", queueing_lock="portal.remind_of_solutions", retry=AGAIN)
def remind_of_solutions(timestamp: int) -> None:
    """Each morning: ask the owners of solutions that turn stale."""
    actions.remind_of_solutions()


@app.periodic(cron="40 3 * * *")
@app.task(name="portal.remove_deleted_drafts", queueing_lock="portal.remove_deleted_drafts", retry=AGAIN)
@once_the_clock_is_believed
def remove_deleted_drafts(timestamp: int) -> None:
    """Each night: remove for good the drafts deleted 30 days ago."""
    actions.remove_deleted_drafts()
