"""The waiting list, reminders before and after a stay, and applications that nobody answered."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN
from fyrtaarn.foundation.watching import once_the_clock_is_believed


@app.task(name="fieldwork.move_up", retry=AGAIN)
def move_up(period_id: int) -> None:
    """Give free places to those who wait."""
    from . import actions

    actions.move_up(period_id)


@app.periodic(cron="25 7 * * *")
@app.task(name="fieldwork.remind", queueing_lock="fieldwork.remind", retry=AGAIN)
def remind(timestamp: int) -> None:
    """Remind every morning."""
    from . import reminders

    reminders.remind_of_stays()


@app.periodic(cron="35 7 * * *")
@app.task(name="fieldwork.lapse", queueing_lock="fieldwork.lapse", retry=AGAIN)
@once_the_clock_is_believed
def lapse(timestamp: int) -> None:
    """Let applications lapse every morning whose period begins."""
    from . import reminders

    reminders.lapse_applications()
