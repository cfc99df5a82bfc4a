"""Reminders of answers that are due."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN

from . import reminders


@app.periodic(cron="20 7 * * *")
@app.task(name="council.remind", queueing_lock="council.remind", retry=AGAIN)
def remind(timestamp: int) -> None:
    """Remind every morning."""
    reminders.remind_of_answers()
