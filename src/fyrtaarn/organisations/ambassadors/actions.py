"""Asking somebody to be an ambassador, her yes, her words, and the yearly question whether it still holds."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction

from fyrtaarn.areas.models import Department
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.foundation.versions import claim_version
from fyrtaarn.people.models import User

from ..models import Ambassador, AmbassadorState
from . import rules
from .notices import ask_to_confirm, tell_asked
from .queries import employed_ambassadors
from .rules import IS_ONE
from .states import AMBASSADOR_STATES

CONFIRM_AFTER = timedelta(days=365)


@transaction.atomic
def appoint(user: User, department: Department, person: User) -> Ambassador:
    """Ask an employee to be the department's ambassador; she is one when she says yes."""
    require(rules.may_appoint(user, department))
    require(rules.may_be_one(person, department))
    try:
        with transaction.atomic():
            asked = Ambassador.objects.create(user=person, department=department, appointed_by=user)
    except IntegrityError as taken:
        raise Refused(IS_ONE) from taken
    log_step(asked, "ask", "", AmbassadorState.ASKED, by=user)
    tell_asked(asked)
    return asked


@transaction.atomic
def accept(user: User, ambassador: Ambassador, fields: dict[str, Any], version: int) -> Ambassador:
    """Say yes, in one's own words. Raises Conflict when she has changed them elsewhere meanwhile."""
    current = _write(user, ambassador, fields, version)
    current.since = current.confirmed = clock.today()
    current.save(update_fields=["since", "confirmed"])
    return AMBASSADOR_STATES.perform("accept", current, by=user)


@transaction.atomic
def change_words(user: User, ambassador: Ambassador, fields: dict[str, Any], version: int) -> Ambassador:
    """Change what she can help with and who may see it."""
    return _write(user, ambassador, fields, version)


def _write(user: User, ambassador: Ambassador, fields: dict[str, Any], version: int) -> Ambassador:
    current = claim_version(ambassador, version)
    require(rules.may_change(user, current))
    for name in fields.keys() - {"themes"}:
        setattr(current, name, fields[name])
    current.save()
    current.themes.set(fields.get("themes", ()))
    return current


def take_step(user: User, ambassador: Ambassador, step: str) -> Ambassador:
    """Let one decline, pause, begin again or end, by the name of the step."""
    return AMBASSADOR_STATES.perform(step, ambassador, by=user)


@transaction.atomic
def confirm(user: User, ambassador: Ambassador) -> Ambassador:
    """Say that it still holds, for another year."""
    current = hold(Ambassador.objects.all(), ambassador.pk)
    require(rules.may_confirm(user, current))
    current.confirmed = clock.today()
    current.save(update_fields=["confirmed"])
    log_step(current, "confirm", current.state, current.state, by=user)
    return current


def ask_all_to_confirm() -> int:
    """Ask those who have not said for a year that it still holds; returns how many were told. Each is asked once."""
    old = employed_ambassadors().filter(state=AmbassadorState.ACTIVE, confirmed__lte=clock.today() - CONFIRM_AFTER)
    with transaction.atomic():
        return sum(ask_to_confirm(one) for one in old.select_related("appointed_by"))


def end_all(user: User) -> None:
    """No longer be an ambassador anywhere; part of ending an account."""
    for one in Ambassador.objects.filter(user=user).exclude(state=AmbassadorState.ENDED):
        log_step(one, "end", one.state, AmbassadorState.ENDED, by=None)
        one.state, one.ended = AmbassadorState.ENDED, clock.now()
        one.save(update_fields=["state", "ended"])
