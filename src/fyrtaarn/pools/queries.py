"""Reading of pools, calls and contributions."""

from datetime import date

from django.db.models import Q, QuerySet

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.people.models import Role, User

from .models import Call, CallState, Pool, PoolDuty, PoolState
from .rules import MANAGERS


def pools_in(municipality: Municipality) -> QuerySet[Pool]:
    """The municipality's pools that the reader may see."""
    return Pool.objects.filter(municipality=municipality).select_related("municipality")


def open_calls(municipality: Municipality) -> QuerySet[Call]:
    """The calls of the municipality's open pools in which one can apply today, those that close first in front."""
    today = clock.today()
    published = Call.objects.filter(
        Q(closes=None) | Q(closes__gte=today),
        pool__municipality=municipality,
        pool__state=PoolState.OPEN,
        state=CallState.PUBLISHED,
        opens__lte=today,
    )
    return published.select_related("pool__municipality", "rules").order_by("closes", "pk")


def people_with(pool: Pool, duty: str, on: date | None = None) -> QuerySet[User]:
    """Those who have the duty for the pool on a day (today), by name."""
    day = on or clock.today()
    held = PoolDuty.objects.filter(Q(ends=None) | Q(ends__gt=day), pool=pool, duty=duty, starts__lte=day)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")


def fund_managers(municipality: Municipality | int) -> QuerySet[User]:
    """Those who look after the municipality's pools today."""
    held = Role.objects.current().filter(municipality=municipality, kind__in=MANAGERS)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")
