"""Reminders of contributions, every morning."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN


@app.periodic(cron="15 7 * * *")
@app.task(name="pools.remind", queueing_lock="pools.remind", retry=AGAIN)
def remind(timestamp: int) -> None:
    """Remind every morning."""
    from . import reminders

    reminders.remind_of_contributions()
