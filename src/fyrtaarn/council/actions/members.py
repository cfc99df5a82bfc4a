"""The council itself, its seats and terms. Every write locks the council, so that what a rule has read stays true."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.people.models import User

from .. import notices, rules
from ..models import Council, CouncilMember, Seat

COUNCIL_FIELDS = ("name", "purpose", "answer_days")


@transaction.atomic
def found_council(user: User, municipality: Municipality, fields: Mapping[str, Any]) -> Council:
    """Begin the municipality's council. Raises Refused when it has one already."""
    require(rules.may_found(user, municipality))
    try:
        with transaction.atomic():
            council = Council.objects.create(
                municipality=municipality, **{name: fields[name] for name in COUNCIL_FIELDS}
            )
    except IntegrityError as fault:  # another secretary did it at this moment
        raise Refused(_("The municipality has a council already.")) from fault
    log_step(council, "found", "", "founded", by=user)
    return council


@transaction.atomic
def change_council(user: User, council: Council, fields: Mapping[str, Any]) -> Council:
    """Save cleaned form values."""
    current = locked_council(council)
    require(rules.may_run(user, current))
    for name in COUNCIL_FIELDS:
        setattr(current, name, fields[name])
    current.save(update_fields=COUNCIL_FIELDS)
    return current


@transaction.atomic
def add_seat(user: User, council: Council, background: str) -> Seat:
    """Add a seat with the next number."""
    current = locked_council(council)
    require(rules.may_run(user, current))
    latest = current.seats.order_by("number").last()
    return Seat.objects.create(council=current, number=latest.number + 1 if latest else 1, background=background)


@transaction.atomic
def abolish_seat(user: User, seat: Seat) -> Seat:
    """Let nobody take the seat any more. Raises Refused while somebody sits in it, or will."""
    current = locked_council(seat.council)
    require(rules.may_run(user, current))
    taken = CouncilMember.objects.filter(seat=seat).exclude(ends__lte=clock.today())
    if taken.exists():
        raise Refused(_("Somebody has a term in the seat. End it first."))
    Seat.objects.filter(pk=seat.pk, abolished=None).update(abolished=clock.today())
    seat.refresh_from_db()
    return seat


@transaction.atomic
def seat_member(
    user: User, seat: Seat, member: User, *, affiliation: str, starts: date, ends: date | None
) -> CouncilMember:
    """Give the person the seat in [starts, ends). Raises ValidationError when the seat, or the person, is taken then."""
    council = locked_council(seat.council)
    require(rules.may_run(user, council))
    if Seat.objects.filter(pk=seat.pk, abolished__isnull=False).exists():
        raise Refused(_("The seat is no longer there."))
    others = CouncilMember.objects.filter(seat__council=council).exclude(ends__lte=starts)
    if ends is not None:
        others = others.filter(starts__lt=ends)
    if others.filter(user=member).exists():
        raise ValidationError(_("This person already has a seat in the council then."))
    try:
        with transaction.atomic():
            term = CouncilMember.objects.create(
                seat=seat, user=member, affiliation=affiliation, starts=starts, ends=ends
            )
    except IntegrityError as fault:
        raise ValidationError(_("Somebody has the seat in a part of that time. End that term first.")) from fault
    log_step(term, "seat", "", "seated", by=user)
    notices.tell_seated(term)
    return term


@transaction.atomic
def end_term(user: User, member: CouncilMember, ends: date) -> CouncilMember:
    """End a term on a day, today or later, that is the first without it."""
    locked_council(member.seat.council)
    current = CouncilMember.objects.select_related("seat__council").get(pk=member.pk)
    require(rules.may_end_term(user, current))
    if ends < clock.today() or ends <= current.starts:
        raise ValidationError(_("A term cannot end before today or on the day on which it begins."))
    if current.ends is not None and ends > current.ends:
        raise ValidationError(_("The term already ends before that day."))
    current.ends = ends
    current.save(update_fields=["ends"])
    log_step(current, "end", "seated", "ended", by=user)
    return current


def locked_council(council: Council) -> Council:
    return (
        Council.objects.select_for_update(of=("self",), no_key=True).select_related("municipality").get(pk=council.pk)
    )
