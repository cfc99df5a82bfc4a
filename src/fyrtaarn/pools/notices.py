"""What contributors, applicants and fund managers are told."""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.notices import NoticeKind, register, tell
from fyrtaarn.people.models import User

from .models import Call, ClosedYear, Contribution, ContributionPart, Contributor, SentPayment
from .paths import call_path, given_path, manage_path
from .queries import contacts_of, fund_managers

GROUP = _("Pools of money")
register(NoticeKind("pools.decided", _("Your department has decided to give to a pool"), GROUP))
register(NoticeKind("pools.due", _("A contribution to a pool is to be paid soon"), GROUP))
register(NoticeKind("pools.late", _("A contribution to a pool is late"), GROUP))
register(NoticeKind("pools.paid", _("A contribution to a pool has come in"), GROUP))
register(NoticeKind("pools.confirmed", _("A department confirms what it gives to a pool"), GROUP))
register(NoticeKind("pools.said_paid", _("A department says that it has paid to a pool"), GROUP))
register(NoticeKind("pools.closed", _("A year of a pool that you give to is closed"), GROUP))
register(NoticeKind("pools.extended", _("You can apply longer in a call that you write for"), GROUP))
register(NoticeKind("pools.called_off", _("A call that you apply in is called off"), GROUP))

followers: list[Callable[[Call], Iterable[User]]] = []
"""Rooms above say who writes, or has sent, an application in a call."""


def tell_decided(contribution: Contribution) -> None:
    giver = contribution.contributor
    _tell_giver("decided", giver, {"year": contribution.year, "oere": contribution.oere})


def tell_due(part: ContributionPart) -> int:
    """Remind the contributor once of what is soon to be paid; returns how many were told."""
    return _tell_giver("due", part.contribution.contributor, _about(part), once=f"{part.pk} {part.due}")


def tell_late(part: ContributionPart) -> int:
    """Tell the contributor and the fund managers once of what is late; returns how many were told."""
    giver, once = part.contribution.contributor, f"{part.pk} {part.due}"
    return sum(tell_them("late", giver, _about(part), once) for tell_them in (_tell_managers, _tell_giver))


def tell_confirmed(contribution: Contribution) -> None:
    _tell_managers("confirmed", contribution.contributor, {"year": contribution.year, "oere": contribution.oere})


def tell_said_paid(said: SentPayment) -> None:
    params = {**_about(said.part), "day": _day(said.day), "reference": said.reference}
    _tell_managers("said_paid", said.part.contribution.contributor, params)


def tell_paid(part: ContributionPart) -> None:
    _tell_giver("paid", part.contribution.contributor, _about(part))


def tell_closed(closed: ClosedYear) -> None:
    """Tell those who have given in the year, or get something back."""
    shares = {share.contributor_id: share.oere for share in closed.shares.all()}
    for giver in Contributor.objects.filter(pool=closed.pool).order_by("pk"):
        if giver.pk in shares or giver.contributions.filter(year=closed.year).exists():
            params = {"year": closed.year, "rule": closed.leftover, "oere": shares.get(giver.pk, 0)}
            _tell_giver("closed", giver, params)


def tell_extended(call: Call, reason: str) -> None:
    if call.closes is not None:
        _tell_followers("extended", call, {"call": call.title, "closes": _day(call.closes), "reason": reason})


def tell_called_off(call: Call, reason: str) -> None:
    _tell_followers("called_off", call, {"call": call.title, "reason": reason})


def _tell_followers(name: str, call: Call, params: dict[str, str]) -> None:
    people = {person.pk: person for follow in followers for person in follow(call)}
    tell(f"pools.{name}", people.values(), path=call_path(call), params={**params, "pool": call.pool.name})


def _tell_giver(name: str, giver: Contributor, params: dict[str, object], once: str | None = None) -> int:
    params = {**params, **_where(giver)}
    return len(tell(f"pools.{name}", contacts_of(giver), path=given_path(), params=params, once=once))


def _tell_managers(name: str, giver: Contributor, params: dict[str, object], once: str | None = None) -> int:
    path, managers = manage_path(giver.pool, "contributions"), fund_managers(giver.pool.municipality_id)
    return len(tell(f"pools.{name}", managers, path=path, params={**params, **_where(giver)}, once=once))


def _where(giver: Contributor) -> dict[str, object]:
    return {"pool": giver.pool.name, "giver": str(giver)}


def _about(part: ContributionPart) -> dict[str, object]:
    return {
        "year": part.contribution.year,
        "quarter": part.quarter,
        "oere": part.oere,
        "due": _day(part.due),
    }


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
