"""What has been loaded can be found: the index is written in the same transaction.

Nobody is told that it fits a saved search: to the demo's people it is not new.
"""

from fyrtaarn.listings.actions import write_listing
from fyrtaarn.listings.folding import fold
from fyrtaarn.listings.models import Listing
from fyrtaarn.listings.registry import kinds
from fyrtaarn.listings.terms import target_group_names
from fyrtaarn.vocabulary.current import for_listings

from ..book import Book


def load(_book: Book) -> None:
    names, taxonomy = target_group_names(), for_listings()
    for kind in kinds():
        listed = Listing.objects.filter(kind=kind.key).order_by().values("subject_id")
        for subject in kind.subjects().exclude(pk__in=listed):
            facts = kind.describe(subject)
            if facts is not None:
                write_listing(kind, subject, facts, names, taxonomy)
    fold()


def listings() -> dict[tuple[str, int], Listing]:
    """Every listing by its kind and its subject's primary key."""
    return {(listing.kind, listing.subject_id): listing for listing in Listing.objects.all()}
