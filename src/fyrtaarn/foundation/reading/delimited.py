"""Text with one row a line: CSV and its kin, in UTF-8 or as older Danish programs write it."""

import csv
import io
from collections import Counter
from itertools import islice

from django.utils.translation import gettext_lazy as _

from .lines import Lines, not_a_table

MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
DELIMITERS = (";", "\t", ",", "|")
SAMPLE_LINES = 40
DAMAGED = ("Ã¦", "Ã¸", "Ã¥", "Ã†", "Ã˜", "Ã…", "Ã©", "\ufffd")  # UTF-8 read as Windows-1252, or letters lost


def read_text(content: bytes) -> Lines:
    """The lines of a delimited text. Raises Unreadable when it is no such thing."""
    lines = Lines()
    text = _decoded(content, lines)
    if text.startswith("sep="):  # Excel's own way to name the delimiter
        first, _newline, text = text.partition("\n")
        delimiter = first.strip().removeprefix("sep=")[:1] or ";"
    else:
        delimiter = _delimiter(text)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            lines.add(number, cells)
            for column, cell in enumerate(cells):
                if any(sign in cell for sign in DAMAGED):
                    lines.damage(number, column, _("The letters æ, ø and å are damaged here. Write the text again."))
    except csv.Error as fault:
        raise not_a_table() from fault
    return lines


def _decoded(content: bytes, lines: Lines) -> str:
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return _strictly(content.removeprefix(mark), encoding)
    if b"\0" in content:
        raise not_a_table()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = _strictly(content, "cp1252")
    lines.note(_("The file is not in UTF-8. We read it as Windows text (1252): see that æ, ø and å are right."))
    return text


def _strictly(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise not_a_table() from fault
    if "\0" in text:
        raise not_a_table()
    return text


def _delimiter(text: str) -> str:
    """The sign that parts most lines of the beginning into the same number of cells, more than one."""
    sample = text[:100_000]
    scores = {sign: _evenness(sample, sign) for sign in DELIMITERS}
    return max(DELIMITERS, key=lambda sign: scores[sign])


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    """How many lines share the commonest number of cells, and that number; nothing when they have one cell each."""
    try:
        rows = list(islice(csv.reader(io.StringIO(sample), delimiter=delimiter), SAMPLE_LINES))
    except csv.Error:
        return (0, 0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return (0, 0)
    width, lines = max(widths.items(), key=lambda each: (each[1], each[0]))
    return (lines, width)
