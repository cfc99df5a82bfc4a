"""What departments are reminded of: an answer that comes near its deadline, and one that is late."""

from datetime import timedelta

from django.db import transaction

from fyrtaarn.foundation import clock

from .models import Advice, AdviceState
from .notices import tell_due

REMIND_BEFORE = timedelta(days=7)
AGAIN_AFTER_DAYS = 14


def remind_of_answers() -> int:
    """Remind seven days ahead, when the answer is late, and each fortnight after; returns how many were told.

    Run it as often as you like: each stage is told once, and after a pause the latest stage alone.
    """
    near = Advice.objects.filter(state=AdviceState.GIVEN, due__lte=clock.today() + REMIND_BEFORE)
    return sum(_remind(pk) for pk in near.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int) -> int:
    rows = Advice.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
    advice = rows.select_related("council__municipality", "department").filter(pk=pk).first()
    if advice is None or advice.state != AdviceState.GIVEN:
        return 0  # somebody is answering at this moment, or has
    return tell_due(advice, stage_of(advice.days_late))


def stage_of(days_late: int) -> str:
    """The stage of reminding: "ahead" until the deadline, then "late 0", "late 14" and so on."""
    return f"late {(days_late - 1) // AGAIN_AFTER_DAYS * AGAIN_AFTER_DAYS}" if days_late else "ahead"
