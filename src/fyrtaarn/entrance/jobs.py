"""Background work of the entrance: questions are sorted, who is late is reminded, figures are counted."""

from procrastinate.contrib.django import app

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.background import AGAIN
from fyrtaarn.foundation.watching import once_the_clock_is_believed

from .models import Case


def sort_soon(case: Case) -> None:
    """Have a new question sorted as soon as the caller's transaction is committed."""
    sort_case.defer(case=case.pk)


@app.task(name="entrance.sort_case", retry=AGAIN)
def sort_case(case: int) -> None:
    """Propose topics, and send the question on where its topic goes straight."""
    from .actions import sort_new

    sort_new(case)


@app.periodic(cron="5 7 * * 1-5")
@app.task(name="entrance.remind", queueing_lock="entrance.remind", retry=AGAIN)
def remind(timestamp: int) -> None:
    """Remind and escalate every working morning."""
    from .reminders import remind_all

    remind_all()


@app.periodic(cron="25 * * * *")
@app.task(name="entrance.count_times", queueing_lock="entrance.count_times", retry=AGAIN)
def count_times(timestamp: int) -> None:
    """Count how fast each municipality answers."""
    from .figures import count_all

    count_all(Municipality.objects.order_by("pk"))


@app.periodic(cron="50 3 * * *")
@app.task(name="entrance.forget_unconfirmed", queueing_lock="entrance.forget_unconfirmed", retry=AGAIN)
@once_the_clock_is_believed
def forget(timestamp: int) -> None:
    """Remove questions that nobody has confirmed."""
    from .actions import forget_unconfirmed

    forget_unconfirmed()
