"""What came of a dialogue, as the rooms above tell it: an agreement, later perhaps a booking or a grant.

register(provider), where provider(user, meeting) gives Outcomes: what exists, and the next one that can be begun.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from .models import Meeting


@dataclass(frozen=True)
class Outcome:
    """One thing that came of the dialogue."""

    title: str
    path: str
    kind: str | Promise
    state: str | Promise


@dataclass(frozen=True)
class Beginning:
    """A page on which something can come of the dialogue."""

    label: str | Promise
    path: str


@dataclass(frozen=True)
class Outcomes:
    """What came of the dialogue, and what can."""

    existing: tuple[Outcome, ...] = ()
    beginnings: tuple[Beginning, ...] = ()


Provider = Callable[[Any, Meeting], Outcomes]
PROVIDERS: list[Provider] = []


def register(provider: Provider) -> None:
    """Ask `provider` on every dialogue's page."""
    PROVIDERS.append(provider)


def outcomes_of(user: Any, meeting: Meeting) -> Outcomes:
    """All that came of the dialogue, and all that the person can begin from it."""
    given = [provider(user, meeting) for provider in PROVIDERS]
    return Outcomes(
        tuple(outcome for each in given for outcome in each.existing),
        tuple(beginning for each in given for beginning in each.beginnings),
    )
