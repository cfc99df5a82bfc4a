"""What the front pages show: public and published things only, with a bounded number of queries."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from fyrtaarn.agreements.models import Agreement, AgreementState
from fyrtaarn.agreements.queries import public_agreements
from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.listings.models import Audience, Listing

NEWEST = 3


@dataclass(frozen=True)
class Numbers:
    """How much there is; each number stands beside a link to the list that it counts."""

    challenges: int
    solutions: int
    collaborations: int


@dataclass(frozen=True)
class OpenMunicipality:
    """A municipality with a portal here, and how much is on it."""

    municipality: Municipality
    challenges: int
    solutions: int


def public_listings() -> QuerySet[Listing]:
    """What everybody may find."""
    return Listing.objects.filter(ended=None, audience=Audience.PUBLIC, published__isnull=False)


def newest(kind: str, municipality: Municipality | None) -> list[Listing]:
    """The newest of a kind, in one municipality or in all."""
    found = public_listings().filter(kind=kind).order_by("-published", "-pk")
    if municipality:
        found = found.filter(municipality=municipality)
    return list(found.select_related("municipality", "organisation")[:NEWEST])


def results(municipality: Municipality | None) -> list[Agreement]:
    """The latest completed collaborations whose parties tell what they learned, with their parties."""
    found = public_agreements(municipality).filter(state=AgreementState.COMPLETED)
    return list(found.order_by("-updated", "-pk")[:NEWEST])


def numbers(municipality: Municipality | None) -> Numbers:
    """How many challenges, solutions and collaborations are public."""
    listings = public_listings()
    if municipality:
        listings = listings.filter(municipality=municipality)
    by_kind = dict(listings.order_by().values_list("kind").annotate(Count("pk")))
    return Numbers(by_kind.get("challenge", 0), by_kind.get("solution", 0), public_agreements(municipality).count())


def open_municipalities() -> list[OpenMunicipality]:
    """The municipalities with a portal, in Danish order."""
    rows = public_listings().order_by().values_list("municipality_id", "kind").annotate(number=Count("pk"))
    counts = Counter({(municipality, kind): number for municipality, kind, number in rows})
    return [
        OpenMunicipality(found, counts[found.pk, "challenge"], counts[found.pk, "solution"])
        for found in Municipality.objects.filter(open=True).order_by("sort_key", "pk")
    ]


def departments(municipality: Municipality) -> QuerySet[Department]:
    """The departments that exist today."""
    return Department.objects.current().filter(municipality=municipality).order_by("sort_key", "pk")
