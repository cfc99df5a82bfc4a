"""The text of a PDF that Typst has made, as a reader or a clipboard gets it: by what its fonts say their glyphs stand for."""

import re
import zlib

OBJECT = re.compile(rb"(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
LETTERS = re.compile(rb"/ToUnicode (\d+) 0 R")
CONTENTS = re.compile(rb"/Type/Page/.*/Contents (\d+) 0 R", re.DOTALL)
MAPPED = re.compile(rb"<([0-9A-F]+)> <([0-9A-F]+)>\n")
STRING = rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)"  # brackets within it are escaped, or come in pairs
SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|/ReversedChars (BMC)|(" + STRING + rb")|(ET)", re.DOTALL)
ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """All text in the order in which it is set; pieces of a line follow each other directly."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    fonts = {
        name: _letters(_stream(objects[int(found[1])]))
        for body in objects.values()
        for name, key in FONT.findall(body)
        if (found := LETTERS.search(objects[int(key)]))
    }
    pages = [int(found[1]) for body in objects.values() if (found := CONTENTS.search(body))]
    return "".join(_text(_stream(objects[page]), fonts) for page in pages)


def _stream(body: bytes) -> bytes:
    found = STREAM.search(body)
    assert found is not None
    return zlib.decompress(found[1]) if b"/FlateDecode" in body.split(b"stream")[0] else found[1]


def _letters(cmap: bytes) -> dict[int, str]:
    """What each glyph stands for."""
    return {int(glyph, 16): bytes.fromhex(said.decode()).decode("utf-16-be") for glyph, said in MAPPED.findall(cmap)}


def _text(content: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    """The strings that are shown, each piece read from its end where it is written from right to left."""
    said, piece, font, backwards = "", "", b"", False
    for name, reverse, shown, end in SHOWN.findall(content):
        if name:
            font = name
        elif reverse:
            backwards = True
        elif end:
            said, piece, backwards = said + (piece[::-1] if backwards else piece), "", False
        else:
            raw = ESCAPED.sub(lambda found: NAMED.get(found[1]) or _sign(found[1]), shown[1:-1])
            glyphs = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
            piece += "".join(fonts[font].get(glyph, "") for glyph in glyphs)
    return said


def _sign(escaped: bytes) -> bytes:
    return bytes([int(escaped, 8)]) if len(escaped) == 3 else escaped
