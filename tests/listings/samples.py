"""Listings for tests, and shorthands."""

from typing import Any

from fyrtaarn.listings.actions import publish
from fyrtaarn.listings.codes import EVERYBODY
from fyrtaarn.listings.models import Listing
from fyrtaarn.listings.search import Results, Scope, search
from tests.harness.people import make_organisation


def listed(home: Any, name: str, what: str = "", **fields: Any) -> Listing:
    """The listing of a published organisation, `themes` and other lists included."""
    lists = {field: fields.pop(field) for field in ("themes", "target_groups", "goals", "districts") if field in fields}
    organisation: Any = make_organisation(home, name, what=what, **fields)
    for field, values in lists.items():
        getattr(organisation, field).set(values)
    listing = publish(organisation)
    assert listing is not None
    return listing


def titles(results: Results) -> list[str]:
    return [hit.listing.title for hit in results.hits]


def found(question: str = "", scope: Scope | None = None, **options: Any) -> list[str]:
    """Titles of what a search finds, for somebody signed out unless the scope says otherwise."""
    from fyrtaarn.engine.matching import Document

    asked = Document("", title=question, language="da") if question else None
    return titles(search(scope or Scope((EVERYBODY,)), question=asked, **options))
