"""Take in what comes by mail."""

import hashlib
from datetime import timedelta

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import OutgoingMail
from fyrtaarn.foundation.return_addresses import Came, Purpose
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.people.models import User

from . import threads
from .models import TakenAnswer
from .reading import Letter, read_failure, read_letter

MOST_AN_HOUR = 20
"""Answers of one person in one thread: two programs that answer each other come no further."""

log = structlog.get_logger(__name__)


class NotTaken(Exception):
    """The mail was refused; the message, in plain words, is for whoever sent it."""


def take_in(came: Came, sender: str, raw: bytes) -> None:
    """Take in a mail that has come to one of our addresses; `sender` is empty for what a mail server itself sends.

    Raises NotTaken, so that the server from which it comes tells its sender.
    """
    mail = OutgoingMail.objects.filter(pk=came.mail).first()
    if mail is None or not mail.recipient:
        raise NotTaken(_("The mail that you answer is too old. Write on the page instead."))
    if came.purpose is Purpose.RETURN:
        _note_return(mail, raw)
        return
    letter = read_letter(raw)
    if not sender or letter.automatic:
        log.info("an automatic answer was put aside", mail=mail.pk)
        return
    with translation.override(_language_of(mail.recipient)):
        _take_answer(mail, letter)


def _language_of(address: str) -> str:
    """That of whoever has an account with the address, otherwise ours."""
    spoken = User.objects.filter(email__iexact=address).values_list("language", flat=True).first()
    return spoken or settings.LANGUAGE_CODE


@transaction.atomic
def _note_return(mail: OutgoingMail, raw: bytes) -> None:
    failure = read_failure(raw)
    if failure is None or mail.bounced:
        return
    mail.bounced, mail.last_error = clock.now(), failure.reason
    mail.save(update_fields=["bounced", "last_error"])
    threads.came_back(mail.thread, mail.recipient)
    log.warning("a mail came back", mail=mail.pk)


def _take_answer(mail: OutgoingMail, letter: Letter) -> None:
    if letter.sender != mail.recipient.lower():
        raise NotTaken(_("Answer from the address to which we wrote, or write on the page."))
    if not letter.text:
        raise NotTaken(_("There is no new text above the line. Write your answer at the top."))
    uploads = [ContentFile(one.content, name=one.name) for one in letter.attachments]
    with transaction.atomic():
        if _is_known(mail, letter):
            return
        try:
            threads.take(mail.thread, threads.Answer(mail.recipient, letter.text, uploads))
        except Refused as refusal:
            raise NotTaken(str(refusal.reason)) from refusal
        except ValidationError as fault:
            raise NotTaken(" ".join(fault.messages)) from fault


def _is_known(mail: OutgoingMail, letter: Letter) -> bool:
    """Note that the answer is being taken in; True if it has been already. Raises NotTaken if there are too many."""
    same_thread = OutgoingMail.objects.filter(thread=mail.thread, recipient=mail.recipient).select_for_update(
        no_key=True
    )
    mails = list(same_thread.order_by("pk").values_list("pk", flat=True))  # so that two wait for each other
    digest = hashlib.sha256(letter.identity.encode(errors="replace")).hexdigest()
    _answer, new = TakenAnswer.objects.get_or_create(mail=mail, digest=digest)
    within_the_hour = TakenAnswer.objects.filter(mail__in=mails, taken__gt=clock.now() - timedelta(hours=1))
    if new and within_the_hour.count() > MOST_AN_HOUR:
        raise NotTaken(_("Too many answers have come within the hour. Write on the page instead."))
    return not new
