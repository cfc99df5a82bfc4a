"""When an answer is promised: counted in Danish working days from the day on which the question was received.

Days on which the municipality waits for the asker are not counted: they move the last day on.
"""

from datetime import date

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.working_days import working_days_after, working_days_between

from .models import Case, CaseTopic

USUAL_DAYS = 5
"""For a question that has no topic yet."""


def promised(case: Case, topic: CaseTopic | None) -> date:
    """The last day for an answer, with the days that it has waited for the asker."""
    days = topic.days if topic else USUAL_DAYS
    return working_days_after(_day_received(case), days + case.waited)


def answered_in(case: Case) -> int:
    """Working days from the question to now, without those that it waited for the asker."""
    return max(0, working_days_between(_day_received(case), clock.today()) - case.waited)


def waited_since(day: date) -> int:
    """Working days from the day on which the asker was asked until today."""
    return working_days_between(day, clock.today())


def _day_received(case: Case) -> date:
    if case.received is None:
        raise ValueError("the question has not been received")
    return case.received.astimezone(clock.COPENHAGEN).date()
