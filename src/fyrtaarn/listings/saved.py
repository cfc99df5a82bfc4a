"""Saved searches, and matching the other way round: one listing against all of them."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.engine.matching import Analysis, Document, Plan, Taxonomy, analyse, candidate_terms, plan, score
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Rhythm
from fyrtaarn.foundation.notices import tell
from fyrtaarn.organisations.models import Membership
from fyrtaarn.people.models import Role, User
from fyrtaarn.people.rules import EMPLOYEE_KINDS
from fyrtaarn.vocabulary.current import for_listings

from .codes import seeing
from .matches import question_of
from .models import Audience, Listing, SavedSearch, SavedSearchHit
from .notices import FITS
from .search.asking import facts_of, statistics_of
from .search.facets import Selection, groups_of, meets
from .terms import number_of

LEAST_FIT = 25
"""Per cent of a perfect fit from which a listing fits a saved question."""
MOST_SEARCHES = 50


@transaction.atomic
def save_search(
    user: User,
    *,
    name: str,
    kind: str = "",
    municipality: Municipality | None = None,
    question: str = "",
    selection: Selection | None = None,
    rhythm: str = Rhythm.AT_ONCE,
) -> SavedSearch:
    """Keep a search. Raises ValidationError when the person keeps too many already."""
    User.objects.select_for_update().get(pk=user.pk)  # so that two tabs together keep to the limit
    if user.saved_searches.count() >= MOST_SEARCHES:
        raise ValidationError(_("You have saved as many searches as there is room for. Delete one first."))
    return SavedSearch.objects.create(
        user=user,
        name=name,
        kind=kind,
        municipality=municipality,
        question=question,
        filters={family: list(values) for family, values in (selection or {}).items()},
        terms=terms_of(question, for_listings()),
        rhythm=Rhythm(rhythm),
    )


def terms_of(question: str, taxonomy: Taxonomy) -> list[int]:
    """The numbers of the terms by which a saved question is found; kept beside it."""
    return sorted(number_of(term) for term in candidate_terms(question, taxonomy)) if question else []


def renew_terms() -> int:
    """Write the terms of all saved questions anew, as the engine reads them now; returns how many had changed."""
    stale = []
    taxonomy = for_listings()
    for search in SavedSearch.objects.exclude(question="").order_by("pk").iterator():
        terms = terms_of(search.question, taxonomy)
        if terms != search.terms:
            search.terms = terms
            stale.append(search)
    SavedSearch.objects.bulk_update(stale, ["terms"], batch_size=500)
    return len(stale)


@transaction.atomic
def change_search(search: SavedSearch, *, name: str, rhythm: str) -> None:
    """Rename a search and choose how often to be told."""
    SavedSearch.objects.filter(pk=search.pk).update(name=name, rhythm=Rhythm(rhythm))


def delete_search(search: SavedSearch) -> None:
    """Forget a search and what it found."""
    search.delete()


@transaction.atomic
def tell_of(listing_id: int) -> int:
    """Note every saved search that a listing fits, and tell those who want to know at once; returns how many are new.

    A search and a listing meet once, however often and from however many workers this is called.
    """
    listing = Listing.objects.filter(pk=listing_id, ended=None).select_related("organisation").first()
    if listing is None:
        return 0
    new = _note_hits(listing, [search.pk for search in fitting_searches(listing)])
    for search in SavedSearch.objects.filter(pk__in=new, rhythm=Rhythm.AT_ONCE).select_related("user"):
        _tell(search, [listing])
    return len(new)


def fitting_searches(listing: Listing) -> list[SavedSearch]:
    """The saved searches of people who may see the listing, that it fits and that were there when it was published."""
    question = question_of(listing)
    taxonomy = for_listings()
    analysis = analyse(question, taxonomy)
    candidates = list(
        _candidates(listing, [number_of(term) for term in analysis.terms])
        .exclude(Exists(SavedSearchHit.objects.filter(search=OuterRef("pk"), listing=listing)))
        .order_by("pk")
    )
    codes = frozenset(listing.codes)
    candidates = [search for search in candidates if meets(codes, groups_of(search.filters).values())]
    asked = {(search.question, search.municipality_id): question_of_search(search) for search in candidates}
    wanted_terms = {term for one in asked.values() for term in candidate_terms(one, taxonomy)}
    statistics = statistics_of(wanted_terms, [listing.kind])
    fitting = {
        key
        for key, document in asked.items()
        if not key[0] or _fits(plan(document, statistics, taxonomy), listing, analysis)
    }
    return [search for search in candidates if (search.question, search.municipality_id) in fitting]


def _fits(wanted: Plan, listing: Listing, analysis: Analysis) -> bool:
    facts = facts_of(
        wanted.facts,
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
    return score(wanted, analysis.terms, facts).fit >= LEAST_FIT


def question_of_search(search: SavedSearch) -> Document:
    return Document("", title=search.question, municipality=str(search.municipality_id or ""))


def _candidates(listing: Listing, terms: Sequence[int]) -> QuerySet[SavedSearch]:
    """Searches whose kind, place, words and person do not rule the listing out."""
    searches = SavedSearch.objects.filter(
        Q(question="") | Q(terms__overlap=list(terms)),
        kind__in=("", listing.kind),
        created__lte=listing.published,
        user__is_active=True,
    )
    if not listing.delivers_everywhere:
        searches = searches.filter(
            Q(municipality=None) | Q(municipality__in=[listing.municipality_id, *listing.delivers_in])
        )
    colleagues = Membership.objects.current().filter(organisation=listing.organisation_id)
    employees = Role.objects.current().filter(municipality=listing.municipality_id, kind__in=EMPLOYEE_KINDS)
    if listing.audience == Audience.OWNERS and listing.organisation_id:
        return searches.filter(user__in=colleagues.values("user"))
    if listing.audience != Audience.PUBLIC:
        searches = searches.filter(user__in=employees.values("user"))
    return searches.exclude(user__in=colleagues.values("user"))  # nobody needs to be told of her own


def _note_hits(listing: Listing, searches: Sequence[int]) -> list[int]:
    """Write the hits that are not there yet; who notes the same at this moment waits for us and finds them there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO listings_savedsearchhit (search_id, listing_id, created)"
            " SELECT search, %s, %s FROM unnest(%s::bigint[]) AS search ORDER BY search"
            " ON CONFLICT (search_id, listing_id) DO NOTHING RETURNING search_id",
            [listing.pk, clock.now(), list(searches)],
        )
        return [row[0] for row in cursor.fetchall()]


def tell_collected(rhythm: str) -> int:
    """Tell of all hits of searches with a rhythm (daily or weekly) that nobody has been told of; returns how many told."""
    waiting = SavedSearchHit.objects.filter(told=None, search__rhythm=rhythm).order_by()
    return sum(_tell_waiting(pk) for pk in sorted(set(waiting.values_list("search", flat=True))))


@transaction.atomic
def _tell_waiting(search_id: int) -> bool:
    search = SavedSearch.objects.select_for_update(of=("self",)).select_related("user").filter(pk=search_id).first()
    if search is None:
        return False
    found = search.hits.filter(told=None, listing__ended=None, listing__codes__overlap=list(seeing(search.user)))
    listings = [hit.listing for hit in found.select_related("listing")]
    if listings:
        _tell(search, listings)
    return bool(listings)


def _tell(search: SavedSearch, listings: Sequence[Listing]) -> None:
    """Tell of listings and note it, in the caller's transaction."""
    tell(
        FITS,
        [search.user],
        path=listings[0].path if len(listings) == 1 else reverse("listings:saved-searches"),
        params={"search": search.name, "listings": [listing.title for listing in listings]},
    )
    search.hits.filter(listing__in=[listing.pk for listing in listings]).update(told=clock.now())


def searches_of(user: User) -> QuerySet[SavedSearch]:
    """The person's saved searches with their municipality, newest first."""
    return user.saved_searches.select_related("municipality").order_by("-created", "-pk")


def latest_hits(searches: Iterable[SavedSearch], seeing: Sequence[str], most: int = 5) -> Mapping[int, list[Listing]]:
    """The newest hits of each search that can still be found by the person, in one statement."""
    wanted = [search.pk for search in searches]
    hits = (
        SavedSearchHit.objects.filter(search__in=wanted, listing__ended=None, listing__codes__overlap=list(seeing))
        .select_related("listing")
        .order_by("search", "-created", "-pk")
    )
    latest: dict[int, list[Listing]] = {pk: [] for pk in wanted}
    for hit in hits:
        if len(latest[hit.search_id]) < most:
            latest[hit.search_id].append(hit.listing)
    return latest
