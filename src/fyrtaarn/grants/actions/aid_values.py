"""What state aid is counted by: ceilings with their days, and euro rates. Both hold for all municipalities."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.areas.rules import may_administer
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.people.models import User

from ..models import AidCeiling, EuroRate


@transaction.atomic
def note_rate(user: User, here: Municipality, day: date, kroner: Decimal, source: str) -> EuroRate:
    """Note the rate of a day that has none. Raises ValidationError."""
    require(may_administer(user, here))
    if day > clock.today():
        raise ValidationError({"day": _("The day has not come yet.")})
    try:
        with transaction.atomic():
            return EuroRate.objects.create(day=day, kroner=kroner, source=source.strip())
    except IntegrityError as fault:
        raise ValidationError({"day": _("There is a rate of that day already.")}) from fault


@transaction.atomic
def correct_rate(user: User, here: Municipality, rate: EuroRate, kroner: Decimal, source: str) -> EuroRate:
    """Correct a rate that has been noted wrongly, as long as no decision has counted by it."""
    require(may_administer(user, here))
    held = hold(EuroRate.objects.all(), rate.pk)
    if is_counted_by(held):
        raise Refused(_("A decision has counted by this rate, so it stands. Note the rate of a later day."))
    held.kroner, held.source = kroner, source.strip()
    held.save(update_fields=["kroner", "source"])
    return held


@transaction.atomic
def note_ceiling(user: User, here: Municipality, regime: str, cents: int, valid_from: date, source: str) -> AidCeiling:
    """Note a ceiling that holds from a day to come; the one before holds until then. Raises ValidationError."""
    require(may_administer(user, here))
    if valid_from <= clock.today():
        raise ValidationError({"valid_from": _("Choose a day to come: what has been decided stands.")})
    ceilings = AidCeiling.objects.filter(regime=regime)
    first = ceilings.order_by("pk").first()
    if first is not None:
        hold(AidCeiling.objects.all(), first.pk)  # who notes another at once waits, and sees this one
    if ceilings.filter(valid_from__gte=valid_from).exists():
        raise ValidationError({"valid_from": _("Another ceiling begins on that day or later.")})
    ceilings.exclude(valid_to__lte=valid_from).update(valid_to=valid_from)
    return AidCeiling.objects.create(regime=regime, cents=cents, valid_from=valid_from, source=source.strip())


def is_counted_by(rate: EuroRate) -> bool:
    """Whether any municipality's decision has counted by the rate."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT errand.rate_is_counted_by(%s)", [rate.pk])
        return bool(cursor.fetchone()[0])
