"""The figures of a year add up, whatever was advised and answered when."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.council import actions
from fyrtaarn.council.metrics import AdviceFacts, count_advice, count_year
from fyrtaarn.council.models import AdviceCourse, Stance
from fyrtaarn.foundation import clock

from .conftest import Board, make_given, make_held, make_meeting

TODAY = date(2027, 6, 15)
days = st.dates(date(2027, 1, 1), TODAY)


@st.composite
def facts(draw: Any) -> AdviceFacts:
    answered = draw(st.none() | days)
    return AdviceFacts(
        due=draw(st.dates(date(2027, 1, 1), date(2027, 12, 31))),
        answered=answered,
        stance=draw(st.sampled_from(Stance.values)) if answered else "",
        course=draw(st.sampled_from(["", *AdviceCourse.values])) if answered else "",
    )


@given(st.lists(facts(), max_size=30))
def test_each_piece_of_advice_is_counted_once(rows: list[AdviceFacts]) -> None:
    count = count_advice(rows, TODAY)
    assert count.in_time + count.late + count.overdue + count.waiting == count.given == len(rows)
    assert sum(count.stances.values()) == count.answered
    assert sum(count.courses.values()) + count.untold == count.answered
    assert count.late == sum(row.answered > row.due for row in rows if row.answered)
    assert count.overdue == sum(row.due < TODAY for row in rows if row.answered is None)


@given(st.lists(facts(), max_size=10), st.integers(1, 60))
def test_time_only_makes_answers_later(rows: list[AdviceFacts], more: int) -> None:
    now, later = count_advice(rows, TODAY), count_advice(rows, TODAY + timedelta(days=more))
    assert later.overdue >= now.overdue
    assert (later.in_time, later.late) == (now.in_time, now.late)


@pytest.mark.django_db
def test_a_year_counts_what_everybody_can_look_up(board: Board) -> None:
    today = clock.today()
    held = make_held(board)
    make_meeting(board)
    actions.answer_advice(board.contact, make_given(board), "follows", "Ja.")
    make_given(board, days=-4)
    year = count_year(board.council, today.year, today)
    assert year.meetings == (held.day.year == today.year)
    assert (year.advice.given, year.advice.in_time, year.advice.overdue) == (2, 1, 1)
    assert count_year(board.council, today.year - 1, today).advice.given == 0
