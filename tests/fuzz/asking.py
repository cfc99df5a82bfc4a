"""Ask, and judge the answer: no fault of ours, in bounded time, and a refusal leaves everything as it was."""

import logging
import time
import traceback
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from django.conf import settings
from django.contrib.messages import constants, get_messages
from django.db import transaction
from django.test import Client

from .pages import CSRF, Page, read_page
from .state import Keeper
from .values import File, as_bytes

LONGEST_SECONDS = 10  # of computing; nothing that grows without bound stays below it
BOUNDARY = b"----the-end-of-a-part"
TOKEN = "t" * 32  # the check that a form is ours takes place as in real use
Pair = tuple[str, str | bytes | File]


@dataclass
class Asker:
    """Asks in the name of one role; whatever an answer has changed is rolled back."""

    role: str
    client: Client
    keeper: Keeper
    faults: list[str] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.client.handler.enforce_csrf_checks = True
        self.client.cookies[settings.CSRF_COOKIE_NAME] = TOKEN

    def get(self, path: str, **headers: str) -> Any:
        return self._ask("GET", path, b"", "", headers)

    def post(self, path: str, body: bytes, content_type: str, *, sent: Any = "") -> Any:
        """Send a body; `sent` says in a report what it was."""
        return self._ask("POST", path, body, content_type, {"X-CSRFToken": TOKEN}, sent)

    def _ask(self, method: str, path: str, body: bytes, content_type: str, headers: Any, sent: Any = "") -> Any:
        cookies = dict(self.client.cookies)
        listener = Listener()
        logging.getLogger().addHandler(listener)
        where = f"{self.role}: {method} {path[:200]} {shortly(sent)}"
        begun = time.process_time()
        response: Any = None
        try:
            with transaction.atomic():
                response = self.client.generic(method, path, body, content_type, headers=headers)
                if hasattr(response, "streaming_content"):
                    b"".join(response.streaming_content)
                self._judge(method, response, where)
                transaction.set_rollback(True)
        except Exception as fault:  # noqa: BLE001 - every fault is told in the end
            self.faults.append(f"{where}: {type(fault).__name__} {str(fault)[:200]!r} in {ours(fault)}")
        logging.getLogger().removeHandler(listener)
        if time.process_time() - begun > LONGEST_SECONDS:
            self.faults.append(f"{where}: computed for {time.process_time() - begun:.0f} seconds")
        if response is not None:
            self.faults += [f"{where}: logged {line}" for line in listener.tracebacks]
        self.keeper.tidy()
        self.client.cookies.clear()
        self.client.cookies.update(cookies)
        self.asked[method] += 1
        return response

    def _judge(self, method: str, response: Any, where: str) -> None:
        status = response.status_code
        if status >= 500:
            self.faults.append(f"{where}: {status}")
        if method != "GET" and refused(response):  # to GET the database itself refuses to write
            changed = self.keeper.changed()
            if changed:
                self.faults.append(f"{where}: answered {status}, yet changed {sorted(changed)}")


class Listener(logging.Handler):
    """Hears all tracebacks that are logged, but those of requests that are refused as broken."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.tracebacks: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith("django.security"):
            self.tracebacks.append(f"{record.name}: {record.getMessage()}")


def ours(fault: Exception) -> str:
    """The line of our own that led to a fault."""
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if "/src/fyrtaarn/" in frame.filename]
    inner = [frame for frame in frames if "slow_queries" not in frame.filename]
    return f"{inner[-1].filename.partition('/src/')[2]}:{inner[-1].lineno}" if inner else "a library"


def refused(response: Any) -> bool:
    """Whether the answer says that nothing was done: an error, a form with what is wrong, or a page led to with one."""
    if response.status_code >= 400:
        return True
    if response.status_code == 200:
        return page_of(response).says_what_is_wrong
    said = get_messages(response.wsgi_request)._queued_messages
    return any(message.level >= constants.WARNING for message in said)


def page_of(response: Any) -> Page:
    """The answer as a page; an empty one where it is something else."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
    return read_page(response.content.decode() if is_page else "", response.wsgi_request.path)


def encoded(pairs: Iterable[Pair], *, multipart: bool) -> tuple[bytes, str]:
    """A body as a browser would never send it, with the token of a form of ours, and its media type."""
    pairs = [*pairs, (CSRF, TOKEN)]
    if not multipart:
        parts = [f"{_plus(name)}={_plus('' if isinstance(value, File) else value)}" for name, value in pairs]
        return "&".join(parts).encode(), "application/x-www-form-urlencoded"
    lines: list[bytes] = []
    for name, value in pairs:
        named = b'Content-Disposition: form-data; name="%b"' % as_bytes(name).replace(b'"', b"%22")
        if isinstance(value, File):
            head = named + b'; filename="%b"\r\nContent-Type: %b' % (value.name, value.media_type.encode())
            lines += [b"--" + BOUNDARY, head, b"", value.content]
        else:
            lines += [b"--" + BOUNDARY, named, b"", value if isinstance(value, bytes) else as_bytes(value)]
    body = b"\r\n".join([*lines, b"--" + BOUNDARY + b"--", b""])
    return body, f"multipart/form-data; boundary={BOUNDARY.decode()}"


def _plus(value: str | bytes) -> str:
    return quote_plus(value if isinstance(value, bytes) else as_bytes(value))


def shortly(sent: Any) -> str:
    """What was sent, cut where it is long."""
    if isinstance(sent, list):
        return "{" + ", ".join(f"{name}: {shortly(value)}" for name, value in sent) + "}"
    written = ascii(sent) if isinstance(sent, str) else repr(sent)
    return written if len(written) <= 90 else f"{written[:60]}… ({len(written)})"
