"""Saved searches: keeping them, and telling their people of what fits."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Rhythm
from fyrtaarn.foundation.notices import tell
from fyrtaarn.people.models import User

from .codes import seeing
from .fitting import fitting_searches
from .models import Listing, SavedSearch, SavedSearchHit
from .notices import FITS
from .search.facets import Selection

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
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # so that two tabs together keep to the limit
    if user.saved_searches.count() >= MOST_SEARCHES:
        raise ValidationError(_("You have saved as many searches as there is room for. Delete one first."))
    return SavedSearch.objects.create(
        user=user,
        name=name,
        kind=kind,
        municipality=municipality,
        question=question,
        filters={family: list(values) for family, values in (selection or {}).items()},
        rhythm=Rhythm(rhythm),
    )


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
    new = _note_hits(listing, fitting_searches(listing))
    for search in SavedSearch.objects.filter(pk__in=new, rhythm=Rhythm.AT_ONCE).select_related("user"):
        _tell(search, [listing])
    return len(new)


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
    search = (
        SavedSearch.objects.select_for_update(of=("self",), no_key=True)
        .select_related("user")
        .filter(pk=search_id)
        .first()
    )
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
