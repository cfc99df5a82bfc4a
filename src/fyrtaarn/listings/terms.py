"""Terms as numbers, and the listing's words as the engine reads them."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b

from fyrtaarn.engine.matching import Document
from fyrtaarn.topics.models import TargetGroup

from .codes import EVERYBODY, SEEN
from .registry import ListingFacts

EVERY_LISTING = "*"
"""A term that each listing holds: its frequency is the number of listings on a shelf."""


def shelf(kind: str, seen_through: str) -> str:
    """The listings of one kind that the same people may see: "solution", or "challenge@see:employee:5".

    Terms are counted shelf by shelf, so that a search among solutions reads nothing of a challenge, and nobody's
    corrections, suggestions or scores betray which words stand in listings that she may not see.
    """
    return kind if seen_through == EVERYBODY else f"{kind}@{seen_through}"


def shelf_of(kind: str, codes: Iterable[str]) -> str:
    """The shelf of a listing with these codes."""
    return shelf(kind, next(code for code in codes if code.startswith(SEEN)))


def on_shelf(shelf: str, term: str) -> str:
    """A term as it is counted on one shelf."""
    return f"{shelf}/{term}"


@lru_cache(maxsize=65_536)
def number_of(term_on_shelf: str) -> int:
    """A term's number: 64 bits of its hash, so that nobody waits for another to number a new term."""
    return int.from_bytes(blake2b(term_on_shelf.encode(), digest_size=8).digest(), "big", signed=True)


def numbered(shelf: str, terms: Mapping[str, int]) -> dict[int, int]:
    """The terms of a listing with their weights, by number; no question asks for the one that every listing holds."""
    return {number_of(on_shelf(shelf, term)): weight for term, weight in (*terms.items(), (EVERY_LISTING, 1))}


def document_of(facts: ListingFacts, target_groups: Iterable[str]) -> Document:
    """The subject as a document; `target_groups` in Danish words."""
    return Document(
        id="",
        title=facts.title,
        text=f"{facts.text}\n{facts.unshown}" if facts.unshown else facts.text,
        target_groups=tuple(target_groups),
        language=facts.language,
        organisation_type=facts.organisation_type,
        movable=True if facts.delivers_everywhere else None,
    )


def target_group_names() -> dict[int, str]:
    """The Danish names of all target groups by primary key."""
    return dict(TargetGroup.objects.order_by("pk").values_list("pk", "name"))
