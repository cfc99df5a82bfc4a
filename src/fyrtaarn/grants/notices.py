"""What recipients and fund managers are told."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.notices import NoticeKind, register, tell
from fyrtaarn.meetings.recipients import team_of
from fyrtaarn.people.models import User
from fyrtaarn.pools.queries import fund_managers

from .models import Demand, Grant, GrantChange, Instalment, Report

GROUP = _("Grants")
for name, label in (
    ("planned", _("The plan of your grant is changed")),
    ("asked", _("A recipient asks for an instalment")),
    ("approved", _("An instalment is approved")),
    ("paid", _("An instalment is paid")),
    ("failed", _("A payment to you came back")),
    ("sent_back", _("An instalment needs more from you")),
    ("dropped", _("An instalment falls away")),
    ("change_asked", _("A recipient asks for a change")),
    ("change_answered", _("You get an answer about a change")),
    ("report_sent", _("A recipient sends a report")),
    ("report_returned", _("A report is sent back to you")),
    ("report_approved", _("A report is approved")),
    ("report_due", _("A report is due soon, or late")),
    ("demanded", _("You are asked to pay money back")),
    ("demand_settled", _("Money to be paid back is settled")),
    ("closed", _("A grant is closed")),
):
    register(NoticeKind(f"grants.{name}", label, GROUP))


def path_of(grant: Grant) -> str:
    return reverse("grants:grant", args=[grant.pk])


def tell_planned(grant: Grant, by: User) -> None:
    _tell("planned", grant, _recipient(grant), by=by)


def tell_asked(instalment: Instalment, by: User) -> None:
    _tell("asked", instalment.grant, _office(instalment.grant), by=by, **_of(instalment))


def tell_instalment(name: str, instalment: Instalment, by: User, reason: str = "") -> None:
    """Tell the recipient what has become of an instalment."""
    _tell(name, instalment.grant, _recipient(instalment.grant), by=by, reason=reason.strip(), **_of(instalment))


def tell_change(name: str, change: GrantChange, by: User) -> None:
    """Tell the office what is asked, or the recipient what is answered."""
    people = _office(change.grant) if name == "change_asked" else _recipient(change.grant)
    _tell(name, change.grant, people, by=by, text=change.text, answer=change.answer, agreed=change.state == "agreed")


def tell_report(name: str, report: Report, by: User, reason: str = "") -> None:
    people = _office(report.grant) if name == "report_sent" else _recipient(report.grant)
    _tell(name, report.grant, people, by=by, reason=reason.strip())


def tell_report_due(report: Report, days: int) -> int:
    """Remind the recipient once of each number of days; negative: the report is so late. Returns how many were told."""
    grant, when = report.grant, "late" if days < 0 else str(days)
    told = tell(
        "grants.report_due",
        _recipient(grant),
        path=path_of(grant),
        params={**_about(grant), "due": report.due.isoformat(), "late": days < 0},
        once=f"{report.pk}-{report.due}-{when}",
    )
    return len(told)


def tell_demand(name: str, demand: Demand, by: User) -> None:
    details = {"oere": demand.oere, "reason": demand.reason, "due": demand.due.isoformat(), "state": demand.state}
    _tell(name, demand.grant, _recipient(demand.grant), by=by, **details)


def tell_closed(grant: Grant, by: User, reason: str, released: int) -> None:
    _tell("closed", grant, _recipient(grant), by=by, reason=reason.strip(), released=released)


def _recipient(grant: Grant) -> Iterable[User]:
    return team_of(grant.organisation_id)


def _office(grant: Grant) -> Iterable[User]:
    return fund_managers(grant.municipality_id)


def _about(grant: Grant) -> dict[str, Any]:
    return {
        "title": grant.title,
        "organisation": grant.organisation.name,
        "pool": grant.pool.name,
        "granted": grant.oere,
    }


def _of(instalment: Instalment) -> dict[str, Any]:
    return {"number": instalment.number, "oere": instalment.oere}


def _tell(name: str, grant: Grant, people: Iterable[User], *, by: User | None = None, **details: Any) -> None:
    """Tell them all but the one who did it."""
    others = [person for person in people if by is None or person.pk != by.pk]
    tell(f"grants.{name}", others, path=path_of(grant), params={**_about(grant), **details})
