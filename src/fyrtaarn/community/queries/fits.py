"""What is sought and offered in a district, and what fits by the search: what everybody can see of it, no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import BigIntegerField, QuerySet, Value

from fyrtaarn.agreements.models import PUBLIC_STATES, Agreement
from fyrtaarn.areas.models import Department, District
from fyrtaarn.listings.codes import EVERYBODY
from fyrtaarn.listings.matches import ended_codes, matches_for_each
from fyrtaarn.listings.models import Listing, Side
from fyrtaarn.listings.search import Hit
from fyrtaarn.listings.search.scope import in_groups

from ..models import Introduction, SetAside

MOST_ASKED = 12
"""The newest needs of the district, for which something is suggested."""
MOST_A_NEED = 2
MOST_COMPARED = 10
MOST_REASONS = 3
"""The strongest, where many suggestions stand on one page."""

Pair = tuple[int, int]
NONE = 0
"""Settled without an introduction."""


@dataclass(frozen=True)
class Suggestion:
    """Two that may have something to give each other, what speaks for it and what against."""

    sought: Listing
    offered: Listing
    seeker: str
    offerer: str
    sentences: list[str]
    against: list[str]
    introduction: int | None = None  # the one in which they are brought together already


def listed_in(district: District) -> QuerySet[Listing]:
    """What is sought and offered in the district and can be seen by everybody, the newest first."""
    here = in_groups([[EVERYBODY], [f"district:{district.pk}"]]).filter(side__in=(Side.SOUGHT, Side.OFFERED))
    still = here.exclude(codes__overlap=list(ended_codes()))
    return still.select_related("organisation", "municipality").order_by("-published", "-pk")


def suggestions_in(district: District) -> list[Suggestion]:
    """For each of the newest needs what fits best, but for pairs that are settled."""
    needs = list(listed_in(district).filter(side=Side.SOUGHT)[:MOST_ASKED])
    settled = settled_in(district)
    each = matches_for_each(needs, None, most=MOST_COMPARED)
    kept = [
        (need, hit)
        for need, hits in zip(needs, each, strict=True)
        for hit in [hit for hit in hits if (need.pk, hit.listing.pk) not in settled][:MOST_A_NEED]
    ]
    return _told(kept, names_of_owners([*needs, *(hit.listing for _need, hit in kept)]), most=MOST_REASONS)


def fits_of(district: District, listing: Listing) -> list[Suggestion]:
    """What fits one thing that is sought or offered, with the introduction where there is one."""
    turned, settled = listing.side == Side.OFFERED, settled_in(district)
    hits = matches_for_each([listing], None, most=MOST_COMPARED)[0]
    owners = names_of_owners([listing, *(hit.listing for hit in hits)])
    found = _told([(listing, hit) for hit in hits], owners, settled, turned=turned)
    return [one for one in found if one.introduction != NONE]


def settled_in(district: District) -> dict[Pair, int]:
    """The pairs (sought, offered) that are introduced in the district, with the latest introduction of each; and those
    that are set aside there or have an agreement that everybody can see, with NONE.
    """
    introduced = Introduction.objects.filter(district=district, sought__isnull=False, offered__isnull=False)
    aside = SetAside.objects.filter(district=district).annotate(known=Value(NONE, BigIntegerField()))
    agreed = Agreement.objects.filter(public=True, state__in=PUBLIC_STATES, offered__isnull=False).filter(
        sought__districts__contains=[district.pk]
    )
    pairs = introduced.order_by().values_list("sought", "offered", "pk")
    rows = pairs.union(
        aside.order_by().values_list("sought", "offered", "known"),
        agreed.annotate(known=Value(NONE, BigIntegerField())).order_by().values_list("sought", "offered", "known"),
    )
    return {(sought, offered): known for sought, offered, known in sorted(rows)}


def set_aside_in(district: District) -> QuerySet[SetAside]:
    """What has been set aside, the latest first."""
    rows = SetAside.objects.filter(district=district).select_related("sought", "offered", "by", "district")
    return rows.order_by("-at", "-pk")


def _told(
    pairs: Sequence[tuple[Listing, Hit]],
    owners: Mapping[int, str],
    settled: Mapping[Pair, int] | None = None,
    *,
    turned: bool = False,
    most: int | None = None,
) -> list[Suggestion]:
    """The pairs of a listing and what fits it, with at most so many reasons; `turned` where the listing is offered."""
    found = []
    for listing, hit in pairs:
        sought, offered = (hit.listing, listing) if turned else (listing, hit.listing)
        known = (settled or {}).get((sought.pk, offered.pk))
        seeker, offerer = owners[sought.pk], owners[offered.pk]
        found.append(Suggestion(sought, offered, seeker, offerer, hit.reasons[:most], hit.against, known))
    return found


def names_of_owners(listings: Sequence[Listing]) -> dict[int, str]:
    """Whose each listing is: the organisation's name, or that of the department that leads; by primary key."""
    leading = {one.departments[0] for one in listings if one.organisation_id is None and one.departments}
    departments = Department.objects.in_bulk(leading)
    return {one.pk: str(one.organisation or departments[one.departments[0]].label) for one in listings}
