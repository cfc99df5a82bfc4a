"""What two do at the same moment ends as if one had come after the other."""

from typing import Any

import pytest

from fyrtaarn.assessment import actions, following
from fyrtaarn.assessment.models import Assignment, ClosedDiscussion, Remark, Score
from fyrtaarn.foundation.models import Notice
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


def test_the_last_two_finish_at_once_and_it_is_told_once(kolding: Any) -> None:
    round_ = make_round(kolding)
    application = make_application(round_)
    first, second, _third = round_.assessors
    one, two = asked(round_, application, first, second)
    at_once(lambda: assess(round_, one, 5, 5), lambda: assess(round_, two, 4, 4))
    at_once(*[lambda: following.follow_finished(application.pk) for _number in range(2)])
    assert Notice.objects.filter(kind="assessment.assessed").count() == 1


def test_she_is_let_off_while_she_finishes(kolding: Any) -> None:
    """Either she was done and stays so, or she was let off and what she saves is refused."""
    round_ = make_round(kolding)
    person = round_.assessors[0]
    one = actions.clear(person, asked(round_, make_application(round_), person)[0])
    outcomes = at_once(
        lambda: actions.finish(person, one, scores_of(round_, 3, 3), ""),
        lambda: actions.release(round_.manager, one, "Vi er nok."),
    )
    one.refresh_from_db()
    assert one.state == ("released" if isinstance(outcomes[0], Refused) else "done")
    assert Score.objects.exists() == (one.state == "done")
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1


def test_two_with_a_conflict_are_replaced_by_two(kolding: Any) -> None:
    round_ = make_round(kolding, assessors=4)
    application = make_application(round_)
    first, second = round_.assessors[:2]
    one, two = asked(round_, application, first, second)
    at_once(
        lambda: actions.declare_conflict(first, one, "Min søster."),
        lambda: actions.declare_conflict(second, two, "Min bror."),
    )
    at_once(lambda: following.follow_conflict(one.pk), lambda: following.follow_conflict(two.pk))
    asked_now = Assignment.objects.filter(application=application, state="asked")
    assert {each.assessor for each in asked_now} == set(round_.assessors[2:])


def test_nothing_is_said_once_the_discussion_is_closed(kolding: Any) -> None:
    round_ = make_round(kolding)
    application = make_application(round_)
    assess(round_, asked(round_, application, round_.assessors[0])[0], 3, 3)
    said, _closed = at_once(
        lambda: actions.remark(round_.assessors[0], application, "Enige?"),
        lambda: actions.close_discussion(round_.manager, application),
    )
    closed = ClosedDiscussion.objects.get()
    assert Remark.objects.filter(at__gt=closed.at).count() == 0
    assert Remark.objects.exists() != isinstance(said, Refused)
