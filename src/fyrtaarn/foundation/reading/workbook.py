"""Excel workbooks (.xlsx): the first visible sheet that holds anything, as text."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from lzma import LZMAError
from typing import Any
from xml.etree.ElementTree import Element, ParseError, iterparse

import openpyxl
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from fyrtaarn.foundation.importing import quoted

from .lines import MOST_COLUMNS, Lines, Unreadable, not_a_table

MOST_UNPACKED = 120 * 1024 * 1024
MOST_PARTS = 2_000
MOST_EMPTY_ROWS = 2_000  # so many empty rows after each other end the sheet
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ERRORS = ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
# all that a broken or forged workbook makes the zip, XML and workbook readers raise
BROKEN = (
    zipfile.BadZipFile, zlib.error, LZMAError, EOFError, OSError, RuntimeError, ParseError, InvalidFileException,
    ValueError, KeyError, TypeError, IndexError, AttributeError,
)  # fmt: skip


def read_workbook(content: bytes) -> Lines:
    """The lines of the workbook's first visible sheet with content. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bomb(archive)
            return _read(archive, content)
    except BROKEN as fault:
        raise not_a_table() from fault


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable(
            _("The file grows too large when it is opened. Copy the table to a new workbook, and upload that.")
        )


def _read(archive: zipfile.ZipFile, content: bytes) -> Lines:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    for place, sheet in enumerate(visible):
        lines = Lines()
        for number, cells in _rows_of(sheet):
            lines.add(number, cells)
        if lines.lines:
            _note_damages(archive, sheet, lines)
            _note_sheets(lines, sheet.title, hidden, [other.title for other in visible[place + 1 :]])
            return lines
    return Lines()


def _note_sheets(lines: Lines, title: str, hidden: list[str], others: list[str]) -> None:
    if others:
        lines.note(_("Only the sheet “%(title)s” is read, not %(others)s."), title=title, others=quoted(others))
    if hidden:
        lines.note(_("Hidden sheets are not read: %(others)s."), others=quoted(hidden))


def _rows_of(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows with content, with their numbers. What the sheet says of its own size is not believed."""
    sheet.reset_dimensions()
    empty = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = [as_text(value) for value in values]
        empty = 0 if any(cells) else empty + 1
        if empty > MOST_EMPTY_ROWS:
            return
        if not empty:
            yield number, cells


def as_text(value: Any) -> str:
    """A cell's value as somebody would type it; dates as 2026-12-24."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nej"
        case datetime():
            return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M:%S}"
        case date():
            return value.isoformat()
        case float():
            return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
        case _:
            return str(value).strip()


def _note_damages(archive: zipfile.ZipFile, sheet: Any, lines: Lines) -> None:
    """Mark cells that show an error, formulas without a result, and cells that are merged into one."""
    for number, cells in lines.lines:
        for column, cell in enumerate(cells):
            if cell in ERRORS:
                lines.damage(number, column, _("The formula in this cell has failed. Write what should stand here."))
    with archive.open(sheet._worksheet_path) as part:
        for _event, element in iterparse(part):  # noqa: S314 - expat itself stops entity bombs (2.4.1 and later)
            if element.tag == f"{MAIN}mergeCell":
                _note_merged(lines, element.get("ref", ""))
            elif element.tag == f"{MAIN}c":
                if _lacks_result(element):
                    _note_formula(lines, element.get("r", ""))
                element.clear()


def _lacks_result(cell: Element) -> bool:
    """Whether a program has written a formula without working it out; an empty text is a result."""
    worked_out = cell.findtext(f"{MAIN}v") or cell.get("t") == "str"
    return cell.find(f"{MAIN}f") is not None and not worked_out


def _note_merged(lines: Lines, reference: str) -> None:
    left, top, right, bottom = _bounds(reference)
    for number in [number for number, _cells in lines.lines if top <= number <= bottom]:
        for column in range(left, min(right, MOST_COLUMNS) + 1):
            if (number, column) != (top, left):
                lines.damage(
                    number,
                    column - 1,
                    _("This cell is merged with another, so it is empty. Write what should stand here."),
                )


def _note_formula(lines: Lines, reference: str) -> None:
    column, row, _right, _bottom = _bounds(reference)
    lines.damage(row, column - 1, _("The formula in this cell has no result. Write what should stand here."))


def _bounds(reference: str) -> tuple[int, int, int, int]:
    """First column, first row, last column, last row of "B2" or "A1:C3". Raises ValueError for anything else."""
    if not re.fullmatch(r"[A-Z]{1,3}[0-9]{1,7}(:[A-Z]{1,3}[0-9]{1,7})?", reference):
        raise ValueError(reference)
    left, top, right, bottom = range_boundaries(reference)
    return int(left or 0), int(top or 0), int(right or 0), int(bottom or 0)
