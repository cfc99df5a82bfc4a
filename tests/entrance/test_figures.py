"""How fast the municipality answers: counted so that nobody can explain a number away, and so that few stay hidden."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.config.database import EMBEDDED_LOGINS
from fyrtaarn.entrance import actions
from fyrtaarn.entrance.figures import (
    FEWEST,
    Told,
    count_times,
    first_month,
    groups_of,
    nearest_rank,
    times_of,
)
from fyrtaarn.entrance.models import AnswerFigure, Outcome
from fyrtaarn.foundation import clock
from fyrtaarn.organisations.models import Ambassador
from tests.harness.logins import acting_as

from .desk import Desk, asked, routed

MONDAY = datetime(2037, 2, 2, 9, tzinfo=clock.COPENHAGEN)


def told(days: int | None, late: bool = False, received: date = date(2037, 2, 2)) -> Told:
    return Told(1, 2, received, days, late, promised=5)


questions = st.lists(
    st.builds(told, st.one_of(st.none(), st.integers(0, 60)), st.booleans()).map(
        lambda one: one if one.days is not None else told(None)
    ),
    max_size=40,
)


@given(questions)
def test_the_figures_say_what_can_be_recounted(rows: list[Told]) -> None:
    times, days = times_of(rows), sorted(one.days for one in rows if one.days is not None)
    if len(days) < FEWEST:
        assert times is None
        return
    assert times is not None
    assert (times.asked, times.counted, times.late) == (len(rows), len(days), sum(one.late for one in rows))
    assert 2 * sum(day <= times.median for day in days) >= len(days) > 2 * sum(day < times.median for day in days)
    assert 10 * sum(day <= times.ninety for day in days) >= 9 * len(days) > 10 * sum(day < times.ninety for day in days)
    assert times.in_time + times.late <= times.counted


@given(questions, st.integers(6, 90))
def test_one_that_is_late_never_makes_the_municipality_look_faster(rows: list[Told], days: int) -> None:
    before, after = times_of(rows), times_of([*rows, told(days, late=True)])
    if before is not None:
        assert after is not None
        assert after.late == before.late + 1
        assert after.in_time == before.in_time
        assert after.ninety >= min(before.ninety, days)


def test_by_nearest_rank() -> None:
    days = list(range(1, 11))
    assert (nearest_rank(days, 50), nearest_rank(days, 90), nearest_rank([7], 90)) == (5, 9, 7)


@given(st.dates(date(2026, 1, 1), date(2100, 1, 1)))
def test_what_is_counted_in_the_year_is_within_the_counted_months(today: date) -> None:
    months = [group[2] for group in groups_of(told(1, received=today), today)]
    assert None in months
    assert first_month(today) <= today - timedelta(days=365)
    assert None not in [group[2] for group in groups_of(told(1, received=today - timedelta(days=365)), today)]


@pytest.mark.django_db
def test_answered_late_and_open_questions_count_as_they_should(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def at(day: int) -> None:
        monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=day))

    at(0)
    cases = [routed(desk, f"Spørgsmål {number}?") for number in range(7)]
    for day, case in zip((1, 1, 2, 8), cases, strict=False):
        at(day)
        actions.answer(desk.karl, case, "Ja.")
    actions.close(desk.karl, cases[4], Outcome.LAPSED)  # closed without an answer
    at(0)
    asked(desk, "Ingen har set det.")
    at(9)  # Wednesday of the second week: two are late by seven working days less their three
    with acting_as(EMBEDDED_LOGINS["worker"]):
        count_times(desk.municipality)
        assert count_times(desk.municipality) == AnswerFigure.objects.count()
    whole = AnswerFigure.objects.get(department=None, topic=None, month=None)
    assert (whole.asked, whole.counted, whole.in_time, whole.late) == (8, 7, 3, 3)
    assert (whole.median, whole.ninety) == (6, 7)
    social = AnswerFigure.objects.get(department=desk.social, month=None)
    assert (social.asked, social.counted, social.late) == (7, 6, 2)
    assert AnswerFigure.objects.get(topic=desk.care, month=date(2037, 2, 1)).counted == 6
    at(3 * 365)
    with acting_as(EMBEDDED_LOGINS["worker"]):
        assert count_times(desk.municipality) == 0


@pytest.mark.django_db
def test_fewer_than_five_are_held_back(desk: Desk, client: Any) -> None:
    for number in range(4):
        actions.answer(desk.karl, routed(desk, f"Spørgsmål {number}?"), "Ja.")
    assert count_times(desk.municipality) == 0
    page = client.get("/kolding/spoerg/hvem-svarer/").content.decode()
    assert "Tal for så få viser vi ikke" in page
    actions.answer(desk.karl, routed(desk, "Et til?"), "Ja.")
    assert count_times(desk.municipality) == 6  # all, the department and the topic, in the year and in the month
    page = client.get("/kolding/spoerg/hvem-svarer/").content.decode()
    assert "5 af 5" in page
    assert "Karl Kontakt" in page
    assert "Jeg ved noget om plejehjem." in page


@pytest.mark.django_db
def test_ambassadors_stand_with_their_department_as_far_as_they_want_to(desk: Desk, client: Any) -> None:
    today = clock.today()
    for person, help_da, shown in (
        (desk.kaja, "Jeg kender kulturhusene.", True),
        (desk.lea, "Kun for kolleger.", False),
    ):
        department = desk.culture if person == desk.kaja else desk.social
        Ambassador.objects.create(
            user=person, department=department, help_da=help_da, shown=shown, state="active", appointed_by=desk.manager,
            since=today, confirmed=today,
        )  # fmt: skip
    page = client.get("/kolding/spoerg/hvem-svarer/").content.decode()
    assert page.count("Kaja Kultur") == 1, "a contact person who is ambassador stands there once"
    assert "Lea Leder" not in page
    assert page.count("Forvaltningen har ingen ambassadør") == 1
