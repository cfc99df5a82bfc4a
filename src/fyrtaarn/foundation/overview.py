"""My overview: rooms register what they know of a person, the page shows it.

    @overview.provider
    def challenges_waiting(user: User) -> Iterable[OverviewItem]: ...

A provider is called once a page with a signed-in person, uses a bounded number of queries and gives at most
MOST_IN_A_SECTION items for a section.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_IN_A_SECTION = 12  # of one provider; the page folds what is more than a handful


class Section(TextChoices):
    """The parts of the page, in its order."""

    WAITING = "waiting", _("Waiting for you")
    DEADLINES = "deadlines", _("Deadlines")
    FITS = "fits", _("Fits you")
    MINE = "mine", _("Yours")


@dataclass(frozen=True)
class OverviewItem:
    """One line: `why` says in a few words why it stands here, `due` is the last day on which it can be done."""

    section: Section
    title: str
    path: str
    why: str | Promise = ""
    due: date | None = None


Provider = Callable[[Any], Iterable[OverviewItem]]  # called with a people.User, whose room lies above
_providers: list[Provider] = []


def provider(function: Provider) -> Provider:
    """Decorator: let the function add its items to everybody's overview."""
    _providers.append(function)
    return function


def overview_of(user: Any) -> dict[Section, list[OverviewItem]]:
    """The person's items by section, the nearest day first; sections without items are left out."""
    items = [item for provide in _providers for item in provide(user)]
    items.sort(key=lambda item: (item.due is None, item.due or date.max))
    by_section = {section: [item for item in items if item.section == section] for section in Section}
    return {section: found for section, found in by_section.items() if found}
