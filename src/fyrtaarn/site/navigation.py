"""The main navigation, as data."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality


@dataclass(frozen=True)
class Entry:
    """One place in the main menu; its path follows the front page's, national or municipal."""

    label: str | Promise
    path: str


@dataclass(frozen=True)
class Link:
    """An entry as one page shows it: `current` on its pages, `here` on the very page that it leads to."""

    label: str | Promise
    path: str
    current: bool
    here: bool


MAIN = (
    Entry(_("Challenges"), "udfordringer/"),
    Entry(_("Solutions"), "loesninger/"),
    Entry(_("Organisations"), "organisationer/"),
    Entry(_("Collaborations"), "samarbejder/"),
    Entry(_("Search"), "soeg/"),
)


def front_page(municipality: Municipality | None) -> str:
    """The address that all pages of a municipality, or of the whole country, begin with."""
    return f"/{municipality.slug}/" if municipality else "/"


def main_menu(page: str, municipality: Municipality | None) -> list[Link]:
    """The main menu for the page with this address."""
    links = [(entry.label, front_page(municipality) + entry.path) for entry in MAIN]
    return [Link(label, path, current=page.startswith(path), here=page == path) for label, path in links]
