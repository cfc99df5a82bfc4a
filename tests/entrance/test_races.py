"""What two may do at once."""

import pytest

from fyrtaarn.entrance import actions
from fyrtaarn.entrance.models import CaseState, CaseTask, ContactProfile
from fyrtaarn.entrance.rules import Letter
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import steps_of
from tests.harness.races import at_once

from .desk import Desk, asked, guest_case, routed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("attempt", range(3))
def test_two_who_confirm_at_once_confirm_once(desk: Desk, attempt: int) -> None:
    case = guest_case(desk)
    at_once(*[lambda: actions.confirm(Letter(case.key), case)] * 2)
    assert [step.name for step in steps_of(case)] == ["ask", "confirm"]
    assert Notice.objects.filter(kind="entrance.received").count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_who_sort_at_once_one_must_say_why(desk: Desk, attempt: int) -> None:
    case = asked(desk)
    outcomes = at_once(
        lambda: actions.route(desk.manager, case, desk.social, desk.care),
        lambda: actions.route(desk.karl, case, desk.culture, desk.rooms),
    )
    assert sorted(isinstance(one, Refused) for one in outcomes) == [False, True]
    assert [step.name for step in steps_of(case)] == ["ask", "route"]


@pytest.mark.parametrize("attempt", range(3))
def test_an_answer_and_a_closing_at_once_leave_it_whole(desk: Desk, attempt: int) -> None:
    case = routed(desk)
    at_once(
        lambda: actions.answer(desk.karl, case, "Ja."),
        lambda: actions.close_as_asker(desk.owner, case),
        lambda: actions.take(desk.dorte, case),
    )
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
    assert case.outcome
    assert (case.answered is not None) == case.messages.filter(side="municipality").exists()


@pytest.mark.parametrize("attempt", range(3))
def test_a_department_is_asked_once_at_a_time(desk: Desk, attempt: int) -> None:
    case = routed(desk)
    at_once(*[lambda: actions.give_task(desk.karl, case, desk.culture, "Har I plads?")] * 2)
    assert CaseTask.objects.count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_two_questions_are_not_put_into_each_other(desk: Desk, attempt: int) -> None:
    one, two = routed(desk), routed(desk)
    at_once(lambda: actions.merge(desk.karl, one, two), lambda: actions.merge(desk.karl, two, one))
    one.refresh_from_db()
    two.refresh_from_db()
    assert sorted((one.state == CaseState.MERGED, two.state == CaseState.MERGED)) == [False, True]


@pytest.mark.parametrize("attempt", range(5))
def test_two_who_stand_in_for_each_other_end_at_once(desk: Desk, attempt: int) -> None:
    one, two = ContactProfile.objects.order_by("pk")[:2]
    ContactProfile.objects.filter(pk=one.pk).update(deputy=two)
    ContactProfile.objects.filter(pk=two.pk).update(deputy=one)
    outcomes = at_once(
        lambda: actions.end_contact(desk.manager, one), lambda: actions.end_contact(desk.manager, two)
    )  # fmt: skip
    assert outcomes == [None, None]
    assert not ContactProfile.objects.filter(pk__in=[one.pk, two.pk]).exclude(ended__isnull=False, deputy=None)
