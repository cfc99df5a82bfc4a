"""Hostile tables to be imported: files that are none, files that are too much, and rows that make no sense."""

import io
import random
from collections.abc import Iterator, Sequence

import openpyxl

from .values import EVERYTHING, ZIP_BOMB, as_bytes, packed

Rows = Sequence[Sequence[str]]
SHARED = (
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + b"<si><t>x</t></si>" * 10 + b"</sst>"
)
STEPS = zip(b"a b c d e f g".split(), b"b c d e f g h".split(), strict=True)
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%b]><x>&h;</x>' % b"".join(
    b'<!ENTITY %b "%b">' % (name, b"&%b;" % before * 10) for before, name in STEPS
)
WORDS = b'{"format": "fyrtaarn-vocabulary", "version": 1, "concepts": '


def broken_files(headings: Sequence[str]) -> Iterator[bytes]:
    """Files of which nothing can be read, or too much."""
    head = ";".join(headings)
    yield b""
    yield b"\0"
    yield b"\xef\xbb\xbf"
    yield b"\xff\xfe" + head.encode("utf-16-le") + b"\x0a"
    yield head.encode("utf-16-le")
    yield f'{head}\r\n"never closed;{"x" * 30_000}'.encode()
    yield f"{head}\r\n{';' * 100_000}".encode()
    yield (";".join(f"kolonne {number}" for number in range(100_000)) + "\r\nx").encode()
    yield (head + "\r\n" + "x\r\n" * 20_000).encode()
    yield f"sep=\n{head}\r\nx".encode()
    yield f'sep="\n{head}\r\nx'.encode()
    yield b"[" * 10_000
    yield WORDS + b"[" * 10_000
    yield WORDS + b'[null, 1, [], {}, {"key": {"a": []}}, {"key": "\\ud800"}]}'
    yield b'{"format": "fyrtaarn-vocabulary", "version": 1e999, "concepts": {"a": 1}}'
    yield ZIP_BOMB
    yield packed(xl__workbook_xml=ENTITIES, xl__sharedStrings_xml=SHARED)
    yield packed(**{f"part{number}": b"" for number in range(3_000)})
    yield workbook([headings, ["x"] * len(headings)])[:-100]
    yield b"PK\x03\x04" + b"\xff" * 1_000
    yield b"\xd0\xcf\x11\xe0" + b"\0" * 1_000


def odd_tables(headings: Sequence[str], good: Sequence[str], dice: random.Random) -> Iterator[bytes]:
    """Tables that can be read, and whose rows are hostile or at odds with each other."""

    def hostile() -> list[str]:
        return [dice.choice(EVERYTHING)[:15_000] if dice.random() < 0.4 else cell for cell in good]

    shuffled = dice.sample(list(range(len(headings))), len(headings))
    rows = [hostile() for _row in range(12)]
    yield delimited([headings, good, good, *rows])
    yield workbook([headings, good, *rows])
    yield delimited([[*headings, *headings], [*good, *good], *[row * 2 for row in rows]])
    yield delimited([headings[:1] * 3 + headings, good[:1] + good, *rows])
    yield delimited([[headings[place] for place in shuffled], [good[place] for place in shuffled]])
    yield delimited([headings[1:], good[1:], *rows])
    yield delimited([["", *headings, "\u202e"], *rows])
    yield delimited([[heading.upper() + "\u200b" for heading in headings], good])
    yield delimited([headings, *[[dice.choice(EVERYTHING)[:9_000]] * len(headings) for _row in range(4)]])


def delimited(rows: Rows) -> bytes:
    """CSV, with quotes where they are needed."""
    return b"\r\n".join(b";".join(b'"' + as_bytes(cell).replace(b'"', b'""') + b'"' for cell in row) for row in rows)


def workbook(rows: Rows) -> bytes:
    """An Excel workbook; what Excel does not let stand in a cell is left out."""
    book = openpyxl.Workbook()
    kept = io.BytesIO()
    for row in rows:
        book.active.append(["".join(sign for sign in cell if sign.isprintable()) for cell in row])  # type: ignore[union-attr]
    book.save(kept)
    return kept.getvalue()
