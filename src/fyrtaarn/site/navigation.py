"""The main navigation, as data."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality


@dataclass(frozen=True)
class Entry:
    """One place in the main menu; `municipal` ones exist below a municipality's address too."""

    label: str | Promise
    path: str
    municipal: bool = False


@dataclass(frozen=True)
class Link:
    """An entry as one page shows it: `current` on its pages, `here` on the very page that it leads to."""

    label: str | Promise
    path: str
    current: bool
    here: bool


MAIN = (
    Entry(_("Challenges"), "/udfordringer/", municipal=True),
    Entry(_("Solutions"), "/loesninger/", municipal=True),
    Entry(_("Organisations"), "/organisationer/"),
    Entry(_("Collaborations"), "/samarbejder/"),
    Entry(_("Search"), "/soeg/"),
)


def main_menu(page: str, municipality: Municipality | None) -> list[Link]:
    """The main menu for the page with this address."""
    links = []
    for entry in MAIN:
        path = f"/{municipality.slug}{entry.path}" if municipality and entry.municipal else entry.path
        links.append(Link(entry.label, path, current=page.startswith(path), here=page == path))
    return links
