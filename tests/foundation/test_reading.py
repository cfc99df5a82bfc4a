"""Files as municipalities have them become one table, or say why they cannot."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.foundation.reading import MOST_ROWS, Table, Unreadable, read_table
from fyrtaarn.foundation.reading import table as limits

KNOWN = {"titel", "beskrivelse", "frist"}


def read(content: bytes) -> Table:
    return read_table(io.BytesIO(content), len(content), lambda heading: heading.casefold() in KNOWN)


def workbook(fill: Callable[[Any], object], **more: Any) -> bytes:
    book = openpyxl.Workbook()
    fill(book.active)
    for title, state in more.items():
        book.create_sheet(title).sheet_state = state
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def lines(*rows: Any) -> Callable[[Any], None]:
    def fill(sheet: Any) -> None:
        for row in rows:
            sheet.append(row)

    return fill


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(content)
    return caught.value.message


class TestWorkbooks:
    def test_values_become_what_one_would_type(self) -> None:
        row = ["Æble ", 12.0, 1.5, date(2027, 3, 9), datetime(2027, 3, 9, 8, 30), True, None]  # noqa: DTZ001
        table = read(workbook(lines(["Titel", "Antal", "Pris", "Frist", "Tid", "Ja", "Tom"], row)))
        assert table.rows == [(2, ["Æble", "12", "1,5", "2027-03-09", "2027-03-09 08:30:00", "ja", ""])]

    def test_the_headings_may_stand_below_a_title_and_rows_keep_their_numbers(self) -> None:
        table = read(workbook(lines(["Udfordringer 2027"], [], ["Titel", "Beskrivelse"], ["A", "b"], [], ["C", "d"])))
        assert table.headings == ["Titel", "Beskrivelse"]
        assert table.rows == [(4, ["A", "b"]), (6, ["C", "d"])]
        said = [note.message for note in table.notes]
        assert any("above the headings" in text for text in said)
        assert any("Empty rows" in text for text in said)

    def test_hidden_and_further_sheets_are_not_read_and_named(self) -> None:
        table = read(
            workbook(lines(["Titel", "Frist"], ["A", ""]), Skjult="hidden", Gemt="veryHidden", Andet="visible")
        )
        said = {note.message: note.params for note in table.notes}
        assert said["Hidden sheets are not read: %(others)s."] == {"others": "»Skjult«, »Gemt«"}
        assert {"title": "Sheet", "others": "»Andet«"} in said.values()

    def test_errors_merged_cells_and_formulas_without_a_result_are_marked(self) -> None:
        def fill(sheet: Any) -> None:
            lines(["Titel", "Beskrivelse"], ["A", "x"], [None, "y"], ["=1+1", "z"])(sheet)
            sheet["B2"].value, sheet["B2"].data_type = "#REF!", "e"
            sheet.merge_cells("A2:A3")

        table = read(workbook(fill))
        assert {(d.row, d.column): d.message.split(".")[0] for d in table.damages} == {
            (2, 1): "The formula in this cell has failed",
            (3, 0): "This cell is merged with another, so it is empty",
            (4, 0): "The formula in this cell has no result",
        }

    def test_many_formatted_but_empty_rows_do_no_harm(self) -> None:
        def fill(sheet: Any) -> None:
            lines(["Titel", "Frist"], ["A", "b"])(sheet)
            sheet.cell(row=1_048_576, column=1).number_format = "0.00"

        assert len(read(workbook(fill)).rows) == 1

    def test_what_is_no_workbook_says_so(self) -> None:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("hej.txt", "hej")
        for content in (
            target.getvalue(),
            workbook(lines(["Titel"], ["A"]))[:900],
            b"%PDF-1.7 \x00\x01",
            b"\x89PNG\r\n\x00",
        ):
            assert refusal(content).startswith("This is neither")
        assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").startswith("This is an old Excel file")

    def test_a_bomb_is_not_unpacked(self) -> None:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", b"0" * (130 * 1024 * 1024))
        assert refusal(target.getvalue()).startswith("The file grows too large")


class TestText:
    @pytest.mark.parametrize("delimiter", [";", ",", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_encodings_and_delimiters_are_told(self, delimiter: str, encoding: str) -> None:
        rows = [["Titel", "Beskrivelse"], ["Ærø", "Blåt, grønt; og mere"], ["Øl", 'Han sagde "ja"\ntil det']]
        text = "\r\n".join(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
        table = read(text.encode(encoding))
        assert table.headings == rows[0]
        assert [cells for _number, cells in table.rows] == rows[1:]
        assert any("1252" in note.message for note in table.notes) == (encoding == "cp1252")

    def test_excels_own_line_about_the_delimiter(self) -> None:
        assert read(b"sep=|\r\nTitel|Frist\r\nA|b\r\n").rows[0][1] == ["A", "b"]

    def test_text_damaged_by_a_wrong_encoding_is_marked(self) -> None:
        table = read("Titel;Frist\nBlÃ¥bÃ¦r;x\nFin;y\n".encode())
        assert [(d.row, d.column) for d in table.damages] == [(2, 0)]

    def test_too_much_is_refused(self) -> None:
        head = b"Titel;Frist\n"
        assert "rows" in refusal(head + b"a;b\n" * (MOST_ROWS + 1))
        assert len(read(head + b"a;b\n" * MOST_ROWS).rows) == MOST_ROWS
        assert "columns" in refusal(b";".join([b"x"] * 200) + b"\n" + b"a;b\n")
        assert "too large" in refusal(b"a;b\n" * (limits.MOST_BYTES // 4 + 1))

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "empty"),
            (b"\n\n;;\n", "empty"),
            (b"Titel;Frist\n", "nothing below"),
            (b"12;2027-01-01\n13;2027-01-02\n", "no row of headings"),
            (b"ukendt\nflere\n", "no row of headings"),
        ],
    )
    def test_without_headings_or_rows(self, content: bytes, words: str) -> None:
        assert words in refusal(content)

    def test_unknown_headings_are_still_headings(self) -> None:
        assert read(b"Projekt;Ansvarlig leder\nA;B\n").headings == ["Projekt", "Ansvarlig leder"]

    @given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
    def test_any_file_is_read_or_refused(self, content: bytes) -> None:
        try:
            table = read(content)
        except Unreadable:
            return
        assert all(len(cells) == len(table.headings) for _number, cells in table.rows)

    @given(place=st.integers(0, 5000), noise=st.binary(min_size=1, max_size=30))
    def test_a_broken_workbook_is_read_or_refused(self, place: int, noise: bytes) -> None:
        whole = workbook(lines(["Titel", "Frist"], ["A", "b"]))
        place %= len(whole)
        try:
            read(whole[:place] + noise + whole[place + len(noise) :])
        except Unreadable:
            return
