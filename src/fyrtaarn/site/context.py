"""What the frame of every page needs."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info

from fyrtaarn.areas.models import Municipality
from fyrtaarn.areas.rules import may_administer
from fyrtaarn.entrance.rules import sorts_in
from fyrtaarn.foundation.notices import unread_count
from fyrtaarn.people.acting import acting_as

from .navigation import ADMINISTRATION, QUESTIONS, Entry, Link, front_page, main_menu


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Menu, municipality (None on national pages), language choice and notices; reads the database only when shown."""
    municipality: Municipality | None = getattr(request, "municipality", None)
    other = "en" if get_language() == "da" else "da"
    return {
        "municipality": municipality,
        "accent_stylesheet": _accent_address(municipality) if municipality else "",
        "demo_mode": settings.DEMO,
        "map_tiles": settings.ENVIRONMENT.map_tiles,
        "start": front_page(municipality),
        "navigation": SimpleLazyObject(lambda: _menu(request, municipality)),
        "this_page": request.get_full_path(),
        "other_language": {"code": other, "name": get_language_info(other)["name_local"].capitalize()},
        "unread_notices": SimpleLazyObject(lambda: unread_count(request.user)),
    }


def _menu(request: HttpRequest, municipality: Municipality | None) -> list[Link]:
    """On national pages the menu leads about the municipality for which she is here."""
    if municipality is None and (context := acting_as(request)) and context.municipality.open:
        municipality = context.municipality
    own = [] if municipality is None else list(_own_entries(request, municipality))
    return main_menu(request.path, municipality, own)


def _own_entries(request: HttpRequest, municipality: Municipality) -> Iterator[Entry]:
    """What the reader does in the municipality."""
    if sorts_in(request.user, municipality):
        yield QUESTIONS
    if may_administer(request.user, municipality):
        yield ADMINISTRATION


def _accent_address(municipality: Municipality) -> str:
    """The colour is part of the address, so that browsers may keep the stylesheet and still see a change at once."""
    return reverse("site:accent", args=(municipality.slug,)) + f"?{municipality.accent.lstrip('#')}"
