"""Files that Danish Excel opens as they are."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.foundation import clock, exports

ROWS: list[list[Any]] = [
    ['Ærø; "Fyr"\nog havn', 12, Decimal("1234.50"), True, date(2026, 3, 9), None],
    ['=HYPERLINK("http://ond.example.org")', -3, 0.5, False, datetime(2026, 7, 1, 12, tzinfo=UTC), "-1+2"],
]
HEADINGS = ["Navn", "Antal", "Beløb", "Åben", "Dato", "Note"]


def content(kind: str, rows: list[list[Any]], language: str = "da") -> bytes:
    with translation.override(language):
        answer = exports.table_response(kind, "Udfordringer i år: 1/2", HEADINGS, rows)
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_csv_is_as_danish_excel_wants_it() -> None:
    text = content("csv", ROWS).decode("utf-8")
    assert text.startswith("\ufeffNavn;Antal;Beløb;Åben;Dato;Note\r\n")
    first, second = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))[1:]
    assert first[:3] == ['Ærø; "Fyr"\nog havn', "12", "1234,50"]
    assert first[4:] == ["2026-03-09", ""]
    assert second[0] == '\'=HYPERLINK("http://ond.example.org")'
    assert second[1:3] == ["-3", "0,5"]
    assert second[4:] == ["2026-07-01 14:00", "'-1+2"]


def test_a_workbook_keeps_types_and_runs_no_formula() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(content("xlsx", ROWS))).active
    assert sheet is not None
    assert sheet.title == "Udfordringer i år 12"
    headings, first, second = sheet.iter_rows()
    assert [cell.value for cell in headings] == HEADINGS
    assert first[1].value == 12
    assert first[4].value == datetime(2026, 3, 9)  # noqa: DTZ001 - workbooks know no time zones
    assert second[0].data_type == "s"
    assert second[0].value == '=HYPERLINK("http://ond.example.org")'
    assert second[4].value == datetime(2026, 7, 1, 14)  # noqa: DTZ001


def test_the_file_is_called_after_the_list_and_the_day() -> None:
    answer = exports.table_response("csv", "Løsninger", HEADINGS, [])
    assert answer.headers["Content-Disposition"] == f'attachment; filename="loesninger-{clock.today():%Y-%m-%d}.csv"'


def test_the_readers_language_holds_to_the_last_row() -> None:
    with translation.override("en"):
        answer = exports.table_response("csv", "List", ["Open"], ([True] for _ in range(2000)))
    with translation.override("da"):
        lines = b"".join(answer.streaming_content).decode().split("\r\n")  # type: ignore[attr-defined]
    assert set(lines[1:-1]) == {"Yes"}


@pytest.mark.parametrize("kind", exports.FORMATS)
def test_all_rows_are_read_before_any_is_sent(kind: str) -> None:
    """The reader's transaction ends when the view has answered: what is read later is read by nobody."""
    rows = iter(ROWS)
    exports.table_response(kind, "Udfordringer", HEADINGS, rows)
    assert next(rows, None) is None


@pytest.mark.parametrize("kind", exports.FORMATS)
@given(text=st.text(max_size=60))
def test_any_text_can_be_exported_and_none_is_a_formula(kind: str, text: str) -> None:
    raw = content(kind, [[text]])
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8", "surrogatepass"), newline=""), delimiter=";"))
        assert not rows[1][0].startswith(exports.FORMULA_STARTS) if text else True
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(raw)).active
        assert sheet is not None
        assert sheet["A2"].data_type in ("s", "n", "inlineStr")
