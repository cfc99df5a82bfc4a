"""The kinds of things that can be listed. Each room registers its own in listing.py, imported when the app is ready.

register(ListingKind(key="challenge", side=Side.SOUGHT, model=Challenge, label=_("Challenge"), …))
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from fyrtaarn.areas.models import Municipality
from fyrtaarn.organisations.models import Organisation

from .models import Audience


@dataclass(frozen=True)
class ListingFacts:
    """What search and matching know of one subject. Collections hold primary keys (goals: their numbers)."""

    title: str
    text: str  # what a list shows, and what it can be found by besides the title
    path: str
    municipality: Municipality
    published: datetime
    unshown: str = ""  # more words that it can be found by, but that no list shows as its text
    audience: str = Audience.PUBLIC
    organisation: Organisation | None = None
    organisation_type: str = ""  # in Danish words
    language: str = "da"
    departments: tuple[int, ...] = ()
    districts: tuple[int, ...] = ()
    themes: tuple[int, ...] = ()
    target_groups: tuple[int, ...] = ()
    goals: tuple[int, ...] = ()
    delivers_in: tuple[int, ...] = ()  # municipalities besides its own
    delivers_everywhere: bool = False
    state: str = ""
    stage: str = ""
    capacity: str = ""  # "none" speaks against it
    confirmed: date | None = None
    fresh_until: date | None = None  # the day from which it is stale
    latitude: Decimal | None = None
    longitude: Decimal | None = None


Words = Mapping[str, str | Promise]


@dataclass(frozen=True)
class ListingKind:
    """One kind of listing.

    `describe` gives the facts of a subject, or None while it is not to be found (a draft, something withdrawn).
    `holders` gives the people who answer for a subject. `subjects` gives all subjects with what `describe` reads
    loaded beforehand; the rebuild of the index walks it. The words name the values of state, stage and capacity. What
    is in one of `ended_states` is still found, but no longer suggested as a match.
    """

    key: str
    side: str
    model: type[Model]
    label: str | Promise
    plural: str | Promise
    describe: Callable[[Any], ListingFacts | None]
    subjects: Callable[[], QuerySet[Any]]
    holders: Callable[[Any], Iterable[Any]] = lambda subject: ()
    states: Words = field(default_factory=dict)
    stages: Words = field(default_factory=dict)
    capacities: Words = field(default_factory=dict)
    ended_states: frozenset[str] = frozenset()


_kinds: dict[str, ListingKind] = {}


def register(kind: ListingKind) -> ListingKind:
    """Make a kind known. Raises ValueError when another room has taken its key."""
    if _kinds.get(kind.key, kind).model is not kind.model:
        raise ValueError(f"the kind of listing {kind.key!r} is registered twice")
    _kinds[kind.key] = kind
    return kind


def kinds() -> tuple[ListingKind, ...]:
    """All registered kinds in the order of registration."""
    return tuple(_kinds.values())


def kind_named(key: str) -> ListingKind | None:
    """The kind with a key, or None."""
    return _kinds.get(key)


def kind_of(subject: Model) -> ListingKind:
    """The kind that a subject belongs to. Raises LookupError when its model is not registered."""
    for kind in _kinds.values():
        if isinstance(subject, kind.model):
            return kind
    raise LookupError(f"{type(subject).__name__} is not registered as a kind of listing")
