"""What the pages of districts show to everybody."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from fyrtaarn.agreements.models import PUBLIC_STATES, Agreement
from fyrtaarn.areas.models import District, LocalBody, Municipality
from fyrtaarn.listings.codes import EVERYBODY
from fyrtaarn.listings.models import Listing
from fyrtaarn.listings.search.scope import in_groups

from ..models import Appointment, Wish

MOST_SHOWN = 6
FEWEST_COUNTED = 5


@dataclass(frozen=True)
class Figures:
    """How many introductions were made, and how many of them led to something; None where that is held back.

    A group of one to four is not told, nor is a number from which it could be reckoned.
    """

    made: int | None
    led: int | None


def figures(made: int, led: int) -> Figures:
    """What may be told of `made` introductions of which `led` came to something."""
    if _is_small(made):
        return Figures(None, None)
    return Figures(made, None if _is_small(led) or _is_small(made - led) else led)


def _is_small(count: int) -> bool:
    return 0 < count < FEWEST_COUNTED


@dataclass(frozen=True)
class DistrictPage:
    """A district as everybody sees it; listings by kind."""

    contacts: list[Appointment]
    listings: dict[str, list[Listing]]
    collaborations: list[Agreement]
    local_bodies: list[LocalBody]
    wishes: list[Wish]
    figures: Figures


def districts_of(municipality: Municipality) -> QuerySet[District]:
    """The municipality's districts, each with whether somebody looks after it (`has_manager`)."""
    there = Appointment.objects.current().filter(district=OuterRef("pk"), deputy=False)
    return municipality.districts.annotate(has_manager=Exists(there)).order_by("sort_key", "pk")


def district_page(district: District) -> DistrictPage:
    """What happens in a district."""
    contacts = Appointment.objects.current().filter(district=district).select_related("user", "house")
    happens = Q(sought__districts__contains=[district.pk]) | Q(offered__districts__contains=[district.pk])
    collaborations = Agreement.objects.filter(happens, public=True, state__in=PUBLIC_STATES)
    wishes = wishes_in(district)
    return DistrictPage(
        contacts=list(contacts.order_by("deputy", "pk")),
        listings=_listings(district),
        collaborations=list(collaborations.order_by("-created", "-pk")[:MOST_SHOWN]),
        local_bodies=list(district.local_bodies.order_by("sort_key", "pk")),
        wishes=list(wishes[: 2 * MOST_SHOWN]),
        figures=_figures(district),
    )


def wishes_in(district: District) -> QuerySet[Wish]:
    """What the district's local committees have asked for, the latest first."""
    return Wish.objects.filter(local_body__district=district).select_related("local_body").order_by("-asked_on", "-pk")


def _listings(district: District) -> dict[str, list[Listing]]:
    """The newest public listings of each kind."""
    here = in_groups([[EVERYBODY], [f"district:{district.pk}"]])
    place = Window(RowNumber(), partition_by=F("kind"), order_by=(F("published").desc(), F("pk").desc()))
    newest = here.order_by().annotate(place=place).filter(place__lte=MOST_SHOWN)
    rows = newest.select_related("organisation").order_by("-published", "-pk")
    found: dict[str, list[Listing]] = {"challenge": [], "solution": [], "organisation": []}
    for listing in rows:
        found.setdefault(listing.kind, []).append(listing)
    return found


def _figures(district: District) -> Figures:
    """An errand of the database, for visitors see no introduction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT made, led FROM errand.count_introductions(%s)", [district.pk])
        return figures(*cursor.fetchone())
