"""Pictures without what a camera notes beside them: where and when they were taken, with what, and by whom.

Nothing is encoded anew, so the picture itself stays as it is, byte for byte. How it is turned, and its colour profile,
are kept, as it would look otherwise without them.
"""

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator

from PIL import ExifTags, Image

UPRIGHT = 1
JPEG_MARKER = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]", re.DOTALL)  # but not what stands for data within a scan
JPEG_END, JPEG_SCAN, JPEG_WITHOUT_LENGTH = 0xD9, 0xDA, {0x01, 0xD8}
JPEG_NOTES = {*range(0xE0, 0xF0), 0xFE}
JPEG_NEEDED_NOTES = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
PNG_NOTES = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
PNG_START = b"\x89PNG\r\n\x1a\n"
WEBP_NOTES = {b"EXIF", b"XMP "}
WEBP_EXIF_FLAG, WEBP_XMP_FLAG = 0x08, 0x04


def without_notes(content: bytes, media_type: str) -> bytes:
    """The file without the camera's notes; one of a kind that can hold none comes back as it is.

    Expects a file that has been found to be a picture of this kind, or no picture at all.
    """
    if media_type not in CLEANERS:
        return content
    with Image.open(io.BytesIO(content)) as picture:
        turned = picture.getexif().get(ExifTags.Base.Orientation, UPRIGHT)
    exif = Image.Exif()
    if turned != UPRIGHT:
        exif[ExifTags.Base.Orientation] = turned
    return CLEANERS[media_type](content, exif.tobytes() if exif else b"")


def _jpeg(content: bytes, exif: bytes) -> bytes:
    note = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif if exif else b""
    return b"\xff\xd8" + note + b"".join(_jpeg_parts(content)) + b"\xff\xd9"


def _jpeg_parts(content: bytes) -> Iterator[bytes]:
    """The segments between the file's start and its end, a scan with its data; other pictures may follow the end."""
    at = 0
    while found := JPEG_MARKER.search(content, at):
        at = found.end()
        kind = content[at - 1]
        if kind == JPEG_END:
            return
        if kind in JPEG_WITHOUT_LENGTH:
            continue
        start, at = at, at + int.from_bytes(content[at : at + 2], "big")
        if kind == JPEG_SCAN:
            after = JPEG_MARKER.search(content, at)
            at = after.start() if after else len(content)
        if kind not in JPEG_NOTES or any(
            kind == needed and content.startswith(name, start + 2) for needed, name in JPEG_NEEDED_NOTES
        ):
            yield bytes((0xFF, kind)) + content[start:at]


def _png(content: bytes, exif: bytes) -> bytes:
    kept = [PNG_START]
    at = len(PNG_START)
    while at + 8 <= len(content):
        kind, end = content[at + 4 : at + 8], at + 12 + int.from_bytes(content[at : at + 4], "big")
        if kind not in PNG_NOTES:
            kept.append(content[at:end])
        if kind == b"IHDR" and exif:
            kept.append(_png_chunk(b"eXIf", exif.removeprefix(b"Exif\0\0")))
        if kind == b"IEND":
            break
        at = end
    return b"".join(kept)


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _webp(content: bytes, exif: bytes) -> bytes:
    kept = [_webp_chunk(kind, data) for kind, data in _webp_chunks(content, bool(exif)) if kind not in WEBP_NOTES]
    if exif:
        kept.append(_webp_chunk(b"EXIF", exif))
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _webp_chunks(content: bytes, turned: bool) -> Iterator[tuple[bytes, bytes]]:
    """The parts of the file; the one that says which others there are says so of what is left."""
    at = 12
    while at + 8 <= min(len(content), 8 + int.from_bytes(content[4:8], "little")):
        kind, length = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        data = content[at + 8 : at + 8 + length]
        if kind == b"VP8X":
            flags = data[0] & ~(WEBP_EXIF_FLAG | WEBP_XMP_FLAG) | (WEBP_EXIF_FLAG if turned else 0)
            data = bytes((flags,)) + data[1:]
        yield kind, data
        at += 8 + length + length % 2


def _webp_chunk(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


CLEANERS: dict[str, Callable[[bytes, bytes], bytes]] = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}
