"""Reminders of comments that are due."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN

from . import actions


@app.periodic(cron="25 7 * * *")
@app.task(name="pitches.remind", queueing_lock="pitches.remind", retry=AGAIN)
def remind(timestamp: int) -> None:
    """Remind every morning."""
    actions.remind_all()
