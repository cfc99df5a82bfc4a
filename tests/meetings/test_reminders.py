"""Reminders, which count working days."""

from datetime import datetime, timedelta

import pytest

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.meetings import actions
from fyrtaarn.meetings.models import Meeting
from fyrtaarn.meetings.reminders import remind_those_asked

from .conftest import Pair


@pytest.fixture
def monday() -> datetime:
    """A Monday in a February to come, with no holiday for weeks."""
    return datetime(2037, 2, 2, 9, tzinfo=clock.COPENHAGEN)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.mark.django_db
def test_reminders_after_5_and_10_working_days_once_each(
    pair: Pair, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, monday)
    meeting = actions.open_meeting(pair.owner, pair.sought, pair.offered, "Må vi?")
    told = []
    for day in range(30):
        at(monkeypatch, monday + timedelta(days=day))
        told.append(remind_those_asked())
        told[-1] += remind_those_asked()
    assert {day: count for day, count in enumerate(told) if count} == {7: 2, 14: 2}
    actions.accept(pair.editor, meeting)
    assert remind_those_asked() == 0


@pytest.mark.django_db
def test_after_a_pause_only_the_longer_reminder_is_sent(
    pair: Pair, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, monday)
    actions.open_meeting(pair.owner, pair.sought, pair.offered, "Må vi?")
    at(monkeypatch, monday + timedelta(days=40))
    assert remind_those_asked() == 2
    assert {notice.params["days"] for notice in Notice.objects.filter(kind="meetings.waiting")} == {10}


@pytest.mark.django_db
def test_a_question_that_is_asked_again_is_reminded_of_again(
    pair: Pair, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, monday)
    meeting = actions.open_meeting(pair.owner, pair.sought, pair.offered, "Må vi?")
    at(monkeypatch, monday + timedelta(days=7))
    assert remind_those_asked() == 2
    meeting = actions.decline(pair.editor, meeting, "Ikke nu.")
    at(monkeypatch, monday + timedelta(days=44))
    actions.open_again(pair.owner, Meeting.objects.get(), "Og nu?")
    at(monkeypatch, monday + timedelta(days=52))
    assert remind_those_asked() > 0
