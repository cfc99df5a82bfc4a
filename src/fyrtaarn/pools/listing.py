"""How pools appear in search and matching: money is something offered, fresh as long as one can apply."""

from datetime import timedelta

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from fyrtaarn.listings.models import Side
from fyrtaarn.listings.registry import ListingFacts, ListingKind, register

from .models import Call, CallState, Pool, PoolState
from .paths import pool_path
from .queries import fund_managers


def describe(pool: Pool) -> ListingFacts | None:
    """The facts of a pool that is open, with the words of the calls in which one can apply or soon can."""
    if pool.state != PoolState.OPEN:
        return None
    calls = [call for call in pool.calls.all() if call.state == CallState.PUBLISHED]
    days = [call.closes for call in calls if call.closes is not None]
    rolling = any(call.closes is None for call in calls)
    return ListingFacts(
        title=pool.name,
        text="\n".join([pool.purpose, *(f"{call.title}. {call.text}".strip() for call in calls)]),
        unshown="\n".join(filter(None, (pool.name_en, pool.purpose_en, *(call.title_en for call in calls)))),
        path=pool_path(pool),
        municipality=pool.municipality,
        published=pool.created,
        departments=tuple(giver.department_id for giver in pool.contributors.all() if giver.department_id),
        state=pool.state,
        capacity="" if calls else "none",
        fresh_until=None if rolling or not days else max(days) + timedelta(days=1),
    )


def listed() -> QuerySet[Pool]:
    calls = Prefetch("calls", Call.objects.filter(state=CallState.PUBLISHED).order_by("pk"))
    whole = Pool.objects.filter(state=PoolState.OPEN).select_related("municipality")
    return whole.prefetch_related(calls, "contributors").order_by("pk")


FUND = register(
    ListingKind(
        key="fund",
        side=Side.OFFERED,
        model=Pool,
        label=_("Pool of money"),
        plural=_("Pools of money"),
        describe=describe,
        subjects=listed,
        holders=lambda pool: fund_managers(pool.municipality_id),
        states=dict(PoolState.choices),
        capacities={"none": _("No open call at present")},
    )
)
