"""Further sections of an organisation's page: rooms register what they show there.

    register(Section("pitches/profile.html", shown_by))

The template gets the organisation, what was read as `shown`, and whether the reader is in the team as `is_mine`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .models import Organisation


@dataclass(frozen=True)
class Section:
    """A template, and what it shows of an organisation, read with one query."""

    template: str
    read: Callable[[Organisation], Any]


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Add a section; registering the same template again replaces it."""
    _sections[section.template] = section


def sections_of(organisation: Organisation) -> list[tuple[str, Any]]:
    """The sections in the order of their rooms: each template with what was read for it."""
    return [(section.template, section.read(organisation)) for section in _sections.values()]
