"""What all administrator's pages share. Each room adds its tile to the start page in its AppConfig.ready()."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fyrtaarn.foundation.rules import require

from .addresses import MunicipalRequest, View, in_municipality
from .models import Municipality
from .rules import may_administer


@dataclass(frozen=True)
class Tile:
    """One thing to administer; `url_name` takes the municipality's slug. Low `order` comes first.

    `lacks` says in a few words what is missing there, with one query at most; an empty answer: nothing.
    """

    title: str | Promise
    text: str | Promise
    url_name: str
    order: int
    lacks: Callable[[Municipality], str] | None = None

    def url(self, municipality: Municipality) -> str:
        return reverse(self.url_name, args=[municipality.slug])


_tiles: dict[str, Tile] = {}


def register(tile: Tile) -> None:
    """Add a tile; registering the same address again replaces it."""
    _tiles[tile.url_name] = tile


def tiles_for(municipality: Municipality) -> list[dict[str, object]]:
    """The tiles in order, each with title, text, address and what is missing there."""
    return [
        {
            "title": tile.title,
            "text": tile.text,
            "url": tile.url(municipality),
            "lacks": tile.lacks(municipality) if tile.lacks else "",
        }
        for tile in sorted(_tiles.values(), key=lambda tile: tile.order)
    ]


def administered(view: View) -> View:
    """A municipality's page for its administrators alone."""

    def for_administrators(request: MunicipalRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(may_administer(request.user, request.municipality))
        return view(request, *args, **kwargs)

    return in_municipality(for_administrators)


def trail_to(municipality: Municipality, *steps: tuple[str | Promise, str]) -> list[tuple[str | Promise, str]]:
    """Breadcrumbs from the municipality by its administration to a page there."""
    start = reverse("areas:administration", args=[municipality.slug])
    return [(municipality.label, f"/{municipality.slug}/"), (_("Administration"), start), *steps]
