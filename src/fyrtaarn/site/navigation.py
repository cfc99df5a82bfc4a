"""The main navigation, as data."""

from collections.abc import Iterable
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
POOLS = Entry(_("Pools of money"), "puljer/")
"""Each municipality has its own."""
ASK = Entry(_("Ask the municipality"), "spoerg/")
"""A question goes to a municipality."""
QUESTIONS = Entry(_("Answer questions"), "sager/")
"""For those who answer the municipality's questions."""
ADMINISTRATION = Entry(_("Administration"), "administration/")
"""For those who administer the municipality."""


def front_page(municipality: Municipality | None) -> str:
    """The address that all pages of a municipality, or of the whole country, begin with."""
    return f"/{municipality.slug}/" if municipality else "/"


def main_menu(page: str, municipality: Municipality | None, own: Iterable[Entry] = ()) -> list[Link]:
    """The main menu for the page with this address, as it leads about a municipality or the whole country.

    `own` are the entries for what the reader does there. A page outside the municipality shows its place in the menu,
    too: /udfordringer/ stands under challenges.
    """
    entries = (*MAIN, *((POOLS, ASK) if municipality else ()), *own)
    start = front_page(municipality)
    return [
        Link(
            entry.label,
            start + entry.path,
            current=page.startswith((start + entry.path, "/" + entry.path)),
            here=page == start + entry.path,
        )
        for entry in entries
    ]
