"""What contributors are reminded of: a quarter that is to be paid soon, and one that is late."""

from datetime import timedelta

from django.db import transaction

from fyrtaarn.foundation import clock

from . import notices
from .queries import due_parts

REMIND_BEFORE = timedelta(days=7)


@transaction.atomic
def remind_of_contributions() -> int:
    """Remind of each quarter that is not said to be paid once before its day and once after; returns how many were told."""
    told = 0
    unpaid = due_parts(clock.today() + REMIND_BEFORE + timedelta(days=1))
    for part in unpaid.filter(sent_payment=None):
        told += notices.tell_late(part) if part.is_late else notices.tell_due(part)
    return told
