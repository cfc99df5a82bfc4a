"""Matching the other way round: one listing against all saved searches."""

from collections.abc import Mapping

import numpy as np
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from numpy.typing import NDArray

from fyrtaarn.engine.matching import Facts, analyse
from fyrtaarn.engine.matching.analysis import WEIGHT_UNIT
from fyrtaarn.engine.matching.kernel import Postings, add_up, by_search, looked_up
from fyrtaarn.engine.matching.scoring import adjustments
from fyrtaarn.foundation import clock
from fyrtaarn.organisations.models import Membership
from fyrtaarn.people.models import Role
from fyrtaarn.people.rules import EMPLOYEE_KINDS
from fyrtaarn.vocabulary.current import for_listings

from .matches import question_of
from .models import Audience, Listing, SavedSearch, SavedSearchHit
from .packing import LISTINGS, TERMS, WEIGHTS, numbers
from .search.asking import facts_of
from .search.facets import groups_of, meets
from .search.reading import binary_cursor
from .terms import EVERY_LISTING, number_of, on_shelf
from .weighing import WHOLE, share_lock, weigh_new

LEAST_FIT = 25
"""Per cent of a perfect fit from which a listing fits a saved question."""
FULL = WHOLE * WEIGHT_UNIT
"""What is covered when a listing says all that is asked for as often as is typical."""
ALIKE = ("municipality_id", "language", "filters")
"""Searches that share these are adjusted and filtered alike."""


@transaction.atomic
def fitting_searches(listing: Listing) -> list[int]:
    """The saved searches of people who may see the listing, that it fits and that were there when it was published."""
    weigh_new()
    share_lock()
    covered = covered_by(terms_said(listing))
    codes = frozenset(listing.codes)
    at_best = _adjustment(listing, listing.municipality_id, listing.language)
    alike = _possible(listing, np.flatnonzero(_fits(covered, at_best))).values_list(*ALIKE)
    fitting = []
    for municipality, language, filters, pks in alike.annotate(searches=ArrayAgg("pk")):
        if not filters or meets(codes, groups_of(filters).values()):
            own = np.array(pks)
            fitting.append(own[_fits(covered[own], _adjustment(listing, municipality, language or listing.language))])
    return sorted(np.concatenate(fitting).tolist()) if fitting else []


def _fits(covered: NDArray[np.int64], adjustment: int) -> NDArray[np.bool_]:
    """Which of what is covered are fits, adjusted by so many per cent: fit_of for many at once."""
    fits: NDArray[np.bool_] = covered * (100 + adjustment) // FULL >= LEAST_FIT
    return fits


def terms_said(listing: Listing) -> dict[int, int]:
    """How far a listing says each term (WEIGHT_UNIT: as much as counts), by the terms' numbers in saved searches."""
    analysis = analyse(question_of(listing), for_listings())
    said = {term: min(weight, WEIGHT_UNIT) for term, weight in analysis.terms.items()}
    said |= dict.fromkeys((*listing.codes, EVERY_LISTING), WEIGHT_UNIT)
    return {number_of(on_shelf(kind, term)): weight for kind in (listing.kind, "") for term, weight in said.items()}


def covered_by(said: Mapping[int, int]) -> NDArray[np.int64]:
    """How much of each saved search is said, by the searches' primary keys; one statement."""
    with binary_cursor() as cursor:
        cursor.execute(
            "SELECT id, searches, shares, true FROM listings_searchterm WHERE id = ANY(%s::bigint[])"
            " UNION ALL SELECT id, terms, shares, false FROM listings_savedsearch"
            " WHERE NOT folded AND terms IS NOT NULL",
            [list(said)],
        )
        rows = cursor.fetchall()
    lists = [
        Postings(numbers(searches, LISTINGS), numbers(shares, WEIGHTS), said[id])
        for id, searches, shares, folded in rows
        if folded
    ]
    unfolded = [row for row in rows if not row[3]]
    highest = max([0, *(int(one.documents.max()) for one in lists), *(pk for pk, *_ in unfolded)])
    covered = add_up(lists, highest + 1).astype(np.int64)
    if unfolded:  # what is still folded of these is outdated
        ends = np.cumsum([len(terms) // TERMS.itemsize for _, terms, _, _ in unfolded])
        covered[[pk for pk, *_ in unfolded]] = looked_up(
            np.concatenate(([0], ends[:-1])),
            ends,
            numbers(b"".join(terms for _, terms, _, _ in unfolded), TERMS),
            numbers(b"".join(shares for _, _, shares, _ in unfolded), WEIGHTS),
            by_search(said),
        )
    return covered


def _adjustment(listing: Listing, municipality: int | None, language: str) -> int:
    """Per cent that the fit of a question from there and in this language changes."""
    question = Facts(municipality=str(municipality or ""), language=language)
    facts = facts_of(
        question,
        (),
        clock.today(),
        listing.municipality_id,
        listing.delivers_in,
        listing.delivers_everywhere,
        None,
        listing.goals,
        listing.language,
        listing.stage,
        listing.capacity,
        listing.fresh_until,
        listing.movable,
    )
    return sum(share for _, share, _ in adjustments(question, facts))


def _possible(listing: Listing, searches: NDArray[np.int64]) -> QuerySet[SavedSearch]:
    """Those of some searches whose place, age and person do not rule the listing out, and that have not met it yet."""
    possible = SavedSearch.objects.filter(
        RawSQL("listings_savedsearch.id = ANY(%s)", [searches.tolist()], BooleanField()),
        created__lte=listing.published,
        user__is_active=True,
    ).order_by()
    possible = possible.exclude(pk__in=SavedSearchHit.objects.filter(listing=listing).order_by().values("search"))
    if not listing.delivers_everywhere:
        possible = possible.filter(
            Q(municipality=None) | Q(municipality__in=[listing.municipality_id, *listing.delivers_in])
        )
    colleagues = Membership.objects.current().filter(organisation=listing.organisation_id).values("user")
    employees = Role.objects.current().filter(municipality=listing.municipality_id, kind__in=EMPLOYEE_KINDS)
    if listing.audience == Audience.OWNERS and listing.organisation_id:
        return possible.filter(user__in=colleagues)
    if listing.audience != Audience.PUBLIC:
        possible = possible.filter(user__in=employees.values("user"))
    return possible.exclude(user__in=colleagues)  # nobody needs to be told of her own
