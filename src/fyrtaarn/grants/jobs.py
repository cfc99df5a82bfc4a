"""Reminders every morning, and what follows a grant that its parties need not see to."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN


@app.periodic(cron="45 7 * * *")
@app.task(name="grants.remind", queueing_lock="grants.remind", retry=AGAIN)
def remind(timestamp: int) -> None:
    """Remind of reports, and of reviews of terms over several years that have led to nothing yet."""
    from . import reminders
    from .terms.reminders import remind_of_open_reviews

    reminders.remind_of_reports()
    remind_of_open_reviews()


@app.task(name="grants.bring_agreement_up_to_date", retry=AGAIN)
def bring_agreement_up_to_date(grant_id: int) -> None:
    """Let the agreement on a grant end with it."""
    from . import agreeing

    agreeing.bring_up_to_date(grant_id)
