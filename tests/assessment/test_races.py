"""What two do at the same moment ends as if one had come after the other."""

from typing import Any

import pytest

from fyrtaarn.assessment import actions
from fyrtaarn.assessment.models import Assignment, ClosedDiscussion, Score
from fyrtaarn.foundation.rules import Refused
from tests.harness.races import at_once

from .conftest import asked, assess, make_application, make_round, scores_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


def test_two_spread_a_call_at_once(kolding: Any) -> None:
    round_ = make_round(kolding, assessors=4)
    applications = [make_application(round_, f"Idé {number}") for number in range(3)]
    at_once(*[lambda: actions.spread_call(round_.manager, round_.call, due=None) for _number in range(3)])
    assert [one.assignments.count() for one in applications] == [2, 2, 2]


def test_two_ask_the_same_person_at_once(kolding: Any) -> None:
    round_ = make_round(kolding)
    application = make_application(round_)
    outcomes = at_once(*[lambda: asked(round_, application, round_.assessors[0]) for _number in range(3)])
    assert len([one for one in outcomes if isinstance(one, Refused)]) == 2
    assert Assignment.objects.count() == 1


def test_she_finishes_twice_and_declares_a_conflict_at_once(kolding: Any) -> None:
    round_ = make_round(kolding)
    person = round_.assessors[0]
    one = actions.clear(person, asked(round_, make_application(round_), person)[0])
    at_once(
        lambda: actions.finish(person, one, scores_of(round_, 5, 5), ""),
        lambda: actions.finish(person, one, scores_of(round_, 1, 1), ""),
        lambda: actions.declare_conflict(person, one, "Min søster."),
    )
    one.refresh_from_db()
    assert one.state == "conflict"
    assert list(Score.objects.order_by("pk").values_list("points", flat=True)) in ([], [5, 5], [1, 1])


def test_the_discussion_is_closed_while_she_takes_up_her_scores(kolding: Any) -> None:
    """Either she came first, and it was closed over her open scores, or she came too late."""
    round_ = make_round(kolding)
    application = make_application(round_)
    one = assess(round_, asked(round_, application, round_.assessors[0])[0], 3, 3)
    outcomes = at_once(
        lambda: actions.reopen(round_.assessors[0], one, "En fejl."),
        lambda: actions.close_discussion(round_.manager, application),
    )
    one.refresh_from_db()
    assert ClosedDiscussion.objects.count() == 1
    assert (one.state == "done") == isinstance(outcomes[0], Refused)
