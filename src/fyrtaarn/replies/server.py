"""A mail server (RFC 5321) for the mail that the municipality's own server hands on to us.

It takes a mail only once it stands in its thread, so that the queue of the server before it is the only one: what we
cannot take now is tried again from there, and what we refuse is told to its sender from there.
"""

from typing import Any

import structlog
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from asgiref.sync import sync_to_async
from django.db import DatabaseError, connection

from fyrtaarn.foundation.return_addresses import read_address

from .actions import NotTaken, take_in

MOST_BYTES = 40 * 1024 * 1024
"""Some uploads of the largest size, as mail carries them."""
TAKEN = "250 2.0.0 Tak"
NOT_NOW = "451 4.3.0 Try again later"
UNKNOWN = "550 5.1.1 No such address here"
REFUSED = "550 5.7.1 "
IN_PLAIN_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
LONGEST_ANSWER = 480  # RFC 5321, 4.5.3.1.5: 512 with code and line end

log = structlog.get_logger(__name__)


class Reception:
    """What the server asks at each step."""

    async def handle_RCPT(  # noqa: N802 - the server's own name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if read_address(address) is None:
            return UNKNOWN
        if envelope.rcpt_tos:  # each has its own answer
            return "452 4.5.3 One recipient at a time"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        return await sync_to_async(self.answer_to, thread_sensitive=False)(envelope)

    async def handle_exception(self, fault: Exception) -> str:
        log.error("a mail could not be taken", exc_info=fault)
        return NOT_NOW

    def answer_to(self, envelope: Envelope) -> str:
        """Take the mail in and say what became of it."""
        came = read_address(envelope.rcpt_tos[0])
        content: Any = envelope.content
        try:
            assert came is not None  # noqa: S101 - asked at RCPT
            take_in(came, (envelope.mail_from or "").strip("<>"), content)
        except NotTaken as refusal:
            return REFUSED + _as_answer(str(refusal))
        except DatabaseError as fault:
            log.warning("the database did not take a mail", fault=str(fault))
            return NOT_NOW
        finally:
            connection.close()  # mail is rare, and this thread may not come back
        return TAKEN


def _as_answer(words: str) -> str:
    """One line of ASCII, which every mail server passes on."""
    plain = " ".join(words.translate(IN_PLAIN_LETTERS).split())
    return plain.encode("ascii", errors="replace").decode()[:LONGEST_ANSWER]


def receiver(host: str, port: int) -> Controller:
    """The server, not started yet."""
    return Controller(
        Reception(),
        hostname=host,
        port=port,
        ident="Fyrtaarn",
        data_size_limit=MOST_BYTES,
        enable_SMTPUTF8=True,
    )
