"""Whether what is offered still holds: its owner says so at an interval, and what she has not confirmed sinks in lists."""

from datetime import date

from django.db import transaction

from fyrtaarn.foundation import clock

from .models import Listing


def is_fresh(fresh_until: date | None, today: date) -> bool:
    """Whether something still counts as confirmed; `fresh_until` is the first day on which it does not (None: never)."""
    return fresh_until is None or today < fresh_until


@transaction.atomic
def sink_stale() -> int:
    """Let listings sink whose day has come; says how many. What is being published just now sees to itself."""
    due = Listing.objects.select_for_update(of=("self",), skip_locked=True, no_key=True).filter(
        ended=None, fresh=True, fresh_until__lte=clock.today()
    )
    return Listing.objects.filter(pk__in=[listing.pk for listing in due.only("pk").order_by("pk")]).update(fresh=False)
