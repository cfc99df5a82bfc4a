"""Hostile values: what nobody should send, and somebody will."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

LONG = 1_000_000
DEEP = 10_000

TEXTS: tuple[str, ...] = (
    "", " ", "\t\r\n \u00a0\u200b", "\x00", "a\x00b", "\x1b[31m\x07", "\ud800", "a\udfffb", "\ufeff\ufffe",
    "\u202eten.elpmaxe\u202c", "e" + "\u0301" * 5_000, "\u2028\u2029\x85", "👩‍👩‍👧‍👦" * 500, "İıſK", "ﷺ" * 200, "æøå" * 10_000,
    "x" * LONG, "a " * 20_000, "\n" * 20_000, "'; DROP TABLE people_user; --", "\\", "%s %(x)s %n {0} {x}",
    "{{ 7|add:7 }}{% x %}",
    "<script>alert(1)</script><img src=x onerror=alert(1)>", "]]>&amp;&#0;&#xD800;", "../../../etc/passwd", "C:\\nul",
    "=cmd|' /C calc'!A0", "@SUM(1+1)", "[" * DEEP, '{"a":' * DEEP, "[" * DEEP + "]" * DEEP, '{"a": NaN}', "null", "true",
    "undefined", "[object Object]", "> " * 2_000 + "x", "* " * 2_000 + "x", "[a](" * 2_000, "![](" * 2_000, "`" * 5_000,
    "**" * 5_000, "<" * 20_000, "javascript:alert(1)", "https://[::1", "https://" + "a" * 3_000 + ".dk", "http://\u202e.dk:99999/",
    "//example.org", "https:///x", "/\\example.org", "a@b", "x@" + "b" * 300 + ".dk", "x@example.dk\r\nBcc: y@example.dk",
    "\"a\\\"b\"@example.dk", "æ@ø.å", "x" * 100 + "@example.dk",
)  # fmt: skip
NUMBERS: tuple[str, ...] = (
    "-1", "-0", "0", "1", "2", "1e999", "1e5", "NaN", "-Infinity", "0x10", "1_000", "９", "²", "٣", "½", "1,5", "1.000.000,00",
    "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "9" * 30, "9" * 5_000, "1" + "0" * 400,
)  # fmt: skip
DATES: tuple[str, ...] = (
    "0001-01-01", "9999-12-31", "0000-00-00", "10000-01-01", "1582-10-10", "31.02.2026", "30-02-2026", "29.02.2100",
    "2026-12-24T25:61:61Z", "24. december", "20261224", "1.1.1", "9999-12-31T23:59:59.999999+14:00", "-2026-01-01",
)  # fmt: skip
KEYS: tuple[str, ...] = (
    "00000000-0000-0000-0000-000000000000", "department-0", "organisation-999999999999999999999", "department-",
    "organisation-²", "municipality:0", "municipality:²", "municipality:" + "9" * 30, "-", ":", "da-DK-x", "xx", ",,,,",
)  # fmt: skip
EVERYTHING = TEXTS + NUMBERS + DATES + KEYS


def as_bytes(text: str) -> bytes:
    """UTF-8 as it should not be: lone surrogates too."""
    return text.encode("utf-8", "surrogatepass")


NOT_UTF8: tuple[bytes, ...] = (b"\xff\xfe\xfd", b"K\xf8benhavn", b"\xc0\xaf", b"\xf8\x88\x80\x80\x80")


@dataclass(frozen=True)
class File:
    """A file to be uploaded; the name as it stands in the request."""

    name: bytes
    content: bytes
    media_type: str = "application/octet-stream"

    def __repr__(self) -> str:
        return f"File({self.name[:30]!r}, {self.content[:12]!r}… {len(self.content)} bytes)"


def png(width: int, height: int, *, body: bytes = b"") -> bytes:
    """A picture that says what size it has, with whatever body."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = body or zlib.compress(b"\0" * (width + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def packed(**parts: bytes) -> bytes:
    """A zip archive of the parts; two underscores in a name stand for a slash and one for a dot."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return kept.getvalue()


PICTURE = File(b"bord.png", png(2, 2), "image/png")
ZIP_BOMB = packed(xl__workbook_xml=b"\0" * 60_000_000)
FILES: tuple[File, ...] = (
    File(b"tom.png", b"", "image/png"),
    File(b"", b"x"),
    File(b"x" * 1_000 + b".png", png(2, 2), "image/png"),
    File(b"../../../../etc/cron.d/x\x00.png", png(2, 2), "image/png"),
    File("\u202egnp.exe\u0301".encode() * 20, b"MZ\x90\x00", "image/png"),
    File(b'a"; filename="b\xff.png', png(2, 2), "image/png"),
    File(b"stor.png", png(60_000, 60_000, body=b"x"), "image/png"),
    File(b"bombe.png", png(8_000, 8_000), "image/png"),
    File(b"halv.png", png(50, 50)[:60], "image/png"),
    File(b"halv.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
    File(b"tegning.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "image/svg+xml"),
    File(b"side.txt", b"<html><script>alert(1)</script>", "text/plain"),
    File(b"plan.pdf", b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>", "application/pdf"),
    File(b"bombe.xlsx", ZIP_BOMB, "application/zip"),
    File(b"knap.xlsx", b"PK\x03\x04" + b"\0" * 100, "application/zip"),
    File(b"liste.csv", b"Navn;Type\r\n=cmd|'/C calc'!A0;\xff\xfe\x00", "text/csv"),
    File(b"dyb.json", b"[" * 200_000, "application/json"),
    File(b"nul.txt", b"\0" * 5_000, "text/plain"),
    File(b"gif.gif", b"GIF89a" + b"\xff" * 40, "image/gif"),
)
