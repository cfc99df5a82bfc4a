"""What the pages of fieldwork read."""

from django.db import connection
from django.db.models import Min, Q, QuerySet
from django.shortcuts import get_object_or_404

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import require_found
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User

from .models import FieldworkOffer, FieldworkPeriod, Learned, OfferState, Stay, StayState
from .rules import HOST_KINDS, NOT_A_PARTY

MOST_PROPOSED = 5


def hosted(user: User, prefix: str) -> Q:
    """Condition on a row that reaches its department through `prefix`: the person hosts there."""
    roles = [role for role in user.current_roles if role.kind in HOST_KINDS]
    departments = [role.department_id for role in roles if role.department_id]
    municipalities = [role.municipality_id for role in roles if not role.department_id]
    return Q(**{f"{prefix}__in": departments}) | Q(**{f"{prefix}__municipality__in": municipalities})


def open_offers(municipality: Municipality | None) -> QuerySet[FieldworkOffer]:
    """The open offers of one municipality, or of all, each with `next_start`: the next first day, None for no days."""
    rows = FieldworkOffer.objects.filter(state=OfferState.OPEN, department__municipality__open=True)
    if municipality is not None:
        rows = rows.filter(department__municipality=municipality)
    ahead = Q(periods__starts__gt=clock.today())
    return rows.select_related("department__municipality").annotate(next_start=Min("periods__starts", filter=ahead))


def next_periods(municipality: Municipality) -> list[FieldworkPeriod]:
    """The next periods of open offers that have not begun, the first first; five at most."""
    rows = FieldworkPeriod.objects.filter(
        offer__state=OfferState.OPEN, offer__department__municipality=municipality, starts__gt=clock.today()
    )
    return list(rows.select_related("offer__department__municipality").order_by("starts", "pk")[:MOST_PROPOSED])


def offers_of(user: User, municipality: Municipality) -> QuerySet[FieldworkOffer]:
    """All offers of the departments for which the person hosts, drafts and closed ones too."""
    rows = FieldworkOffer.objects.filter(hosted(user, "department"), department__municipality=municipality)
    return rows.select_related("department__municipality")


def one_offer(municipality: Municipality, pk: int) -> FieldworkOffer:
    """One offer. Raises Http404, also where the reader's database does not show it."""
    rows = FieldworkOffer.objects.select_related("department__municipality")
    return get_object_or_404(rows, pk=pk, department__municipality=municipality)


def taken_places(offer: FieldworkOffer) -> dict[int, int]:
    """How many places of each period are taken, by the period's key; a period without guests is left out.

    An errand of the database, because a visitor sees no stays.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT period, taken FROM errand.taken_places(%s)", [offer.pk])
        return dict(cursor.fetchall())


def departments_hosted(user: User, municipality: Municipality) -> QuerySet[Department]:
    """The municipality's departments for which the person hosts."""
    kinds = [role for role in user.current_roles if role.kind in HOST_KINDS and role.municipality_id == municipality.pk]
    rows = Department.objects.current().filter(municipality=municipality)
    if any(role.department_id is None for role in kinds):
        return rows
    return rows.filter(pk__in=[role.department_id for role in kinds])


def own_organisations(user: User) -> QuerySet[Organisation]:
    """The organisations for which the person can apply."""
    keys = [membership.organisation_id for membership in memberships_of(user)]
    return Organisation.objects.filter(pk__in=keys, closed=None)


def stay_with_parties(municipality: Municipality, pk: int) -> Stay:
    """One stay with what its page shows. Raises Refused where the reader's database has none."""
    rows = Stay.objects.select_related(
        "period__offer__department__municipality", "organisation__home", "guest", "declaration"
    )
    found = rows.filter(pk=pk, period__offer__department__municipality=municipality).first()
    return require_found(found, NOT_A_PARTY)


def stays_for(offer: FieldworkOffer) -> QuerySet[Stay]:
    """The applications for an offer that the reader's database shows."""
    rows = Stay.objects.filter(period__offer=offer).select_related(
        "organisation", "period__offer__department__municipality"
    )
    return rows.order_by("period__starts", "created", "pk")


def stays_of(user: User, *, coming: bool = False) -> QuerySet[Stay]:
    """The stays of the person's organisations, the latest first; with `coming` the agreed ones that are not over."""
    rows = Stay.objects.filter(organisation__in=[m.organisation_id for m in memberships_of(user)])
    rows = rows.select_related("organisation", "period__offer__department__municipality")
    if coming:
        rows = rows.filter(state=StayState.AGREED, period__ends__gt=clock.today())
    return rows.order_by("-period__starts", "-pk")


def stays_hosted(user: User, municipality: Municipality) -> QuerySet[Stay]:
    """The applications and stays with the departments for which the person hosts."""
    rows = Stay.objects.filter(
        hosted(user, "period__offer__department"), period__offer__department__municipality=municipality
    )
    return rows.select_related("organisation", "guest", "period__offer__department__municipality")


def stays_to_decide(user: User) -> QuerySet[Stay]:
    """Applications that wait for the person as a host, the oldest first."""
    rows = Stay.objects.filter(hosted(user, "period__offer__department"), state=StayState.APPLIED)
    rows = rows.filter(period__starts__gt=clock.today())
    return rows.select_related("organisation", "period__offer__department__municipality").order_by("created", "pk")


def published_learning(municipality: Municipality) -> QuerySet[Learned]:
    """What host and guest have agreed that everybody may read, the latest first."""
    rows = Learned.objects.filter(host_agrees=True, guest_agrees=True, offer__department__municipality=municipality)
    return rows.select_related("offer__department__municipality")
