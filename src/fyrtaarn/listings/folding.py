"""Folding: bringing changes into the counted tables, Term and Bits.

Who publishes only appends a row to Unfolded, so nobody waits for a counter. A reader sets the unfolded listings apart
and counts them one by one; folding, by one worker at a time, counts them in and removes the rows. Both see a whole
state at any moment, because a folding is one transaction and a count one statement.
"""

from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction

from .models import BLOCK, Unfolded
from .terms import number_of

LOCK = 0x666F6C64
"""The advisory lock that a folding holds: the letters "fold"."""
UNCOUNTED = "organisation:"
"""The family of codes that no page counts for all listings; too many to keep bits for."""


@transaction.atomic
def fold() -> int:
    """Count in what has changed; returns the number of changes. Waits for another folding to end."""
    hold_lock()
    changes = list(Unfolded.objects.order_by("pk").values_list("pk", "listing_id", "gained", "lost"))
    _count_terms(changes)
    for block in sorted({listing // BLOCK for _, listing, _, _ in changes}):
        renew_block(block)
    Unfolded.objects.filter(pk__in=[pk for pk, _, _, _ in changes]).delete()
    return len(changes)


def hold_lock() -> None:
    """Wait for other foldings, and keep them waiting until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _count_terms(changes: Iterable[tuple[int, int, list[str], list[int]]]) -> None:
    counts: Counter[int] = Counter()
    texts: dict[int, str] = {}
    for _, _, gained, lost in changes:
        for text in gained:
            texts[number_of(text)] = text
            counts[number_of(text)] += 1
        counts.subtract(lost)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO listings_term (id, text, frequency) SELECT * FROM unnest(%s::bigint[], %s::text[], %s::int[])"
            " ON CONFLICT (id) DO UPDATE SET frequency = listings_term.frequency + excluded.frequency",
            [list(texts), list(texts.values()), [counts[number] for number in texts]],
        )
        only_lost = {number: count for number, count in counts.items() if number not in texts and count}
        cursor.execute(
            "UPDATE listings_term SET frequency = frequency + change.count"
            " FROM unnest(%s::bigint[], %s::int[]) AS change (id, count) WHERE listings_term.id = change.id",
            [list(only_lost), list(only_lost.values())],
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
