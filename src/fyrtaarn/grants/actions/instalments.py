"""Instalments: asked for, approved, paid; a payment that comes back; one that falls away."""

from collections.abc import Iterable
from datetime import date

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import keep_file
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import ReasonMissing
from fyrtaarn.people.models import User

from .. import money, notices, rules
from ..models import Instalment
from ..states import INSTALMENT_STATES
from .grants import complete_if_done, held_grant


@transaction.atomic
def ask(user: User, instalment: Instalment, met: str, files: Iterable[File] = ()) -> Instalment:  # type: ignore[type-arg]
    """Ask for an instalment and say how its condition is met, with what shows it."""
    held = held_instalment(instalment)
    if held.condition and not met.strip():
        raise ReasonMissing
    held.met = met.strip()
    held.save(update_fields=["met"])
    asked = INSTALMENT_STATES.perform("ask", held, by=user)
    for upload in files:
        keep_file(upload, subject=held, by=user)
    notices.tell_asked(held, user)
    return asked


@transaction.atomic
def send_back(user: User, instalment: Instalment, reason: str) -> Instalment:
    """Ask the recipient for more before it is approved."""
    held = INSTALMENT_STATES.perform("send_back", held_instalment(instalment), by=user, reason=reason)
    notices.tell_instalment("sent_back", held, user, reason)
    return held


@transaction.atomic
def approve(user: User, instalment: Instalment) -> Instalment:
    """Approve an instalment for payment. Raises NotEnough when the grant has less left."""
    held = held_instalment(instalment)
    require(rules.may_approve(user, held))
    held.approved_by = user
    held.save(update_fields=["approved_by"])
    approved = INSTALMENT_STATES.perform("approve", held, by=user)
    money.approve(held, user)
    notices.tell_instalment("approved", held, user)
    return approved


@transaction.atomic
def take_back(user: User, instalment: Instalment, reason: str) -> Instalment:
    """Take an approval back before it is handed over to the finance system."""
    held = held_instalment(instalment)
    back = INSTALMENT_STATES.perform("take_back", held, by=user, reason=reason)
    money.take_approval_back(held, user)
    notices.tell_instalment("sent_back", held, user, reason)
    return back


@transaction.atomic
def note_paid(user: User, instalment: Instalment, day: date, reference: str) -> Instalment:
    """Note that an approved instalment has been paid on a day, under the finance system's number."""
    held = held_instalment(instalment)
    require(rules.may_settle(user, held))
    if day > clock.today():
        raise Refused(_("The day has not come yet."))
    held.paid, held.reference = day, reference.strip()
    held.save(update_fields=["paid", "reference"])
    paid = INSTALMENT_STATES.perform("pay", held, by=user)
    money.pay(held, user)
    notices.tell_instalment("paid", held, user)
    complete_if_done(user, held.grant)
    return paid


@transaction.atomic
def note_failed(user: User, instalment: Instalment, reason: str) -> Instalment:
    """Note that a payment has come back; it is to be paid still, and can be handed over anew."""
    held = held_instalment(instalment)
    failed = INSTALMENT_STATES.perform("fail", held, by=user, reason=reason)
    money.payment_failed(held, reason.strip(), user)
    failed.paid, failed.file = None, None
    failed.save(update_fields=["paid", "file"])
    notices.tell_instalment("failed", held, user, reason)
    return failed


@transaction.atomic
def drop(user: User, instalment: Instalment, reason: str) -> Instalment:
    """Let an instalment fall away; its money stays with the grant until that is closed."""
    held = INSTALMENT_STATES.perform("drop", held_instalment(instalment), by=user, reason=reason)
    notices.tell_instalment("dropped", held, user, reason)
    return held


def held_instalment(instalment: Instalment) -> Instalment:
    """The instalment as it is now, held with its grant."""
    grant = held_grant(instalment.grant)
    held = hold(Instalment.objects.all(), instalment.pk)
    held.grant = grant
    return held
