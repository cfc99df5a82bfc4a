"""Applications and stays: each step is one write with the place that it takes or gives back."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState, log_step
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .. import jobs, notices, rules
from ..models import (
    LIVE_STATES,
    FieldworkPeriod,
    FieldworkPlace,
    SignedDeclaration,
    Stay,
    StaySide,
    StayState,
)
from .periods import held_period, held_stay


@transaction.atomic
def apply(user: User, period: FieldworkPeriod, organisation: Organisation, purpose: str) -> Stay:
    """Apply to come for an organisation; once for a period while the application lives."""
    current = held_period(period.pk)
    require(rules.may_apply(user, current, organisation))
    try:
        with transaction.atomic():
            stay = Stay.objects.create(period=current, organisation=organisation, guest=user, purpose=purpose)
    except IntegrityError as fault:
        raise Refused(_("Your organisation has already applied for these days.")) from fault
    log_step(stay, "apply", "", stay.state, by=user)
    notices.tell_applied(stay)
    return stay


@transaction.atomic
def accept(user: User, stay: Stay, reason: str) -> Stay:
    """Say yes: the stay gets a free place, or the last one on the waiting list where there is none."""
    current = _to_decide(user, stay, reason)
    place = None if _waiting(current.period).exists() else free_place(current.period)
    _move(current, "accept", StayState.AGREED if place else StayState.WAITING, by=user, reason=reason, place=place)
    notices.tell_decided(current, user)
    return current


@transaction.atomic
def decline(user: User, stay: Stay, reason: str) -> Stay:
    """Say no, and why."""
    current = _to_decide(user, stay, reason)
    _move(current, "decline", StayState.DECLINED, by=user, reason=reason)
    notices.tell_decided(current, user)
    return current


@transaction.atomic
def cancel(user: User, stay: Stay, reason: str) -> Stay:
    """Call a stay off, from either side and with a reason; the worker gives the place to the first who waits.

    (It must be the worker, because a guest does not see who else waits.)
    """
    if not reason.strip():
        raise ReasonMissing
    current = held_stay(stay)
    require(rules.may_cancel(user, current))
    if current.state not in LIVE_STATES:
        raise WrongState
    current.cancelled_by_host = rules.side_of(user, current) == StaySide.HOST
    _move(current, "cancel", StayState.CANCELLED, by=user, reason=reason)
    notices.tell_cancelled(current, user)
    jobs.move_up.defer(period_id=current.period_id)
    return current


@transaction.atomic
def move_up(period_id: int) -> list[Stay]:
    """Give free places to those who wait, the first first, while the period has not begun. For the worker."""
    period = held_period(period_id)
    moved: list[Stay] = []
    if period.starts <= clock.today():
        return moved
    for stay in _waiting(period).select_related("organisation"):
        place = free_place(period)
        if place is None:
            break
        stay.period = period
        _move(stay, "move_up", StayState.AGREED, place=place)
        notices.tell_moved_up(stay)
        moved.append(stay)
    return moved


@transaction.atomic
def lapse(stay: Stay) -> Stay | None:
    """Let an application lapse that has got no place when its period begins, and tell the guest. For the worker."""
    current = held_stay(stay)
    if current.state not in (StayState.APPLIED, StayState.WAITING) or current.period.starts > clock.today():
        return None
    _move(current, "lapse", StayState.LAPSED)
    notices.tell_lapsed(current)
    return current


@transaction.atomic
def note_attendance(user: User, stay: Stay, *, came: bool) -> Stay:
    """Note whether the guest came; what was noted by mistake can be noted anew."""
    current = held_stay(stay)
    require(rules.may_note_attendance(user, current))
    if current.attended is not came:
        current.attended = came
        current.save(update_fields=["attended"])
        log_step(current, "came" if came else "stayed away", current.state, current.state, by=user)
    return current


def free_place(period: FieldworkPeriod) -> FieldworkPlace | None:
    """The free place with the lowest number."""
    return period.places.filter(stays=None).order_by("number").first()


@transaction.atomic
def sign(user: User, stay: Stay, name: str, version: int) -> SignedDeclaration:
    """Sign the declaration as it stands, which must be as it was at `version`, once."""
    current = held_stay(stay)
    require(rules.may_sign(user, current))
    offer = current.period.offer
    if offer.version != version:
        raise Refused(_("The declaration has been changed since you opened it. Read it again, and then sign."))
    if SignedDeclaration.objects.filter(stay=current).exists():
        raise WrongState
    signed = SignedDeclaration.objects.create(
        stay=current, text=offer.declaration, offer_version=offer.version, name=name.strip(), by=user
    )
    log_step(current, "sign", current.state, current.state, by=user)
    return signed


def _waiting(period: FieldworkPeriod) -> QuerySet[Stay]:
    """Those who wait, in the order in which the host said yes."""
    return period.stays.filter(state=StayState.WAITING).order_by("decided", "pk")


def _to_decide(user: User, stay: Stay, reason: str) -> Stay:
    if not reason.strip():
        raise ReasonMissing
    current = held_stay(stay)
    if current.state != StayState.APPLIED:
        raise WrongState
    require(rules.may_decide(user, current))
    current.decided = clock.now()
    return current


def _move(
    stay: Stay,
    step: str,
    target: StayState,
    *,
    by: User | None = None,
    reason: str = "",
    place: FieldworkPlace | None = None,
) -> None:
    """Take the step with its place; the platform, which gives no reason, leaves the host's where it is."""
    source, stay.state, stay.place = stay.state, target, place
    stay.reason = reason.strip() or stay.reason
    stay.save(update_fields=["state", "place", "reason", "decided", "cancelled_by_host"])
    log_step(stay, step, source, target, by=by, reason=reason.strip())
