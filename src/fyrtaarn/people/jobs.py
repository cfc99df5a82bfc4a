"""Background work about people: roles that their provider no longer confirms."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN
from fyrtaarn.foundation.watching import once_the_clock_is_believed

from . import actions


@app.periodic(cron="20 2 * * *")
@app.task(name="people.end_unconfirmed_roles", queueing_lock="people.end_unconfirmed_roles", retry=AGAIN)
@once_the_clock_is_believed
def end_unconfirmed_roles(timestamp: int) -> None:
    """End the roles of people who have not signed in by their municipality's provider for long."""
    actions.end_unconfirmed_roles()
