"""The sections of the search room, as tabs over each of its pages. Rooms above add theirs in AppConfig.ready()."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Part:
    """One section: low `order` comes first."""

    label: str | Promise
    url_name: str
    order: int


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """Add a section."""
    _parts[part.url_name] = part


def tabs(current: str) -> list[dict[str, Any]]:
    """The sections, `current` being the name of the one that is shown."""
    return [
        {"label": part.label, "url": reverse(part.url_name), "current": part.url_name == current, "count": None}
        for part in sorted(_parts.values(), key=lambda part: part.order)
    ]


register(Part(_("Questions"), "vocabulary:questions", 10))
register(Part(_("Words"), "vocabulary:concepts", 20))
register(Part(_("Proposals"), "vocabulary:proposals", 30))
register(Part(_("Draft"), "vocabulary:draft", 40))
register(Part(_("Versions"), "vocabulary:versions", 60))
register(Part(_("Themes and target groups"), "vocabulary:topics", 65))
register(Part(_("Import and export"), "vocabulary:import", 70))
