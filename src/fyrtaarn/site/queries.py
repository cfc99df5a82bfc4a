"""What the front pages show: public and published things only, with a bounded number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from fyrtaarn.agreements.models import Agreement, AgreementState
from fyrtaarn.agreements.queries import public_agreements
from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.fieldwork.queries import open_offers
from fyrtaarn.foundation.files import files_of_each
from fyrtaarn.foundation.models import StoredFile
from fyrtaarn.listings.models import Audience, Listing
from fyrtaarn.listings.search import Scope, count_all
from fyrtaarn.portal.models import Solution

NEWEST = 3


@dataclass(frozen=True)
class Numbers:
    """How much there is; each number is a link to the list that it counts."""

    challenges: int
    solutions: int
    collaborations: int


@dataclass(frozen=True)
class OpenMunicipality:
    """A municipality with a portal here, and how much is on it."""

    municipality: Municipality
    challenges: int
    collaborations: int


def public_listings() -> QuerySet[Listing]:
    """What everybody may find."""
    return Listing.objects.filter(ended=None, audience=Audience.PUBLIC, published__isnull=False)


def found_in(municipality: Municipality | None) -> Q:
    """What is found on a municipality's pages: its own, and what is delivered there; everything on national pages."""
    if municipality is None:
        return Q()
    return Q(municipality=municipality) | Q(delivers_in__contains=[municipality.pk]) | Q(delivers_everywhere=True)


def newest(kind: str, municipality: Municipality | None) -> list[Listing]:
    """The newest of a kind that is found in one municipality, or in all; what is stale after all that is fresh."""
    found = public_listings().filter(found_in(municipality), kind=kind).order_by("-fresh", "-published", "-pk")
    return list(found.select_related("municipality", "organisation")[:NEWEST])


def newest_solutions(municipality: Municipality | None) -> list[tuple[Listing, StoredFile | None]]:
    """The newest solutions, each with its first picture."""
    listings = newest("solution", municipality)
    pictures = files_of_each([Solution(pk=listing.subject_id) for listing in listings])
    return [(listing, next(iter(pictures[listing.subject_id]), None)) for listing in listings]


def results(municipality: Municipality | None) -> list[Agreement]:
    """The latest completed collaborations whose parties tell what they learned, with their parties."""
    found = public_agreements(municipality).filter(state=AgreementState.COMPLETED)
    return list(found.order_by("-updated", "-pk")[:NEWEST])


def numbers(municipality: Municipality | None) -> Numbers:
    """How many challenges, solutions and collaborations are public."""
    scope = Scope(municipality=municipality.pk if municipality else None)
    by_code = count_all(scope, {}, ["kind"]).by_code
    collaborations = public_agreements(municipality).count()
    return Numbers(by_code.get("kind:challenge", 0), by_code.get("kind:solution", 0), collaborations)


def open_municipalities() -> list[OpenMunicipality]:
    """The municipalities with a portal, in Danish order."""
    challenges = _by_municipality(public_listings().filter(kind="challenge"))
    collaborations = _by_municipality(public_agreements())
    return [
        OpenMunicipality(found, challenges.get(found.pk, 0), collaborations.get(found.pk, 0))
        for found in Municipality.objects.filter(open=True).order_by("sort_key", "pk")
    ]


def municipalities_to_write_to() -> QuerySet[Municipality]:
    """The municipalities with a portal here, to show how each is reached."""
    return Municipality.objects.filter(open=True).order_by("sort_key", "pk")


def _by_municipality(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.order_by().prefetch_related(None).values_list("municipality_id").annotate(Count("pk")))


def departments(municipality: Municipality) -> list[Department]:
    """The departments that exist today, each with whether it `hosts` fieldwork that is open."""
    found = Department.objects.current().filter(municipality=municipality).order_by("sort_key", "pk")
    return list(found.annotate(hosts=Exists(open_offers(municipality).filter(department=OuterRef("pk")))))
