"""Which listings a reader may find on a page, as groups of codes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ..codes import EVERYBODY, EVERYWHERE
from ..models import Listing
from ..registry import kinds
from ..terms import shelf

Group = Sequence[str]
"""Codes of which a listing must have at least one."""


@dataclass(frozen=True)
class Scope:
    """Who reads (`codes.seeing`), which kinds (none: all) or side, and where it must be delivered."""

    seeing: Group = (EVERYBODY,)
    kinds: tuple[str, ...] = ()
    side: str = ""
    municipality: int | None = None

    def kind_keys(self) -> tuple[str, ...]:
        """The kinds to look among."""
        return self.kinds or tuple(kind.key for kind in kinds() if self.side in ("", kind.side))

    def shelves(self) -> list[str]:
        """The shelves to look on."""
        return [shelf(kind, code) for code in self.seeing for kind in self.kind_keys()]

    def groups(self) -> list[Group]:
        """The groups that every listing of the scope meets."""
        groups: list[Group] = [self.seeing]
        if self.kinds or self.side:
            groups.append([f"kind:{kind}" for kind in self.kind_keys()])
        if self.municipality is not None:
            groups.append([f"in:{self.municipality}", EVERYWHERE])
        return groups


def in_groups(groups: Iterable[Group]) -> QuerySet[Listing]:
    """The listings that are to be found and meet all groups."""
    found = Listing.objects.filter(ended=None)
    for group in groups:
        found = found.filter(codes__overlap=list(group))
    return found


def condition(groups: Sequence[Group]) -> tuple[str, list[Any]]:
    """The same as a condition on `listing` in SQL, with its parameters."""
    overlaps = " AND listing.codes && %s::varchar[]" * len(groups)
    return f"listing.ended IS NULL{overlaps}", [list(group) for group in groups]
