"""The table that a file holds: its headings and its rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.importing import folded

from .delimited import read_text
from .lines import HEADING_SOUGHT_IN, MOST_ROWS, Damage, Lines, Note, Unreadable, too_many_rows
from .workbook import read_workbook

MOST_BYTES = 10 * 1024 * 1024
LONGEST_HEADING = 80
OLE_START = b"\xd0\xcf\x11\xe0"  # Excel 97–2003, and every workbook with a password
ZIP_START = b"PK\x03\x04"


@dataclass(frozen=True)
class Table:
    """Headings and rows of equal width; each row with its number in the file."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]
    notes: list[Note]
    damages: list[Damage]


def read_table(file: BinaryIO, size: int, is_known_heading: Callable[[str], bool]) -> Table:
    """Read an Excel workbook (.xlsx) or delimited text, told apart by content.

    The headings are the row among the first ten in which most cells are known headings, or else the first row if it
    looks like one; a single known word may as well be the content of a cell. Raises Unreadable.
    """
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
