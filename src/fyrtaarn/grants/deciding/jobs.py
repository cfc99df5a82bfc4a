"""What the applicant does not see follows here, and reminders every morning."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN


@app.task(name="grants.tell_heard", retry=AGAIN)
def tell_heard(hearing_id: int) -> None:
    """Tell those who look after the pool that the applicant has answered."""
    from . import hearings

    hearings.tell_heard(hearing_id)


@app.task(name="grants.tell_complaint", retry=AGAIN)
def tell_complaint(complaint_id: int) -> None:
    """Tell those who can answer a complaint."""
    from . import complaints

    complaints.tell_received(complaint_id)


@app.periodic(cron="50 7 * * *")
@app.task(name="grants.remind_of_decisions", queueing_lock="grants.remind_of_decisions", retry=AGAIN)
def remind(timestamp: int) -> None:
    """Remind applicants who have not said what they have to say, and those who can answer a complaint."""
    from . import complaints, hearings

    hearings.remind_of_hearings()
    complaints.remind_of_complaints()
