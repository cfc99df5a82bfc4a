"""Reminders to those who have not answered."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN

from .reminders import remind_those_asked


@app.periodic(cron="15 7 * * 1-5")
@app.task(name="meetings.remind_those_asked", queueing_lock="meetings.remind_those_asked", retry=AGAIN)
def remind(timestamp: int) -> None:
    """Remind every working morning."""
    remind_those_asked()
