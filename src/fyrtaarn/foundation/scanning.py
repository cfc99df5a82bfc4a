"""Uploads are looked through by a virus scanner where one is set: ClamAV's clamd, or what speaks as it does.

Protocol: https://docs.clamav.net/manual/Usage/Scanning.html, `zINSTREAM` and `zPING`.
"""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings

CHUNK = 64 * 1024
PATIENCE = 20.0
"""Seconds that the scanner has for each answer."""


class ScannerFault(Exception):
    """The scanner does not answer, or could not look through the file; the message is for the log."""


def infection_in(content: bytes) -> str:
    """The name of what the scanner has found in the content, or nothing. Raises ScannerFault."""
    with _connection() as scanner:
        scanner.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            chunk = content[start : start + CHUNK]
            scanner.sendall(struct.pack("!L", len(chunk)) + chunk)
        scanner.sendall(struct.pack("!L", 0))
        answer = _answer(scanner)
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerFault(answer or "no answer")


def ping() -> None:
    """Raises ScannerFault when the scanner does not answer."""
    with _connection() as scanner:
        scanner.sendall(b"zPING\0")
        answer = _answer(scanner)
    if answer != "PONG":
        raise ScannerFault(answer or "no answer")


@contextmanager
def _connection() -> Iterator[socket.socket]:
    address = urlsplit(settings.SCANNER)
    by_network = address.scheme == "tcp"
    try:
        with socket.socket(socket.AF_INET if by_network else socket.AF_UNIX) as scanner:
            scanner.settimeout(PATIENCE)
            scanner.connect((address.hostname, address.port) if by_network else address.path)
            yield scanner
    except OSError as fault:
        raise ScannerFault(str(fault)) from fault


def _answer(scanner: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\0") and (part := scanner.recv(CHUNK)):
        received += part
    return received.rstrip(b"\0").decode("utf-8", errors="replace").strip()
