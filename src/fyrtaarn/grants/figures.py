"""The money of a municipality's pools together: in, committed, paid and free, and by whom and for what. Whole øre."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.ledger.models import Account, AccountKind
from fyrtaarn.pools.models import Contributor, LeftoverShare, PartState, Pool, PoolState

from .models import Demand, DemandState, Grant, Instalment, InstalmentState

COMMITTED = (AccountKind.ROUND, AccountKind.GRANT, AccountKind.PAYABLE)


@dataclass(frozen=True)
class PoolMoney:
    """One pool: what has come in is what is free, committed, paid and returned together.

    `committed` is set aside for calls or granted and not paid; `paid` is less what recipients have paid back.
    """

    pool: Pool
    came_in: int
    free: int
    committed: int
    paid: int
    returned: int


@dataclass(frozen=True)
class Part:
    """What has been granted and paid, less what has been paid back, of one district or theme."""

    label: str
    granted: int
    paid: int


@dataclass(frozen=True)
class Gift:
    """What one contributor has paid in, to all pools."""

    label: str
    paid_in: int


def money_of_pools(municipality: Municipality, givers: Iterable[Contributor]) -> list[PoolMoney]:
    """Each pool that is not a draft, by name; `givers` are those of `givers_of`."""
    pools = list(
        Pool.objects.filter(municipality=municipality).exclude(state=PoolState.DRAFT).order_by("sort_key", "pk")
    )
    held: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    sums = Account.objects.filter(book__in=[pool.book_id for pool in pools]).order_by().values_list("book", "kind")
    for book, kind, oere in sums.annotate(sum=Sum("balance")):
        held[book][kind] = int(oere)
    back = LeftoverShare.objects.filter(closed_year__pool__in=pools, paid__isnull=False).order_by()
    returned = defaultdict(int, back.values_list("closed_year__pool").annotate(sum=Sum("oere")))
    paid_in: dict[int, int] = defaultdict(int)
    for giver in givers:
        paid_in[giver.pool_id] += paid_in_by(giver)
    return [
        PoolMoney(
            pool,
            came_in=paid_in[pool.pk],
            free=held[pool.book_id][AccountKind.FREE],
            committed=sum(held[pool.book_id][kind] for kind in COMMITTED),
            paid=paid_in[pool.pk] - int(returned[pool.pk]) - held[pool.book_id][AccountKind.CASH],
            returned=int(returned[pool.pk]) + held[pool.book_id][AccountKind.OWED],
        )
        for pool in pools
    ]


def givers_of(municipality: Municipality) -> list[Contributor]:
    """All who feed the municipality's pools, or have done, with what they have paid in (`paid_in`)."""
    paid = Q(contributions__parts__state=PartState.PAID)
    givers = Contributor.objects.filter(pool__municipality=municipality).select_related("department", "local_body")
    return list(givers.annotate(paid_in=Sum("contributions__parts__oere", filter=paid)).order_by("pk"))


def paid_in_by(giver: Contributor) -> int:
    return int(giver.paid_in or 0)  # type: ignore[attr-defined]


def by_contributor(givers: Iterable[Contributor]) -> list[Gift]:
    """What each department and local committee has paid in to all pools, the most first."""
    gifts: dict[str, int] = defaultdict(int)
    for giver in givers:
        gifts[str(giver)] += paid_in_by(giver)
    return sorted((Gift(label, oere) for label, oere in gifts.items()), key=lambda one: -one.paid_in)


def by_district(municipality: Municipality) -> list[Part]:
    """What has been granted and paid in each district, the most first."""
    return _parts(municipality, "district__name", _("The whole municipality"))


def by_theme(municipality: Municipality) -> list[Part]:
    """The same by theme. A grant with two themes stands under both."""
    name = "themes__name_en" if get_language() == "en" else "themes__name"
    return _parts(municipality, name, _("No theme"))


def _parts(municipality: Municipality, by: str, none: str) -> list[Part]:
    """One statement: the sums of grants by a name."""
    grants = Grant.objects.filter(municipality=municipality).annotate(
        got=_sum_of(Instalment.objects.filter(state=InstalmentState.PAID)),
        gave=_sum_of(Demand.objects.filter(state=DemandState.PAID)),
    )
    rows = grants.order_by().values_list(by).annotate(granted=Sum("oere"), all_got=Sum("got"), all_gave=Sum("gave"))
    parts = [Part(label or none, int(granted), int(got) - int(gave)) for label, granted, got, gave in rows]
    return sorted(parts, key=lambda one: (-one.granted, one.label))


def _sum_of(rows: QuerySet[Any]) -> Coalesce:
    """The øre of the rows of a grant."""
    of_grant = rows.filter(grant=OuterRef("pk")).order_by().values("grant").annotate(sum=Sum("oere")).values("sum")
    return Coalesce(Subquery(of_grant), 0, output_field=BigIntegerField())
