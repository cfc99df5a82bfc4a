"""Holding a period, and its stays, until the transaction ends."""

from fyrtaarn.foundation.holding import hold

from ..models import FieldworkPeriod, Stay


def held_period(pk: int) -> FieldworkPeriod:
    """The period as it is now, with its offer. Raises Gone."""
    return hold(FieldworkPeriod.objects.select_related("offer__department__municipality"), pk)


def held_stay(stay: Stay) -> Stay:
    """The stay as it is now, its period held first. Raises Gone."""
    period = held_period(stay.period_id)
    current = hold(Stay.objects.select_related("organisation", "guest"), stay.pk)
    current.period = period
    return current
