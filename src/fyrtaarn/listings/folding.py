"""Folding: bringing changes into the counted tables, Term and Bits.

Who publishes only appends a row to Unfolded, so nobody waits for a counter. A reader sets the unfolded listings apart
and counts them one by one; folding, by one worker at a time, counts them in and removes the rows. Both see a whole
state at any moment, because a folding is one transaction and a count one statement.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection, transaction

from .models import BLOCK, Term, TermVector, Unfolded
from .packing import LISTINGS, NONE, TERMS, WEIGHTS, Keys, keys_of, listings_in, numbers, packed_postings
from .terms import number_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

LOCK = 0x666F6C64
"""The advisory lock that a folding holds: the letters "fold"."""
UNCOUNTED = "organisation:"
"""The family of codes that no page counts for all listings; too many to keep bits for."""
MOST_AT_ONCE = 20_000
"""Changes that one transaction folds at most."""
TERMS_AT_ONCE = 2_000
"""Terms whose postings are held in memory together."""


def fold() -> int:
    """Count in what has changed; returns the number of changes. Waits for another folding to end."""
    folded = 0
    while some := _fold_some():
        folded += some
    return folded


@transaction.atomic
def _fold_some() -> int:
    hold_lock()
    changes = list(Unfolded.objects.order_by("pk").values_list("pk", "listing_id", "gained", "lost")[:MOST_AT_ONCE])
    listings = {listing for _, listing, _, _ in changes}
    texts = {number_of(text): text for _, _, gained, _ in changes for text in gained}
    _renew_postings(listings, {number for _, _, _, lost in changes for number in lost}, texts)
    for block in sorted({listing // BLOCK for listing in listings}):
        renew_block(block)
    Unfolded.objects.filter(pk__in=[pk for pk, _, _, _ in changes]).delete()
    return len(changes)


def hold_lock() -> None:
    """Wait for other foldings, and keep them waiting until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _renew_postings(listings: set[int], lost: set[int], texts: Mapping[int, str]) -> None:
    """Bring the changed listings' postings to what their vectors say."""
    held = postings_of(TermVector.objects.filter(listing__in=listings).order_by("listing"))
    changed = np.zeros(max(listings, default=0) + 1, bool)
    changed[list(listings)] = True
    terms = sorted(held.keys() | lost)
    for start in range(0, len(terms), TERMS_AT_ONCE):
        some = terms[start : start + TERMS_AT_ONCE]
        stored = dict.fromkeys(some, NONE) | stored_postings(some)
        renewed = {}
        for number, keys in stored.items():
            own = listings_in(keys)
            kept = keys[(own >= len(changed)) | ~changed[np.minimum(own, len(changed) - 1)]]
            renewed[number] = np.sort(np.concatenate((kept, held[number]))) if number in held else kept
        write_postings(renewed, texts)


def postings_of(
    vectors: "QuerySet[Any]", weights: str = "weights", *, part: int = 0, parts: int = 1
) -> dict[int, Keys]:
    """The postings of each term (or of every so many-th, for a part) in some vectors, by the term's number.

    `weights` names the field of the vectors that holds them.
    """
    terms, keys = [NONE], [NONE]
    for pk, packed_terms, packed_weights in vectors.values_list("pk", "terms", weights).iterator(2_000):
        own, weighed = numbers(packed_terms, TERMS), numbers(packed_weights, WEIGHTS)
        chosen = own % parts == part
        terms.append(own[chosen])
        keys.append(keys_of(np.full(chosen.sum(), pk), weighed[chosen]))
    every, found = np.concatenate(terms), np.concatenate(keys)
    order = np.lexsort((found, every))
    every, found = every[order], found[order]
    different, starts = np.unique(every, return_index=True)
    return dict(zip(different.tolist(), np.split(found, starts[1:]), strict=True)) if len(every) else {}


def stored_postings(terms: Iterable[int]) -> dict[int, Keys]:
    """The folded postings of terms, by their numbers."""
    rows = Term.objects.filter(pk__in=list(terms)).order_by("pk").values_list("pk", "listings", "weights")
    return {pk: keys_of(numbers(listings, LISTINGS), numbers(weights, WEIGHTS)) for pk, listings, weights in rows}


def write_postings(renewed: Mapping[int, Keys], texts: Mapping[int, str]) -> None:
    """Write the folded postings of terms; `texts` has the words of those that may be new."""
    packed = {number: packed_postings(keys) for number, keys in renewed.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO listings_term (id, text, frequency, listings, weights)"
            " SELECT * FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::bytea[], %s::bytea[])"
            " ON CONFLICT (id) DO UPDATE SET frequency = excluded.frequency,"
            " listings = excluded.listings, weights = excluded.weights",
            [
                list(renewed),
                [texts.get(number, "") for number in renewed],
                [len(keys) for keys in renewed.values()],
                [listings for listings, _ in packed.values()],
                [weights for _, weights in packed.values()],
            ],
        )


def renew_block(block: int) -> None:
    """Write the bits of one block anew from its listings."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM listings_bits WHERE block = %s", [block])
        cursor.execute(
            "INSERT INTO listings_bits (code, block, bits)"
            " SELECT code, %(block)s, bit_or(set_bit(0::bit(8192), (id %% %(size)s)::int, 1))"
            " FROM listings_listing, unnest(codes) AS code"
            " WHERE id >= %(block)s::bigint * %(size)s AND id < (%(block)s::bigint + 1) * %(size)s"
            " AND NOT starts_with(code, %(uncounted)s) GROUP BY code",
            {"block": block, "size": BLOCK, "uncounted": UNCOUNTED},
        )
