"""Answers by mail: the receiving server, and mails as people's mail programs answer ours."""

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from django.db import connection

from fyrtaarn.config.database import EMBEDDED_LOGINS

from .logins import acting_as
from .processes import free_port


@pytest.fixture
def server() -> Iterator[tuple[str, int]]:
    """The receiving server, which works with the worker's login."""
    from fyrtaarn.replies.server import receiver

    running = receiver("127.0.0.1", free_port())
    with acting_as(EMBEDDED_LOGINS["worker"]):
        connection.close()
        running.start()
        yield "127.0.0.1", running.port
        running.stop()


def answer(ours: EmailMessage, text: str = "Tirsdag klokken ti.", **headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in ({"From": ours["To"], "To": ours["Reply-To"], "Message-ID": "<1@example.dk>"} | headers).items():
        message[name.replace("_", "-")] = value
    message.set_content(f"{text}\n\nDen 3. nov. 2026 skrev Fyrtårn:\n> " + "\n> ".join(ours.get_content().splitlines()))
    return message


def hand_over(server: tuple[str, int], message: EmailMessage, *, sender: str = "x@example.dk", to: str = "") -> None:
    with smtplib.SMTP(*server, timeout=20) as client:
        client.send_message(message, sender, [to or str(message["To"])])


def refusal(server: tuple[str, int], message: EmailMessage, **given: str) -> str:
    with pytest.raises((smtplib.SMTPDataError, smtplib.SMTPRecipientsRefused)) as refused:
        hand_over(server, message, **given)
    return str(refused.value)
