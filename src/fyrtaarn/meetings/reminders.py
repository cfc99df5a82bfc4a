"""Who still waits for an answer."""

from django.db import transaction

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.working_days import working_days_between

from .models import Meeting, MeetingState
from .notices import tell_waiting

REMIND_AFTER = (10, 5)  # working days, the longest first


def remind_those_asked() -> int:
    """Remind each side that has not answered after 5 and 10 working days, once each; returns how many were told.

    Run it as often as you like. After a pause only the reminder for the longest time that has passed is sent.
    """
    waiting = Meeting.objects.filter(state=MeetingState.PROPOSED).order_by("pk").values_list("pk", flat=True)
    return sum(_remind(pk) for pk in waiting)


@transaction.atomic
def _remind(pk: int) -> int:
    meeting = Meeting.objects.select_for_update(of=("self",), skip_locked=True, no_key=True).filter(pk=pk).first()
    if meeting is None or meeting.state != MeetingState.PROPOSED:
        return 0  # somebody is answering at this moment, or has
    passed = working_days_between(meeting.asked.astimezone(clock.COPENHAGEN).date(), clock.today())
    due = next((days for days in REMIND_AFTER if passed >= days), None)
    return tell_waiting(meeting, due) if due else 0
