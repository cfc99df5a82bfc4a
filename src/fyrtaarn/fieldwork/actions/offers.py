"""Offers and their periods."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.foundation.versions import claim_version
from fyrtaarn.people.models import User

from .. import rules
from ..models import FieldworkOffer, FieldworkPeriod, FieldworkPlace
from ..states import OFFER_STATES
from .periods import held_period

OFFER_FIELDS = ("kind", "institution", "address", "title", "text", "rules", "declaration")
MOST_PLACES = 50


@transaction.atomic
def draft_offer(user: User, department: Department, fields: Mapping[str, Any]) -> FieldworkOffer:
    """Begin an offer that only the department sees yet."""
    offer = FieldworkOffer(department=department, created_by=user, **{name: fields[name] for name in OFFER_FIELDS})
    require(rules.may_run(user, offer))
    offer.save()
    log_step(offer, "draft", "", offer.state, by=user)
    return offer


@transaction.atomic
def change_offer(user: User, offer: FieldworkOffer, fields: Mapping[str, Any], version: int) -> FieldworkOffer:
    """Save cleaned form values; what has been signed stays as it was signed. Raises Conflict when overtaken."""
    current = claim_version(offer, version)
    require(rules.may_run(user, current))
    for name in OFFER_FIELDS:
        setattr(current, name, fields[name])
    current.save(update_fields=[*OFFER_FIELDS, "version"])
    return current


def open_offer(user: User, offer: FieldworkOffer) -> FieldworkOffer:
    """Show the offer to everybody. Raises Refused without a period to come."""
    return OFFER_STATES.perform("open", offer, by=user)


def close_offer(user: User, offer: FieldworkOffer) -> FieldworkOffer:
    """Let nobody apply any more; what has been agreed stays."""
    return OFFER_STATES.perform("close", offer, by=user)


@transaction.atomic
def add_period(
    user: User, offer: FieldworkOffer, *, starts: date, ends: date, places: int, hours: str = ""
) -> FieldworkPeriod:
    """Add days [starts, ends) with so many places."""
    require(rules.may_run(user, offer))
    if starts <= clock.today():
        raise ValidationError(_("Choose a day that lies ahead."))
    if not 1 <= places <= MOST_PLACES:
        raise ValidationError(_("Choose from 1 to 50 places."))
    period = FieldworkPeriod.objects.create(offer=offer, starts=starts, ends=ends, hours=hours)
    FieldworkPlace.objects.bulk_create(FieldworkPlace(period=period, number=number) for number in range(1, places + 1))
    return period


@transaction.atomic
def remove_period(user: User, period: FieldworkPeriod) -> None:
    """Take a period away for which nobody has ever applied."""
    current = held_period(period.pk)
    require(rules.may_run(user, current.offer))
    if current.stays.exists():
        raise Refused(_("Somebody has applied for the period, so it stays."))
    current.delete()
