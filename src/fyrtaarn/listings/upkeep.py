# ruff: noqa: S608 - values are parameters; only constants are written into statements
"""Checking that the index says what the data say, and rebuilding it while it serves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import QuerySet

from fyrtaarn.vocabulary.actions import note_progress, serve
from fyrtaarn.vocabulary.current import for_listings
from fyrtaarn.vocabulary.queries import newest_version

from . import weighing
from .actions import analysis_of, copy_facts, end, write_listing
from .folding import UNCOUNTED, fold, hold_lock, postings_of, renew_block, stored_postings, write_postings
from .models import BLOCK, Listing, SavedSearch, SearchTerm, Term, TermVector, Unfolded
from .packing import LISTINGS, NONE, WEIGHTS, Keys, keys_of, listings_in, numbers, vector
from .registry import ListingKind, kinds
from .terms import numbered, shelf_of, target_group_names
from .weighing import fold_searches, weigh_anew

BATCH = 200
VECTORS_AT_ONCE = 200_000
"""Vectors whose postings are held in memory together, at about 1 kB each."""


@dataclass(frozen=True)
class Fault:
    """A subject whose listing does not say what the subject says."""

    kind: str
    subject: int

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


def count_subjects() -> int:
    """How many subjects a walk through the data meets."""
    return sum(kind.subjects().count() for kind in kinds())


def compare() -> Iterator[tuple[int, list[Fault]]]:
    """Walk through all subjects: (how many were looked at, what was wrong with them), batch by batch."""
    for kind in kinds():
        last = 0
        while batch := list(kind.subjects().filter(pk__gt=last).order_by("pk")[:BATCH]):
            last = batch[-1].pk
            yield len(batch), [Fault(kind.key, pk) for pk in _wrong(kind, batch)]
        yield 0, [Fault(kind.key, pk) for pk in _orphans(kind)]


def _wrong(kind: ListingKind, subjects: Sequence[Any]) -> list[int]:
    names, taxonomy = target_group_names(), for_listings()
    found = Listing.objects.filter(kind=kind.key, subject_id__in=[subject.pk for subject in subjects]).order_by("pk")
    listings = {listing.subject_id: listing for listing in found.select_related("municipality", "organisation")}
    rows = TermVector.objects.filter(listing__in=[listing.pk for listing in listings.values()]).order_by("listing")
    held = {pk: vector(terms, weights) for pk, terms, weights in rows.values_list("pk", "terms", "weights")}
    wrong = []
    for subject in subjects:
        listing, facts = listings.get(subject.pk), kind.describe(subject)
        if facts is None:
            right = listing is None or listing.ended is not None
        elif listing is None:
            right = False
        else:
            analysis = analysis_of(facts, names, taxonomy)
            right = not copy_facts(listing, facts, analysis)
            right &= held.get(listing.pk) == numbered(shelf_of(kind.key, listing.codes), analysis.terms)
        if not right:
            wrong.append(subject.pk)
    return wrong


def _orphans(kind: ListingKind) -> list[int]:
    """Subjects with a listing that are no longer there."""
    there = kind.subjects().order_by().values("pk")
    return list(_live(kind).exclude(subject_id__in=there).order_by("pk").values_list("subject_id", flat=True))


def _live(kind: ListingKind) -> QuerySet[Listing]:
    return Listing.objects.filter(kind=kind.key, ended=None)


def rebuild() -> Iterator[tuple[int, int]]:
    """Weigh saved searches anew, mend what is wrong: (subjects looked at, listings renewed), batch by batch; then counts.

    The index serves all the while, for each listing is renewed in a transaction of its own. Broken off, it is simply
    begun again.
    """
    weigh_anew()
    fold_searches()
    by_key = {kind.key: kind for kind in kinds()}
    for looked_at, faults in compare():
        for fault in faults:
            _mend(by_key[fault.kind], fault.subject)
        yield looked_at, len(faults)
    fold()
    mend_counts()


def take_up(number: int) -> None:
    """Read all listings with a published vocabulary, note how far it is, and in the end let it serve questions.

    Gives way to a newer version, which has a run of its own.
    """
    total = count_subjects()
    looked_at = changed = 0
    for batch, mended in rebuild():
        looked_at, changed = looked_at + batch, changed + mended
        note_progress(number, listings=total, looked_at=looked_at, changed=changed)
        newest = newest_version()
        if newest is None or newest.number != number:
            return
    serve(number)


@transaction.atomic
def _mend(kind: ListingKind, pk: int) -> None:
    kind.model._default_manager.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    subject = kind.subjects().filter(pk=pk).first()
    facts = kind.describe(subject) if subject else None
    if subject and facts:
        write_listing(kind, subject, facts, target_group_names(), for_listings())
    else:
        for listing in _live(kind).select_for_update(of=("self",), no_key=True).filter(subject_id=pk).order_by("pk"):
            end(listing)


@transaction.atomic
def wrong_postings() -> dict[int, Keys]:
    """What the postings of terms should be, by number, where they or their count are wrong; what is unfolded aside."""
    hold_lock()
    wrong = {}
    parts = 1 + TermVector.objects.count() // VECTORS_AT_ONCE
    for part in range(parts):
        held = postings_of(TermVector.objects.order_by("listing"), part=part, parts=parts)
        stored_terms = Term.objects.order_by("pk").values_list("pk", "frequency")
        counted = {number: count for number, count in stored_terms if number % parts == part}
        stored = stored_postings(counted)
        unfolded = np.array(Unfolded.objects.order_by().values_list("listing", flat=True), np.int64)
        for number in held.keys() | counted.keys():
            expected, found = (
                keys[~np.isin(listings_in(keys), unfolded)]
                for keys in (held.get(number, NONE), stored.get(number, NONE))
            )
            if not np.array_equal(expected, found) or counted.get(number, 0) != len(stored.get(number, NONE)):
                wrong[number] = expected
    return wrong


@transaction.atomic
def wrong_searches() -> list[int]:
    """The terms whose arrays of saved searches differ from what the folded ones ask for; what is unfolded aside."""
    weighing.hold_lock()
    folded = SavedSearch.objects.filter(folded=True).order_by("pk")
    asked = postings_of(folded, "shares")
    pks = np.array(folded.values_list("pk", flat=True), np.int64)
    stored = {
        pk: keys_of(numbers(searches, LISTINGS), numbers(shares, WEIGHTS))
        for pk, searches, shares in SearchTerm.objects.order_by("pk").values_list("pk", "searches", "shares")
    }
    held = {number: keys[np.isin(listings_in(keys), pks)] for number, keys in stored.items()}
    return [
        number
        for number in asked.keys() | held.keys()
        if not np.array_equal(asked.get(number, NONE), held.get(number, NONE))
    ]


def wrong_blocks() -> list[int]:
    """The blocks whose bits differ from their listings; a block with something unfolded is passed over."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH expected AS (
                SELECT code::text, (id / {BLOCK})::int AS block,
                       bit_or(set_bit(0::bit({BLOCK}), (id %% {BLOCK})::int, 1)) AS bits
                FROM listings_listing, unnest(codes) AS code WHERE NOT starts_with(code, %s) GROUP BY 1, 2
            )
            SELECT DISTINCT block FROM (
                (SELECT code::text, block, bits FROM listings_bits EXCEPT SELECT * FROM expected)
                UNION ALL
                (SELECT * FROM expected EXCEPT SELECT code::text, block, bits FROM listings_bits)
            ) AS differing
            WHERE block NOT IN (SELECT listing_id / {BLOCK} FROM listings_unfolded) ORDER BY block
            """,
            [UNCOUNTED],
        )
        return [row[0] for row in cursor.fetchall()]


@transaction.atomic
def mend_counts() -> None:
    """Bring postings and bits to what the index says, while no folding changes them."""
    hold_lock()
    write_postings(wrong_postings(), {})
    for block in wrong_blocks():
        renew_block(block)
