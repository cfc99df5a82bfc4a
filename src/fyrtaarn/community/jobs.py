"""Reminders, days that pass, and what is done for two parties at once."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN

from . import reminders
from .actions import bring_together


@app.periodic(cron="20 7 * * 1-5")
@app.task(name="community.remind", queueing_lock="community.remind", retry=AGAIN)
def remind(timestamp: int) -> None:
    """Every working morning: expire what is too late, remind the parties, and those in charge of what is due."""
    reminders.expire_late()
    reminders.remind_parties()
    reminders.remind_of_due()


@app.task(name="community.bring_together", retry=AGAIN)
def bring_those_together(introduction: int) -> None:
    """The parties of an introduction have all said yes."""
    bring_together(introduction)
