"""What can grow of what somebody has written elsewhere, so that nothing is typed twice.

Rooms register the kinds of things that can grow; the room that holds the words plants them as a seed. Neither imports
the other:

    register(GrowingKind("challenge", options=…, grow=…, shown=…))
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from fyrtaarn.areas.models import Municipality
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .models import Listing


@dataclass(frozen=True)
class Seed:
    """What is known already. `grown` names by kind and primary key what has grown of it before."""

    key: UUID
    title: str
    text: str
    municipality: Municipality
    organisation: Organisation | None = None
    about: Listing | None = None
    grown: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Option:
    """One thing that the person can let grow."""

    key: str
    label: str | Promise


@dataclass(frozen=True)
class Grown:
    """What has grown, for one who may see it."""

    label: str | Promise
    title: str
    path: str


@dataclass(frozen=True)
class GrowingKind:
    """One kind: what of it the person can let grow of a seed, growing it (the same option twice gives the same), and
    those of its things that she may see."""

    key: str
    options: Callable[[User, Seed], list[Option]]
    grow: Callable[[User, Seed, str], int]
    shown: Callable[[User, Iterable[int]], Mapping[int, Grown]]


Origin = Callable[[str, int], Any]
KINDS: dict[str, GrowingKind] = {}
ORIGINS: list[Origin] = []
"""Each says of what a thing, by kind and primary key, has grown: a `Grown` for one who may see it, else None."""


def register(kind: GrowingKind) -> None:
    """Make a kind known."""
    KINDS[kind.key] = kind


def origins_of(kind: str, subject: int) -> list[Grown]:
    """Of what a thing has grown, as far as the reader may see it."""
    return [found for origin in ORIGINS if (found := origin(kind, subject)) is not None]
