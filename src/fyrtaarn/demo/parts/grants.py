"""Grants in both cities, one in each state: asked for, approved, reported, completed, ended, and with money asked back.

All is done today by those who would have done it, so that the books agree.
"""

from typing import Any

from django.contrib.auth import get_user_model

from fyrtaarn.applications.actions import note_decided
from fyrtaarn.applications.models import Application
from fyrtaarn.applications.queries import open_calls
from fyrtaarn.foundation import clock
from fyrtaarn.grants.actions import changes, grants, instalments, reports
from fyrtaarn.grants.models import Decision, EuroRate, Grant
from fyrtaarn.people.models import Role, RoleKind, User
from fyrtaarn.pools.models import Call

from ..book import Book, Row
from ..moments import moment
from ..reading import table
from .applications import application

RATE = "746.00"


def load(book: Book) -> None:
    """Each in the first open call of its municipality that takes all kinds of organisations."""
    calls: dict[str, Call] = {}
    for call in open_calls():
        calls.setdefault(call.pool.municipality.slug, call)
    if not EuroRate.objects.exists():
        EuroRate.objects.create(day=clock.today(), kroner=RATE, source="Eksempel")
    for row in book.new("grant", table("grants")):
        if row["municipality"] in calls:
            applied = application(row, book, calls[row["municipality"]])
            book.write("grant", {row["key"]: grant(row, applied)})


def grant(row: Row, applied: Application) -> Grant:
    """The decision on an application, its grant, and what has become of it."""
    managers = Role.objects.current().filter(kind=RoleKind.FUND_MANAGER, municipality=applied.municipality_id)
    manager: Any = get_user_model()._default_manager.get(pk=managers.order_by("pk").values_list("user", flat=True)[0])
    decided = moment(row["days_ago"] - 14, row["key"], turn=6)
    decision = Decision.objects.create(
        application=applied,
        outcome="granted",
        oere=applied.asked,
        reasons="Eksempel: Ansøgningen lever op til puljens regler og fik mange point.",
        state="decided",
        drafted_by=manager,
        drafted=decided,
        decided=decided,
    )
    made = grants.open_grant(decision, by=manager)
    note_decided(applied, True, by=manager)
    WAYS[row["becomes"]](made, manager, applied.contact, row)
    return made


def _asked(made: Grant, manager: User, recipient: User, row: Row) -> None:
    part = grants.PlannedPart(made.oere, clock.today(), row["condition"])
    grants.plan(manager, made, [part])
    instalments.ask(recipient, made.instalments.get(), row["met"])


def _approved(made: Grant, manager: User, _recipient: User, _row: Row) -> None:
    instalments.approve(manager, made.instalments.get(number=1))


def _paid(made: Grant, manager: User, _recipient: User, row: Row) -> None:
    first = instalments.approve(manager, made.instalments.get(number=1))
    instalments.note_paid(manager, first, clock.today(), f"Eksempel-{row['key']}")


def _reported(made: Grant, manager: User, recipient: User, row: Row) -> None:
    _paid(made, manager, recipient, row)
    report, said = made.reports.get(), row["report"]
    fields = {name: said[name] for name in ("text", "worse", "experience")} | {"shared": True}
    applied = made.decision.application
    spent = {line.pk: line.oere for line in applied.lines.filter(source="pool")}
    results = {goal.pk: said["result"] for goal in applied.goals.all()}
    reports.send(recipient, reports.write(recipient, report, fields, spent, results, report.version))


def _completed(made: Grant, manager: User, recipient: User, row: Row) -> None:
    _reported(made, manager, recipient, row)
    reports.approve(manager, made.reports.get(), share=True)


def _ended(made: Grant, manager: User, _recipient: User, row: Row) -> None:
    grants.end_early(manager, made, row["reason"])


def _back(made: Grant, manager: User, recipient: User, row: Row) -> None:
    _paid(made, manager, recipient, row)
    changes.demand(manager, made, row["back"] * 100, row["reason"], clock.today())


WAYS = {
    "asked": _asked,
    "approved": _approved,
    "reported": _reported,
    "completed": _completed,
    "ended": _ended,
    "back": _back,
}
