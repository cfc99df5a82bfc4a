"""Publishing and retiring listings: called by rooms within the transaction that changes the subject."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Model

from fyrtaarn.engine.matching import ANALYSIS_VERSION, Analysis, Taxonomy, analyse
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.sorting import danish_key
from fyrtaarn.vocabulary.current import for_listings

from .codes import codes_of
from .freshness import is_fresh
from .jobs import tell_saved_searches
from .models import Listing, TermVector, Unfolded
from .packing import packed_vector, vector
from .registry import ListingFacts, ListingKind, kind_of
from .terms import EVERY_LISTING, document_of, number_of, numbered, on_shelf, shelf_of, target_group_names

COPIED = (
    "title",
    "text",
    "path",
    "municipality",
    "published",
    "audience",
    "organisation",
    "language",
    "delivers_everywhere",
    "state",
    "stage",
    "capacity",
    "confirmed",
    "fresh_until",
    "latitude",
    "longitude",
)
COPIED_LISTS = ("departments", "districts", "themes", "target_groups", "goals", "delivers_in")


@transaction.atomic
def publish(subject: Model) -> Listing | None:
    """Make a subject found as it now is, or no longer found if its kind says so.

    Call it in the transaction that changed the subject: listing and index change with it or not at all.
    Returns the listing, or None when there is nothing to find. Raises LookupError for an unregistered model.
    """
    kind = kind_of(subject)
    facts = kind.describe(subject)
    if facts is None:
        return retire(subject)
    listing, changed = write_listing(kind, subject, facts, target_group_names(), for_listings())
    if changed:
        tell_saved_searches.defer(listing_id=listing.pk)
    return listing


@transaction.atomic
def retire(subject: Model) -> None:
    """Let a subject no longer be found. Its listing stays for those who point to it."""
    listing = (
        Listing.objects.select_for_update(of=("self",), no_key=True)
        .filter(kind=kind_of(subject).key, subject_id=subject.pk, ended=None)
        .first()
    )
    if listing is not None:
        end(listing)


def end(listing: Listing) -> None:
    """Take a locked listing out of the index."""
    stored = _stored_terms(listing)
    listing.ended = clock.now()
    listing.codes = []
    listing.save(update_fields=["ended", "codes"])
    TermVector.objects.filter(listing=listing).delete()
    Unfolded.objects.create(listing=listing, lost=list(stored))


def write_listing(
    kind: ListingKind, subject: Model, facts: ListingFacts, target_groups: Mapping[int, str], taxonomy: Taxonomy
) -> tuple[Listing, bool]:
    """Insert or renew a subject's listing with its terms; says also whether anything has changed."""
    listing = _locked_listing(kind, subject, facts)
    analysis = analysis_of(facts, target_groups, taxonomy)
    changed = copy_facts(listing, facts, analysis)
    if changed:
        listing.updated = clock.now()
        listing.save()
    gained, lost, weighed = _write_terms(listing, analysis)
    changed |= weighed
    if changed:
        Unfolded.objects.create(listing=listing, gained=gained, lost=lost)
    return listing, changed


def analysis_of(facts: ListingFacts, target_groups: Mapping[int, str], taxonomy: Taxonomy) -> Analysis:
    """The terms of a subject; `target_groups` gives their Danish names by primary key."""
    return analyse(document_of(facts, [target_groups[pk] for pk in facts.target_groups]), taxonomy)


def _locked_listing(kind: ListingKind, subject: Model, facts: ListingFacts) -> Listing:
    locked = Listing.objects.select_for_update(of=("self",), no_key=True).filter(kind=kind.key, subject_id=subject.pk)
    if not locked.exists():
        Listing.objects.bulk_create(
            [
                Listing(
                    kind=kind.key,
                    subject_id=subject.pk,
                    side=kind.side,
                    audience=facts.audience,
                    municipality=facts.municipality,
                )
            ],
            ignore_conflicts=True,  # two may publish the same subject for the first time
        )
    return locked.get()


def copy_facts(listing: Listing, facts: ListingFacts, analysis: Analysis) -> bool:
    """Bring the listing's fields to what the facts say, without saving; says whether any changed."""
    before = _fields(listing)
    for name in COPIED:
        setattr(listing, name, getattr(facts, name))
    for name in COPIED_LISTS:
        setattr(listing, name, sorted(set(getattr(facts, name))))
    listing.departments = list(dict.fromkeys(facts.departments))  # the one that leads stays first
    listing.sort_key = danish_key(facts.title)
    listing.fresh = is_fresh(facts.fresh_until, clock.today())
    listing.movable = analysis.facts.movable
    listing.ended = None
    listing.analysis_version = ANALYSIS_VERSION
    listing.codes = codes_of(listing)
    return _fields(listing) != before


def _fields(listing: Listing) -> dict[str, object]:
    return {name: value for name, value in vars(listing).items() if not name.startswith("_")}


def _stored_terms(listing: Listing) -> dict[int, int]:
    stored = TermVector.objects.filter(listing=listing).values_list("terms", "weights").first()
    return vector(*stored) if stored else {}


def _write_terms(listing: Listing, analysis: Analysis) -> tuple[list[str], list[int], bool]:
    """Bring the terms to what the analysis says: (terms gained, numbers of terms lost, whether anything changed)."""
    shelf = shelf_of(listing.kind, listing.codes)
    stored, wanted = _stored_terms(listing), numbered(shelf, analysis.terms)
    if stored != wanted:
        terms, weights = packed_vector(wanted)
        TermVector.objects.update_or_create(listing=listing, defaults={"terms": terms, "weights": weights})
    lost = [term for term in stored if term not in wanted]
    words = (on_shelf(shelf, term) for term in (*analysis.terms, EVERY_LISTING))
    gained = [word for word in words if number_of(word) not in stored]
    return gained, lost, stored != wanted
