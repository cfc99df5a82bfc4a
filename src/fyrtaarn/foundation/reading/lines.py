"""The lines of a file before its headings are found, what was noticed on the way, and why it cannot be read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.importing import Fault, Words

MOST_ROWS = 5_000
MOST_COLUMNS = 80
LONGEST_CELL = 20_000
HEADING_SOUGHT_IN = 10


class Unreadable(Fault):
    """The file as a whole cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Note:
    """Something noticed about the file that stops nothing: a source string and its parameters."""

    message: str
    params: dict[str, Any]


@dataclass(frozen=True)
class Damage:
    """A cell that the file itself has spoilt: where, and the source string of what is wrong."""

    row: int
    column: int
    message: str


@dataclass
class Lines:
    """The non-empty lines of a file, each with its number as the workbook counts, before the heading is found."""

    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    damages: list[Damage] = field(default_factory=list)
    empty: int = 0

    def note(self, message: Words, **params: Any) -> None:
        fault = Fault(message, **params)
        self.notes.append(Note(fault.message, params))

    def damage(self, row: int, column: int, message: Words) -> None:
        self.damages.append(Damage(row, column, Fault(message).message))

    def add(self, number: int, cells: Iterable[str]) -> None:
        """Take one line; an empty one is counted when others follow it. Raises Unreadable when it is too much."""
        kept = [cell.strip() for cell in cells]
        while kept and not kept[-1]:
            kept.pop()
        if not kept:
            return
        if len(self.lines) > MOST_ROWS + HEADING_SOUGHT_IN:
            raise too_many_rows()
        if len(kept) > MOST_COLUMNS:
            raise Unreadable(
                _("The file has more than %(most)s columns. Remove those you do not need."), most=MOST_COLUMNS
            )
        if any(len(cell) > LONGEST_CELL for cell in kept):
            raise Unreadable(
                _("Row %(row)s has a cell with more than %(most)s characters. Make it shorter."),
                row=number,
                most=LONGEST_CELL,
            )
        last = self.lines[-1][0] if self.lines else number - 1
        self.empty += number - last - 1
        self.lines.append((number, kept))


def not_a_table() -> Unreadable:
    return Unreadable(
        _(
            "This is neither an Excel workbook nor a CSV file. Save the table as “Excel Workbook (.xlsx)” and upload that."
        )
    )


def too_many_rows() -> Unreadable:
    return Unreadable(_("The file has more than %(most)s rows. Part it in several files."), most=MOST_ROWS)
