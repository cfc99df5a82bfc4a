"""What each saved search asks for, weighed beforehand, so that a new listing meets all of them at once.

A search is weighed as a question among what everybody may see of its kinds: its terms, and the share of the whole
question that each is. A search without words is found by the codes that it demands. Shares lie with the search; folding
brings them into arrays term by term (SearchTerm), of which a listing reads those of its own terms. Until then, and when
a search has been weighed anew, it is reckoned by itself. Weighing and folding hold a lock that who reads shares.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.models import QuerySet

from fyrtaarn.engine.matching import Document, Plan, Taxonomy, candidate_terms, plan
from fyrtaarn.vocabulary.current import for_listings

from .folding import postings_of
from .models import SavedSearch, SearchTerm
from .packing import packed_postings, packed_vector
from .search import Scope
from .search.facets import groups_of
from .search.reading import read_known
from .terms import EVERY_LISTING, number_of, on_shelf

LOCK = 0x77656967
"""The advisory lock of weighing and folding: the letters "weig"."""
WHOLE = 10_000
"""The shares of a whole question together."""
MOST_UNFOLDED = 1_000
"""So many searches may wait for the next folding, which writes all arrays anew."""
BATCH = 500


def unfolded_searches() -> QuerySet[SavedSearch]:
    """The searches that have been weighed since the last folding."""
    return SavedSearch.objects.filter(folded=False).exclude(terms=None)


def hold_lock() -> None:
    """Wait until nobody weighs, folds or reads, and keep them waiting until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def share_lock() -> None:
    """Keep those who weigh or fold waiting until the transaction ends, but nobody who reads."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])


@transaction.atomic
def weigh_new() -> int:
    """Weigh the searches that have never been; returns how many there were."""
    new = SavedSearch.objects.filter(folded=False, terms=None).order_by("pk")
    if not new.exists():
        return 0
    hold_lock()
    weighed = 0
    while some := list(new[:BATCH]):
        weigh(some, for_listings())
        _write(some)
        weighed += len(some)
    return weighed


def weigh_anew() -> int:
    """Weigh all searches as vocabulary and index now are; returns how many have changed by it."""
    changed = 0
    last: int | None = 0
    while last is not None:
        last, found = _weigh_some_anew(last)
        changed += found
    return changed


@transaction.atomic
def _weigh_some_anew(after: int) -> tuple[int | None, int]:
    """Weigh the next searches after a primary key; those that change are no longer folded.

    Returns the primary key of the last (None: there were no more) and how many have changed.
    """
    hold_lock()
    some = list(SavedSearch.objects.filter(pk__gt=after).order_by("pk")[:BATCH])
    before = [_state(search) for search in some]
    weigh(some, for_listings())
    changed = [search for search, state in zip(some, before, strict=True) if _state(search) != state]
    _write(changed)
    return (some[-1].pk if some else None), len(changed)


def _state(search: SavedSearch) -> tuple[object, ...]:
    return search.terms and bytes(search.terms), search.shares and bytes(search.shares), search.language


def _write(searches: Sequence[SavedSearch]) -> None:
    """Keep what weighed searches ask for; they wait for the next folding."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE listings_savedsearch AS search SET terms = weighed.terms, shares = weighed.shares,"
            " language = weighed.language, folded = false"
            " FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[], %s::text[]) AS weighed (id, terms, shares, language)"
            " WHERE search.id = weighed.id",
            [
                [search.pk for search in searches],
                [search.terms for search in searches],
                [search.shares for search in searches],
                [search.language for search in searches],
            ],
        )


def weigh(searches: Sequence[SavedSearch], taxonomy: Taxonomy) -> None:
    """Set what searches ask for, without saving it; one statement for all."""
    asked = {(search.question, search.kind) for search in searches if search.question}
    plans = _plans(sorted(asked), taxonomy)
    for search in searches:
        wanted = plans.get((search.question, search.kind))
        shares = shares_of(wanted) if wanted else dict.fromkeys(demanded_codes(search), WHOLE)
        numbered = {number_of(on_shelf(search.kind, term)): share for term, share in shares.items()}
        search.terms, search.shares = packed_vector(numbered)
        search.language = wanted.facts.language if wanted else ""


def _plans(asked: Sequence[tuple[str, str]], taxonomy: Taxonomy) -> dict[tuple[str, str], Plan]:
    """The plan of each question among the kinds that it asks for ("": all)."""
    shelves = {kind: Scope(kinds=(kind,) if kind else ()).shelves() for _, kind in asked}
    documents = [Document("", title=question) for question, _ in asked]
    terms = [(candidate_terms(one, taxonomy), shelves[kind]) for one, (_, kind) in zip(documents, asked, strict=True)]
    statistics = read_known(terms).statistics
    return {
        key: plan(one, known, taxonomy, awaited=True)
        for key, one, known in zip(asked, documents, statistics, strict=True)
    }


def shares_of(wanted: Plan) -> dict[str, int]:
    """How much of a question each of its terms is."""
    whole = sum(one.weight for one in wanted.terms)
    return {one.term: share for one in wanted.terms if (share := round(WHOLE * one.weight / whole))}


def demanded_codes(search: SavedSearch) -> Iterable[str]:
    """Codes of which each listing that a search without words can fit has one: the fewest of those that it demands."""
    groups = list(groups_of(search.filters).values())
    if search.municipality_id:
        groups += Scope(municipality=search.municipality_id).groups()[1:]
    return min(groups, key=len, default=[EVERY_LISTING])


def fold_many() -> None:
    """Fold when so many searches wait that a listing would take long to meet them."""
    if unfolded_searches().count() > MOST_UNFOLDED:
        fold_searches()


@transaction.atomic
def fold_searches() -> None:
    """Write the arrays of all terms anew, without what has been deleted."""
    hold_lock()
    postings = postings_of(SavedSearch.objects.exclude(terms=None).order_by("pk"), "shares")
    packed = {number: packed_postings(keys) for number, keys in postings.items()}
    SearchTerm.objects.all().delete()
    SearchTerm.objects.bulk_create(
        [SearchTerm(id=number, searches=searches, shares=shares) for number, (searches, shares) in packed.items()],
        batch_size=2_000,
    )
    unfolded_searches().update(folded=True)
