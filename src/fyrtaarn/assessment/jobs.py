"""What follows when an assessor has a conflict or is done, which she does not see herself; and reminders."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN


@app.task(name="assessment.follow_conflict", retry=AGAIN)
def follow_conflict(assignment_id: int) -> None:
    """Find somebody instead, and tell those who look after the pool."""
    from . import following

    following.follow_conflict(assignment_id)


@app.task(name="assessment.follow_finished", retry=AGAIN)
def follow_finished(application_id: int) -> None:
    """Tell those who look after the pool when all are done."""
    from . import following

    following.follow_finished(application_id)


@app.task(name="assessment.tell_remark", retry=AGAIN)
def tell_remark(remark_id: int) -> None:
    """Tell the others what somebody has said."""
    from . import following

    following.tell_remark(remark_id)


@app.periodic(cron="20 7 * * *")
@app.task(name="assessment.remind", queueing_lock="assessment.remind", retry=AGAIN)
def remind(timestamp: int) -> None:
    """Remind every morning."""
    from . import following

    following.remind_of_assessments()
