"""What hosts and guests are told."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department
from fyrtaarn.foundation.notices import NoticeKind, register, tell
from fyrtaarn.meetings.recipients import people_of_departments, team_of
from fyrtaarn.people.models import User

from .models import FieldworkOffer, FieldworkPeriod, Learned, Stay, StaySide

GROUP = _("Fieldwork")
register(NoticeKind("fieldwork.applied", _("Somebody applies for fieldwork with you"), GROUP))
register(NoticeKind("fieldwork.unanswered", _("An application for fieldwork waits for your answer"), GROUP))
register(NoticeKind("fieldwork.decided", _("You get an answer to an application for fieldwork"), GROUP))
register(NoticeKind("fieldwork.lapsed", _("An application for fieldwork lapses without an answer or a place"), GROUP))
register(NoticeKind("fieldwork.moved_up", _("You move up from a waiting list"), GROUP))
register(NoticeKind("fieldwork.cancelled", _("The other side calls a stay off"), GROUP))
register(NoticeKind("fieldwork.before", _("A stay comes near"), GROUP))
register(NoticeKind("fieldwork.after", _("A stay is over"), GROUP))
register(NoticeKind("fieldwork.learned", _("The other side writes what it learned"), GROUP))


def tell_applied(stay: Stay) -> None:
    _tell("applied", stay, [StaySide.HOST], _about(stay))


def tell_unanswered(stay: Stay) -> int:
    """Remind the host once of an application; returns how many were told."""
    return _tell("unanswered", stay, [StaySide.HOST], _about(stay), once=str(stay.pk))


def tell_decided(stay: Stay, by: User) -> None:
    _tell(
        "decided",
        stay,
        [StaySide.GUEST],
        {**_about(stay), "state": stay.state, "reason": stay.reason, "signs": _signs(stay)},
        by=by,
    )


def tell_lapsed(stay: Stay) -> None:
    """Tell the guest that the days have come without an answer, or without a place."""
    _tell("lapsed", stay, [StaySide.GUEST], {**_about(stay), "answered": stay.decided is not None})


def tell_moved_up(stay: Stay) -> None:
    _tell("moved_up", stay, StaySide, {**_about(stay), "signs": _signs(stay)})


def tell_cancelled(stay: Stay, by: User) -> None:
    """Tell the other side, and colleagues on one's own."""
    params = {**_about(stay), "by_host": bool(stay.cancelled_by_host), "reason": stay.reason}
    _tell("cancelled", stay, StaySide, params, by=by)


def tell_before(stay: Stay) -> int:
    """Remind both sides once of a stay that begins soon; returns how many were told."""
    unsigned = _signs(stay) and not hasattr(stay, "declaration")
    return _tell("before", stay, StaySide, {**_about(stay), "unsigned": unsigned}, once=str(stay.pk))


def tell_after(stay: Stay) -> int:
    """Ask both sides once what they learned; returns how many were told."""
    return _tell("after", stay, StaySide, _about(stay), once=str(stay.pk))


def tell_learned(learned: Learned) -> None:
    other = StaySide.GUEST if learned.side == StaySide.HOST else StaySide.HOST
    agrees = learned.host_agrees or learned.guest_agrees
    _tell("learned", learned.stay, [other], {**_about(learned.stay), "agrees": agrees}, by=learned.by)


def people_of(stay: Stay, side: StaySide) -> list[User]:
    """The organisation's team, or those who hold a role in the department."""
    if side == StaySide.GUEST:
        return team_of(stay.organisation_id)
    department: Department = stay.period.offer.department
    return people_of_departments(department.municipality_id, [department.pk])


def path_of_offer(offer: FieldworkOffer) -> str:
    return reverse("fieldwork:offer", args=[offer.department.municipality.slug, offer.pk])


def path_of_stay(stay: Stay) -> str:
    return reverse("fieldwork:stay", args=[stay.period.offer.department.municipality.slug, stay.pk])


def _about(stay: Stay) -> dict[str, Any]:
    offer, period = stay.period.offer, stay.period
    return {
        "title": offer.title,
        "institution": offer.institution,
        "organisation": stay.organisation.name,
        "days": days_of(period),
    }


def _signs(stay: Stay) -> bool:
    return bool(stay.period.offer.declaration)


def days_of(period: FieldworkPeriod) -> str:
    """The days of a period, as in "1.3.2027–5.3.2027"."""
    first, last = (f"{day.day}.{day.month}.{day.year}" for day in (period.starts, period.last_day))
    return first if first == last else f"{first}–{last}"


def _tell(
    name: str,
    stay: Stay,
    sides: Iterable[StaySide],
    params: dict[str, Any],
    *,
    by: User | None = None,
    once: str | None = None,
) -> int:
    """Tell the sides but for the one who did it; returns how many were told."""
    people = {person.pk: person for side in sides for person in people_of(stay, side)}
    if by is not None:
        people.pop(by.pk, None)
    return len(tell(f"fieldwork.{name}", people.values(), path=path_of_stay(stay), params=params, once=once))
