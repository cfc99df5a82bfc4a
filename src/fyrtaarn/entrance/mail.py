"""Letters to guests, who have no account: each leads to the case by a signed address. What is answered: answers.py."""

from uuid import UUID

from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.mail import write_mail
from fyrtaarn.foundation.notices import Words, address

from .models import Case, CaseState

QUESTION = "case"
"""The word for a question as a thread that can be answered by mail."""
NOTES = "case-note"
"""The same, where the answer is for the colleagues alone."""
SIGNER = signing.Signer(salt="fyrtaarn.entrance.case")


def letter_of(case: Case) -> str:
    """What proves that one holds the guest's letter: the case's key, signed by this installation."""
    return SIGNER.sign(case.key.hex)


def key_in(letter: str) -> UUID | None:
    """The key of the case whose letter this is; None for anything else."""
    try:
        return UUID(SIGNER.unsign(letter))
    except (signing.BadSignature, ValueError):
        return None


def thread_of(case: Case, kind: str = QUESTION) -> str:
    """Where an answer to a mail about the case lands; nowhere when it has been closed."""
    return "" if case.state == CaseState.CLOSED else f"{kind}-{case.pk}"


def guest_path(case: Case) -> str:
    """The guest's page of the case."""
    return reverse("entrance:letter", args=[case.municipality.slug, letter_of(case)])


def ask_to_confirm(case: Case) -> None:
    """Send the letter that makes sure that the address is the guest's own."""
    with translation.override(case.language):
        text = _(
            "You have asked %(municipality)s:\n\n%(title)s\n\nOpen this page and confirm that it was you. Only then is"
            " your question sent:\n%(address)s\n\nWas it not you? Then do nothing, and it is removed within a week."
        )
        values = {"municipality": case.municipality.label, "title": case.title, "address": address(guest_path(case))}
        subject = _("Confirm your question to %(municipality)s") % values
        write_mail(key=f"entrance-confirm-{case.pk}", recipient=case.email, subject=subject, text=text % values)


def write_to_guest(case: Case, key: str, words: Words) -> None:
    """Tell a guest what everybody else is told by a notice; `key` says what happened, so that it is told once."""
    text = "\n\n".join(part for part in (words.text, address(guest_path(case))) if part)
    write_mail(
        key=f"entrance-{case.pk}-{key}-{clock.now().timestamp():.6f}",
        recipient=case.email,
        subject=words.title,
        text=text,
        thread=thread_of(case),
    )
