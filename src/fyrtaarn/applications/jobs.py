"""Reminders to those who apply."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN


@app.periodic(cron="15 7 * * *")
@app.task(name="applications.remind", queueing_lock="applications.remind", retry=AGAIN)
def remind(timestamp: int) -> None:
    """Remind every morning."""
    from . import reminders

    reminders.remind_applicants()
