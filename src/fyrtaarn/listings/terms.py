"""Terms as numbers, and the listing's words as the engine reads them."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b

from fyrtaarn.engine.matching import Document
from fyrtaarn.topics.models import TargetGroup

from .registry import ListingFacts

EVERY_LISTING = "*"
"""A term that each listing holds: its frequency is the number of listings of a kind."""


def of_kind(kind: str, term: str) -> str:
    """A term within one kind, so that a search among solutions reads no posting of a challenge."""
    return f"{kind}/{term}"


@lru_cache(maxsize=65_536)
def number_of(term_of_kind: str) -> int:
    """A term's number: 64 bits of its hash, so that nobody waits for another to number a new term."""
    return int.from_bytes(blake2b(term_of_kind.encode(), digest_size=8).digest(), "big", signed=True)


def numbered(kind: str, terms: Mapping[str, int]) -> dict[int, int]:
    """The terms of a listing with their weights, by number; no question asks for the one that every listing holds."""
    return {number_of(of_kind(kind, term)): weight for term, weight in (*terms.items(), (EVERY_LISTING, 1))}


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
