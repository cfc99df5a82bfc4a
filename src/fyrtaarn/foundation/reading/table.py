"""The table that a file holds: its headings, its rows, what was noticed on the way, and why it cannot be read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.importing import Fault, Words, folded

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 80
LONGEST_CELL = 20_000
HEADING_SOUGHT_IN = 10
LONGEST_HEADING = 80
OLE_START = b"\xd0\xcf\x11\xe0"  # Excel 97–2003, and every workbook with a password
ZIP_START = b"PK\x03\x04"


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


@dataclass(frozen=True)
class Table:
    """Headings and rows of equal width; each row with its number in the file."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]
    notes: list[Note]
    damages: list[Damage]


def too_many_rows() -> Unreadable:
    return Unreadable(_("The file has more than %(most)s rows. Part it in several files."), most=MOST_ROWS)


def read_table(file: BinaryIO, size: int, is_known_heading: Callable[[str], bool]) -> Table:
    """Read an Excel workbook (.xlsx) or delimited text, told apart by content.

    The headings are the row among the first ten in which most cells are known headings, or else the first row if it
    looks like one; a single known word may as well be the content of a cell. Raises Unreadable.
    """
    from .delimited import read_text
    from .workbook import read_workbook

    if size > MOST_BYTES:
        raise Unreadable(_("The file is too large: at most %(most)s MB."), most=MOST_BYTES // 1024 // 1024)
    content = file.read()
    if content.startswith(OLE_START):
        raise Unreadable(
            _("This is an old Excel file (.xls), or it has a password. Save it in Excel as “Excel Workbook (.xlsx)”"
              " without a password, and upload that.")
        )  # fmt: skip
    lines = read_workbook(content) if content.startswith(ZIP_START) else read_text(content)
    return _with_headings(lines, is_known_heading)


def _with_headings(lines: Lines, is_known_heading: Callable[[str], bool]) -> Table:
    if not lines.lines:
        raise Unreadable(_("The file is empty. It must have a row of headings and at least one row below it."))
    place = _heading_place(lines.lines, is_known_heading)
    heading_number, headings = lines.lines[place]
    below = lines.lines[place + 1 :]
    if not below:
        raise Unreadable(_("There is nothing below the headings. The file must have at least one row."))
    if len(below) > MOST_ROWS:
        raise too_many_rows()
    if place:
        lines.note(_("Rows above the headings, which were left out: %(count)s."), count=place)
    if lines.empty:
        lines.note(_("Empty rows, which were left out: %(count)s."), count=lines.empty)
    width = max(len(headings), *(len(cells) for _number, cells in below))
    padded = [(number, cells + [""] * (width - len(cells))) for number, cells in below]
    damages = [damage for damage in lines.damages if damage.row > heading_number]
    return Table(headings + [""] * (width - len(headings)), padded, lines.notes, damages)


def _heading_place(lines: list[tuple[int, list[str]]], is_known_heading: Callable[[str], bool]) -> int:
    top = [cells for _number, cells in lines[:HEADING_SOUGHT_IN]]
    known = [sum(is_known_heading(cell) for cell in cells if cell) for cells in top]
    best = max(known)
    if best < 2 and _looks_like_headings(top[0]):
        return 0
    if best:
        return known.index(best)
    raise Unreadable(
        _("We found no row of headings. The first row must say what each column holds, such as “Titel” and"
          " “Beskrivelse”.")
    )  # fmt: skip


def _looks_like_headings(cells: list[str]) -> bool:
    """At least two short, different texts, none of them a number, a date or an address."""
    named = [folded(cell) for cell in cells if cell]
    plain = all(len(cell) <= LONGEST_HEADING and not any(sign in cell for sign in "@0123456789") for cell in cells)
    return len(named) >= 2 and len(set(named)) == len(named) and plain
