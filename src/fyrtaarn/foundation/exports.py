"""Tables as files that Danish Excel opens as they are: CSV and workbooks, of any length."""

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from django.http import FileResponse, HttpResponseBase
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from . import clock
from .slugs import danish_slug

FORMATS = ("csv", "xlsx")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"  # tells Excel that the text is UTF-8
# A cell that begins with one of these would be run as a formula (OWASP, CSV Injection)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
FORBIDDEN_IN_TITLES = "[]:*?/\\"
CHUNK = 500
COLUMN_WIDTH = 28

Value = str | int | float | Decimal | bool | date | datetime | None
Rows = Iterable[Sequence[Value]]


def table_response(kind: str, name: str, headings: Sequence[str], rows: Rows) -> HttpResponseBase:
    """A download called after `name` and today: `kind` is one of FORMATS, values keep their type where they can."""
    file_name = f"{danish_slug(name)}-{clock.today():%Y-%m-%d}.{kind}"
    if kind == "xlsx":
        return _workbook_response(file_name, name, headings, rows)
    return _csv_response(file_name, headings, rows)


def plain_text(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before what begins like one."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _csv_response(file_name: str, headings: Sequence[str], rows: Rows) -> HttpResponseBase:
    target = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response
    text = io.TextIOWrapper(target, "utf-8", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    text.write(BYTE_ORDER_MARK)
    writer.writerow([plain_text(str(heading)) for heading in headings])
    writer.writerows([_csv_value(value) for value in row] for row in rows)
    text.detach()
    return _download(target, file_name, "text/csv; charset=utf-8")


def _csv_value(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("Yes") if value else _("No")
        case datetime():
            return f"{value.astimezone(clock.COPENHAGEN):%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case float() | Decimal():
            return str(value).replace(".", ",")
        case int():
            return str(value)
        case _:
            return plain_text(str(value))


def _workbook_response(file_name: str, name: str, headings: Sequence[str], rows: Rows) -> HttpResponseBase:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_sheet_title(name))
    sheet.freeze_panes = "A2"
    for number in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = COLUMN_WIDTH
    sheet.append([_cell(sheet, str(heading), bold=True) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    target = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response
    workbook.save(target)
    return _download(target, file_name, XLSX_TYPE)


def _download(target: IO[bytes], file_name: str, content_type: str) -> HttpResponseBase:
    """What has been written row by row to a temporary file, so that long lists do not fill the memory.

    It is written before it is sent: what is read while it is sent is read after the reader's transaction, by nobody.
    """
    target.seek(0)
    headers = {"Cache-Control": "private, no-store"}
    return FileResponse(target, as_attachment=True, filename=file_name, content_type=content_type, headers=headers)


def _sheet_title(name: str) -> str:
    """At most 31 characters, none of those that a workbook forbids in a sheet's name."""
    return "".join(letter for letter in name if letter not in FORBIDDEN_IN_TITLES)[:31] or "Fyrtårn"


def _cell(sheet: WriteOnlyWorksheet, value: Value, *, bold: bool = False) -> Cell:
    if isinstance(value, bool):
        value = _("Yes") if value else _("No")
    elif isinstance(value, datetime):
        value = value.astimezone(clock.COPENHAGEN).replace(tzinfo=None)  # workbooks know no time zones
    elif isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell: Cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # the stubs know no Decimal and no date
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula, whatever it begins with
    if bold:
        cell.font = Font(bold=True)
    return cell
