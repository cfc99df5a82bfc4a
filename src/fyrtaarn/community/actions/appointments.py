"""Who looks after which district, and what she says of herself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import District
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.people.models import User

from .. import notices, rules
from ..models import Appointment


@transaction.atomic
def appoint(by: User, user: User, district: District, starts: date, *, deputy: bool = False) -> Appointment:
    """Make somebody a district's community manager, or her deputy, from a day on, and tell her. Raises Refused."""
    hold(District.objects.all(), district.pk)  # two at once would wait for each other's row and be broken off
    require(rules.may_appoint(by, district.municipality))
    require(rules.may_be_appointed(user, district.municipality))
    try:
        with transaction.atomic():
            appointment = Appointment.objects.create(district=district, user=user, starts=starts, deputy=deputy)
    except IntegrityError as taken:
        raise Refused(_("The district has one already at that time. End that appointment first.")) from taken
    log_step(appointment, "appoint", "", "", by=by)
    notices.tell_appointed(appointment)
    return appointment


@transaction.atomic
def end_appointment(by: User, appointment: Appointment, on: date) -> Appointment:
    """Let an appointment end on a day, which it no longer holds. Raises Refused."""
    current = _locked(appointment)
    require(rules.may_appoint(by, current.district.municipality))
    if current.over:
        raise Refused(_("The appointment has ended already."))
    current.ends = max(on, current.starts)
    current.save(update_fields=["ends"])
    log_step(current, "end", "", "", by=by)
    return current


@transaction.atomic
def tell_of_oneself(user: User, appointment: Appointment, told: Mapping[str, Any]) -> Appointment:
    """Set house, greeting and absence, as the person herself writes them. Raises Refused."""
    current = _locked(appointment)
    require(rules.may_tell_of(user, current))
    for name in ("house", "greeting", "away_from", "away_until"):
        setattr(current, name, told[name])
    current.save(update_fields=["house", "greeting", "away_from", "away_until"])
    return current


def _locked(appointment: Appointment) -> Appointment:
    whole = Appointment.objects.select_related("district__municipality")
    return hold(whole, appointment.pk)
