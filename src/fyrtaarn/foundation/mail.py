"""Outgoing mail: written in the transaction that causes it, sent by the worker, never twice.

A mail server gives no way to ask whether it has taken a mail. A worker that dies, or loses the connection, between
handing a mail over and noting that it did so cannot know what became of it. Of the two ways out we choose "at most
once": the claim is committed before the mail is handed over, and a claimed mail is never sent again by itself. Mail
with an unknown or bad outcome stays in `undelivered()`, which `fyrtaarn check` shows to the administrators; a person
decides. Only where the server has certainly not taken the mail (no connection, or a temporary refusal in its own
words) does it wait for another attempt. A server that does not answer, or breaks off, is left alone for a while by all
workers, so that it neither holds up other work nor leaves one mail after the other with an unknown outcome.
"""

import hashlib
from collections.abc import Callable, Iterable
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from . import clock, return_addresses
from .models import Notice, OutgoingMail
from .return_addresses import Purpose, address_of

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 20  # about four days of pauses
AWAY = timedelta(minutes=1)  # how long a server that cannot be reached is left alone
BROKEN_OFF = timedelta(minutes=5)  # how long one is that broke off, or fell silent, while a mail was handed over
RESTING = "mail.server-rests"
HAND_OVER = timedelta(minutes=5)  # longer than any hand-over takes
BETWEEN_MAILS = b"-" * 79 + b"\n"  # as Django's file backend writes
ABOVE_THIS = "##"
"""Around the line above which an answer is written; what stands below it in the answer is our own mail again."""
SEND_JOB = "foundation.send_mail"

log = structlog.get_logger(__name__)


class NoticeMail(NamedTuple):
    """A notice as it is mailed at once."""

    notice: int
    recipient: str
    subject: str
    text: str
    thread: str


def write_mail(*, key: str, recipient: str, subject: str, text: str, thread: str = "") -> int | None:
    """Write one mail, to be sent when the caller's transaction is committed; returns its primary key.

    `key` says what the mail is about ("invitation-17"): a second mail of the same key is not written, and None is
    returned. What the recipient answers by mail lands in the `thread` ("dialogue-17"), if there is one and answers are
    taken in. Raises RuntimeError outside a transaction.
    """
    values = [key, recipient, _one_line(subject), answerable(text, thread), clock.now(), thread]
    written = _errand("SELECT errand.write_mail(%s, %s, %s, %s, %s, %s)", values)
    if written is not None:
        wake_worker()
    return written


def mail_notices(mails: list[NoticeMail]) -> None:
    """Write one mail a notice, in the caller's transaction."""
    if mails:
        notices, recipients, subjects, texts, threads = (list(column) for column in zip(*mails, strict=True))
        values = [notices, recipients, [_one_line(subject) for subject in subjects], texts, clock.now(), threads]
        _errand("SELECT errand.mail_notices(%s, %s, %s, %s, %s, %s)", values)
        wake_worker()


def answerable(text: str, thread: str) -> str:
    """The text of a mail; where it can be answered by mail, under the line above which one writes."""
    if not (thread and return_addresses.taken()):
        return text
    return f"{ABOVE_THIS} {_('Write your answer above this line')} {ABOVE_THIS}\n\n{text}"


def _errand(statement: str, values: list[Any]) -> int | None:
    """Mail is written by an errand of the database: who writes it may not read what others are written."""
    _demand_transaction()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: int | None = cursor.fetchone()[0]
    return found


def wake_worker() -> None:
    """Have the waiting mail sent as soon as the caller's transaction is committed."""
    app.configure_task(SEND_JOB).defer()


def send_waiting_mail() -> int:
    """Send all mail that is due, one after the other; returns how many were sent. Called by the worker alone."""
    sent = 0
    while not server_rests() and (mail := _claim_next()):
        sent += _hand_over(mail)
    return sent


def server_rests() -> bool:
    """Whether the mail server is left alone for a while, because it did not answer."""
    return bool(cache.get(RESTING))


def undelivered() -> QuerySet[OutgoingMail]:
    """Mail that nobody has got: refused for good, come back, or handed over with an unknown outcome.

    What a wrong clock has claimed far in the future belongs there too.
    """
    being_handed_over = (clock.now() - HAND_OVER, clock.now() + HAND_OVER)
    left = Q(sent=None, claimed__isnull=False) & ~Q(claimed__range=being_handed_over)
    return OutgoingMail.objects.filter(left | Q(bounced__isnull=False))


def count_mail() -> tuple[int, int]:
    """How much mail waits, and how much is undelivered; for those who may not read it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT waiting, undelivered FROM errand.count_mail(%s)", [clock.now() - HAND_OVER])
        waiting, lost = cursor.fetchone()
    return waiting, lost


@transaction.atomic
def hold_back(reason: str) -> int:
    """Send nothing of what waits, because it may have been sent already; returns how many mails were held back.

    They stand in `undelivered()` with the reason; what was only told in the product stays told there.
    """
    Notice.objects.filter(mail_due=True).update(mail_due=False)
    return OutgoingMail.objects.filter(sent=None, claimed=None).update(claimed=clock.now(), last_error=reason)


def forget_recipient(addresses: Iterable[str], mentions: Callable[[str], bool]) -> None:
    """Send nothing more to somebody who is being erased, and empty the letters that were written to her.

    Where no mail server is set, mails lie in files; those that are addressed to her, or of which `mentions` says that
    they name her, go from there when the caller's transaction is committed.
    """
    gone = {address.lower() for address in addresses}
    for address in gone:
        OutgoingMail.objects.filter(recipient__iexact=address, claimed=None, sent=None).delete()
    transaction.on_commit(lambda: _forget_kept_in_files(gone, mentions))


def _forget_kept_in_files(addresses: set[str], mentions: Callable[[str], bool]) -> None:
    for path in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        mails = path.read_bytes().split(BETWEEN_MAILS)
        kept = [mail for mail in mails if not _is_about(message_from_bytes(mail, policy=default), addresses, mentions)]
        if len(kept) < len(mails):
            path.write_bytes(BETWEEN_MAILS.join(kept))


def _is_about(mail: Any, addresses: set[str], mentions: Callable[[str], bool]) -> bool:
    body = mail.get_body()
    words = f"{mail['subject']}\n{body.get_content() if body else ''}"
    return str(mail["to"]).lower() in addresses or mentions(words)


def _demand_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("mail is written in the transaction that causes it")


def _one_line(subject: str) -> str:
    return " ".join(subject.split())[:300]


def _claim_next() -> OutgoingMail | None:
    """Take one due mail for this worker alone; the claim is committed before anything is sent."""
    with transaction.atomic():
        now = clock.now()
        due = Q(due__lte=now) | Q(due__gt=now + LONGEST_PAUSE)  # only a wrong clock can have put it off for longer
        waiting = OutgoingMail.objects.filter(due, sent=None, claimed=None)
        mail = waiting.select_for_update(skip_locked=True, no_key=True).order_by("due", "pk").first()
        if mail is not None:
            mail.claimed = clock.now()
            mail.attempts += 1
            mail.save(update_fields=["claimed", "attempts"])
        return mail


def _hand_over(mail: OutgoingMail) -> bool:
    """Give the mail to the server and note what came of it; True when the server took it."""
    server = get_connection()
    try:
        server.open()
    except (OSError, SMTPException) as fault:
        _let_rest(AWAY)
        _try_later(mail, fault)
        return False
    try:
        server.send_messages([_message(mail)])
    except (OSError, SMTPException) as fault:
        if not isinstance(fault, SMTPResponseException | SMTPRecipientsRefused):
            _let_rest(BROKEN_OFF)
        if _certainly_not_taken(fault):
            _try_later(mail, fault)
        else:
            _give_up(mail, fault)
        return False
    else:
        mail.sent = clock.now()
        mail.last_error = ""
        mail.save(update_fields=["sent", "last_error"])
        return True
    finally:
        server.close()


def _let_rest(time: timedelta) -> None:
    cache.set(RESTING, True, time.total_seconds())


def _message(mail: OutgoingMail) -> EmailMessage:
    """The mail as it goes out; where answers are taken in, what cannot be delivered comes back to us as well."""
    identity = hashlib.sha256(mail.key.encode()).hexdigest()[:32]
    headers = {
        "Message-ID": f"<{identity}@{urlsplit(settings.PUBLIC_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    comes_back_to = None
    if return_addresses.taken():
        comes_back_to = address_of(Purpose.RETURN, mail.pk)
        headers["From"] = settings.DEFAULT_FROM_EMAIL
        if mail.thread:
            headers["Reply-To"] = address_of(Purpose.ANSWER, mail.pk)
    return EmailMessage(mail.subject, mail.text, comes_back_to, [mail.recipient], headers=headers)


def _certainly_not_taken(fault: Exception) -> bool:
    """Whether the server answered with a temporary refusal (RFC 5321, 4.2.1: replies 400 to 499)."""
    if isinstance(fault, SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _text in fault.recipients.values())
    return isinstance(fault, SMTPResponseException) and 400 <= fault.smtp_code < 500


def _try_later(mail: OutgoingMail, fault: Exception) -> None:
    if mail.attempts >= MOST_ATTEMPTS:
        _give_up(mail, fault)
        return
    mail.claimed = None
    mail.due = clock.now() + min(FIRST_PAUSE * 2 ** (mail.attempts - 1), LONGEST_PAUSE)
    mail.last_error = str(fault)
    mail.save(update_fields=["claimed", "due", "last_error"])
    log.warning("mail waits for another attempt", mail=mail.pk, attempts=mail.attempts, fault=str(fault))


def _give_up(mail: OutgoingMail, fault: Exception) -> None:
    mail.last_error = str(fault)
    mail.save(update_fields=["last_error"])
    log.error("mail was not delivered", mail=mail.pk, fault=str(fault))
