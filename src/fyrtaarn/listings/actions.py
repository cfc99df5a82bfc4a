"""Publishing and retiring listings: called by rooms within the transaction that changes the subject."""

from collections.abc import Mapping

from django.db import connection, transaction
from django.db.models import Model

from fyrtaarn.engine.matching import ANALYSIS_VERSION, Analysis, Taxonomy, analyse
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.sorting import danish_key
from fyrtaarn.vocabulary.current import for_listings

from .codes import codes_of
from .jobs import tell_saved_searches
from .models import Listing, Posting, Unfolded
from .registry import ListingFacts, ListingKind, kind_of
from .terms import EVERY_LISTING, document_of, number_of, numbered, of_kind, target_group_names

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
        Listing.objects.select_for_update(of=("self",))
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
    Posting.objects.filter(listing=listing).delete()
    Unfolded.objects.create(listing=listing, lost=[*stored, number_of(of_kind(listing.kind, EVERY_LISTING))])


def write_listing(
    kind: ListingKind, subject: Model, facts: ListingFacts, target_groups: Mapping[int, str], taxonomy: Taxonomy
) -> tuple[Listing, bool]:
    """Insert or renew a subject's listing with its postings; says also whether anything has changed."""
    listing = _locked_listing(kind, subject, facts)
    new = listing.analysis_version == 0 or listing.ended is not None
    analysis = analysis_of(facts, target_groups, taxonomy)
    changed = copy_facts(listing, facts, analysis)
    if changed:
        listing.updated = clock.now()
        listing.save()
    gained, lost, weighed = _write_postings(listing, analysis)
    changed |= bool(gained or lost or weighed)
    if new:
        gained.append(EVERY_LISTING)
    if changed:
        Unfolded.objects.create(listing=listing, gained=[of_kind(kind.key, term) for term in gained], lost=lost)
    return listing, changed


def analysis_of(facts: ListingFacts, target_groups: Mapping[int, str], taxonomy: Taxonomy) -> Analysis:
    """The terms of a subject; `target_groups` gives their Danish names by primary key."""
    return analyse(document_of(facts, [target_groups[pk] for pk in facts.target_groups]), taxonomy)


def _locked_listing(kind: ListingKind, subject: Model, facts: ListingFacts) -> Listing:
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
    return Listing.objects.select_for_update(of=("self",)).get(kind=kind.key, subject_id=subject.pk)


def copy_facts(listing: Listing, facts: ListingFacts, analysis: Analysis) -> bool:
    """Bring the listing's fields to what the facts say, without saving; says whether any changed."""
    before = _fields(listing)
    for name in COPIED:
        setattr(listing, name, getattr(facts, name))
    for name in COPIED_LISTS:
        setattr(listing, name, sorted(set(getattr(facts, name))))
    listing.departments = list(dict.fromkeys(facts.departments))  # the one that leads stays first
    listing.sort_key = danish_key(facts.title)
    listing.movable = analysis.facts.movable
    listing.ended = None
    listing.analysis_version = ANALYSIS_VERSION
    listing.codes = codes_of(listing)
    return _fields(listing) != before


def _fields(listing: Listing) -> dict[str, object]:
    return {name: value for name, value in vars(listing).items() if not name.startswith("_")}


def _stored_terms(listing: Listing) -> dict[int, int]:
    return dict(Posting.objects.filter(listing=listing).order_by("term").values_list("term", "weight"))


def _write_postings(listing: Listing, analysis: Analysis) -> tuple[list[str], list[int], bool]:
    """Bring the postings to what the analysis says: (terms gained, numbers of terms lost, whether weights changed)."""
    stored, wanted = _stored_terms(listing), numbered(listing.kind, analysis.terms)
    lost = [term for term in stored if term not in wanted]
    written = {term: weight for term, weight in wanted.items() if stored.get(term) != weight}
    if lost:
        Posting.objects.filter(listing=listing, term__in=lost).delete()
    if written:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO listings_posting (listing_id, term, weight)"
                " SELECT %s, * FROM unnest(%s::bigint[], %s::smallint[])"
                " ON CONFLICT (listing_id, term) DO UPDATE SET weight = excluded.weight",
                [listing.pk, list(written), list(written.values())],
            )
    gained = [term for term in analysis.terms if number_of(of_kind(listing.kind, term)) not in stored]
    return gained, lost, bool(written)
