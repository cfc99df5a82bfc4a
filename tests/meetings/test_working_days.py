"""Danish working days and the reminders that count them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.meetings import actions
from fyrtaarn.meetings.models import Meeting
from fyrtaarn.meetings.reminders import remind_those_asked
from fyrtaarn.meetings.working_days import easter_sunday, is_working_day, public_holidays, working_days_between

from .conftest import Pair

EASTERS = {2019: (4, 21), 2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2038: (4, 25), 2285: (3, 22)}


@pytest.mark.parametrize(("year", "day"), EASTERS.items())
def test_easter(year: int, day: tuple[int, int]) -> None:
    assert easter_sunday(year) == date(year, *day)


def test_the_holidays_of_2026() -> None:
    moving = {date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 5), date(2026, 4, 6), date(2026, 5, 14)}
    whitsun = {date(2026, 5, 24), date(2026, 5, 25)}
    fixed = {date(2026, 1, 1), date(2026, 12, 25), date(2026, 12, 26)}
    assert public_holidays(2026) == moving | whitsun | fixed
    assert is_working_day(date(2026, 5, 1))  # store bededag is gone


def test_over_easter_a_week_is_three_days_short() -> None:
    assert working_days_between(date(2026, 3, 31), date(2026, 4, 7)) == 2


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 60), st.integers(0, 60))
def test_days_add_up(start: date, first: int, second: int) -> None:
    middle, end = start + timedelta(days=first), start + timedelta(days=first + second)
    whole = working_days_between(start, end)
    assert whole == working_days_between(start, middle) + working_days_between(middle, end)
    assert 0 <= whole <= first + second
    assert working_days_between(end, start) == 0 or start == end


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
