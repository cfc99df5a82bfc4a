"""Who has looked at whose data: pages that show a named person's data in somebody's work say so.

A room registers its places, and its views name the people that a page shows:

    PLACE = register_place("people.roles", _("The list of roles"))
    saw(request, PLACE, [role.user_id for role in rows], municipality)

What was seen is written after the page is made and before it is sent, outside its read-only transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

PLACES: dict[str, str | Promise] = {}


@dataclass(frozen=True)
class Seen:
    """The people, by number, whose data a page showed in one place, and for which municipality."""

    place: str
    people: frozenset[int]
    municipality: int | None


def register_place(key: str, label: str | Promise) -> str:
    """Make a place known that shows people's data; `label` is what the people read. Returns the key."""
    PLACES[key] = label
    return key


def saw(request: HttpRequest, place: str, people: Iterable[int | None], municipality: Any = None) -> None:
    """Note that this page shows the data of the people (by number) in a registered place."""
    shown = frozenset(number for number in people if number is not None)
    request.seen = [*seen_in(request), Seen(place, shown, municipality and municipality.pk)]  # type: ignore[attr-defined]


def seen_in(request: HttpRequest) -> list[Seen]:
    """What the page has shown so far."""
    seen: list[Seen] = getattr(request, "seen", [])
    return seen
