"""Reminders every morning."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN


@app.periodic(cron="45 7 * * *")
@app.task(name="grants.remind", queueing_lock="grants.remind", retry=AGAIN)
def remind(timestamp: int) -> None:
    """Remind of reports."""
    from . import reminders

    reminders.remind_of_reports()
