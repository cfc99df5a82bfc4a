"""What is asked, and among what."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from fyrtaarn.engine.matching import Document

from ..codes import EVERYWHERE
from .scope import Group, Scope, condition


@dataclass(frozen=True)
class Question:
    """What is asked, and among what.

    `document.municipality` is a municipality's primary key as text, `document.district` names of districts with ", "
    between. `without` leaves one listing out, `avoid` all with one of these codes. `reach` holds the municipalities
    that count as the question's own (where an offer is delivered).
    """

    document: Document
    scope: Scope
    chosen: tuple[Group, ...] = ()
    without: int | None = None
    avoid: tuple[str, ...] = ()
    reach: Collection[int] = ()

    def groups(self) -> list[Group]:
        """The groups of codes of which each answer has one."""
        return [*self.scope.groups(), *self.chosen]

    def home(self) -> Group:
        """The codes of what is at home where the question asks; none when all in scope is, or place does not count."""
        home = self.document.municipality
        if not home or self.scope.municipality is not None:
            return ()
        return (EVERYWHERE, f"in:{home}", *(f"in:{pk}" for pk in self.reach))

    def condition(self) -> tuple[str, list[Any]]:
        """The condition on `listing` in SQL that every answer meets, with its parameters."""
        where, params = condition(self.groups())
        if self.without is not None:
            where, params = f"{where} AND listing.id <> %s", [*params, self.without]
        if self.avoid:
            where, params = f"{where} AND NOT listing.codes && %s::varchar[]", [*params, list(self.avoid)]
        return where, params
