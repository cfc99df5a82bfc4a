"""Reminders of reviews and of periods that end."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN

from . import reminders


@app.periodic(cron="30 7 * * *")
@app.task(name="agreements.remind", queueing_lock="agreements.remind", retry=AGAIN)
def remind(timestamp: int) -> None:
    """Remind every morning."""
    reminders.remind_of_reviews()
    reminders.remind_of_ends()
