"""Who is told when an answer is due, late, or when nobody has sorted a question."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from fyrtaarn.config.database import EMBEDDED_LOGINS
from fyrtaarn.entrance import actions
from fyrtaarn.entrance.models import Absence
from fyrtaarn.entrance.reminders import remind_all
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from tests.harness.logins import acting_as

from .desk import Desk, asked, routed

pytestmark = pytest.mark.django_db
MONDAY = datetime(2037, 2, 2, 9, tzinfo=clock.COPENHAGEN)


def at(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=day))


def reminded(person: Any) -> list[str]:
    kinds = ("entrance.due", "entrance.late", "entrance.unsorted")
    return [n.kind.split(".")[1] for n in Notice.objects.filter(recipient=person, kind__in=kinds).order_by("pk")]


def morning(monkeypatch: pytest.MonkeyPatch, day: int) -> int:
    """What the worker does that morning, twice."""
    at(monkeypatch, day)
    with acting_as(EMBEDDED_LOGINS["worker"]):
        told = remind_all()
        assert remind_all() == 0
    return told


def test_the_holder_then_the_deputy_then_the_lead(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, 0)
    case = routed(desk)  # three working days: Thursday
    told = {day: morning(monkeypatch, day) for day in range(9)}
    assert {day: count for day, count in told.items() if count} == {2: 1, 4: 2, 8: 3}
    assert reminded(desk.karl) == ["due", "late", "late"]
    assert reminded(desk.dorte) == ["late", "late"]
    assert reminded(desk.lea) == ["late"]
    case.refresh_from_db()
    assert case.escalated == 2
    actions.answer(desk.karl, case, "Undskyld ventetiden.")
    assert morning(monkeypatch, 15) == 0


def test_without_a_deputy_the_lead_is_told_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.karl.contact_profiles.update(deputy=None)
    at(monkeypatch, 0)
    routed(desk)
    assert morning(monkeypatch, 4) == 2
    assert reminded(desk.lea) == ["late"]


def test_the_stand_in_is_reminded_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, 0)
    routed(desk)
    away = clock.today()
    Absence.objects.create(
        contact=desk.karl.contact_profiles.get(), starts=away + timedelta(days=1), ends=away + timedelta(days=30)
    )
    assert morning(monkeypatch, 2) == 2
    assert reminded(desk.dorte) == ["due"]


def test_what_waits_for_the_asker_is_nobodys_fault(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, 0)
    actions.ask_back(desk.karl, routed(desk), "Hvor mange er I?")
    assert [morning(monkeypatch, day) for day in (2, 4, 20)] == [0, 0, 0]


def test_those_who_sort_are_reminded_and_then_told_that_it_is_late(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, 0)
    asked(desk)
    told = {day: morning(monkeypatch, day) for day in range(9)}
    assert {day: count for day, count in told.items() if count} == {2: 1, 8: 1}
    assert reminded(desk.manager) == ["unsorted", "late"]
    assert reminded(desk.karl) == []
