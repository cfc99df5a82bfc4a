"""Who is chosen, what she declares, her scores, and what comes of a conflict."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from fyrtaarn.applications.models import Application
from fyrtaarn.assessment import actions, following, queries, rules
from fyrtaarn.assessment.actions import Given
from fyrtaarn.assessment.choosing import DECLARED, OWN_DEPARTMENT, OWN_ORGANISATION, choosing
from fyrtaarn.assessment.models import Assignment, ClosedDiscussion, Opinion, Score
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState, steps_of
from fyrtaarn.listings.models import Listing
from fyrtaarn.meetings import actions as meeting_actions
from fyrtaarn.organisations.models import Membership
from tests.harness.people import make_employee, make_organisation, make_user
from tests.portal.conftest import make_challenge, make_solution

from .conftest import Round, asked, assess, make_application, scores_of, told

pytestmark = pytest.mark.django_db


def states(application: Any) -> dict[str, str]:
    return dict(Assignment.objects.filter(application=application).values_list("assessor__name", "state"))


def test_the_spreading_asks_as_many_as_the_rules_say_and_says_why(round_: Round) -> None:
    applications = [make_application(round_, f"Idé {number}") for number in range(3)]
    done = actions.spread_call(round_.manager, round_.call, due=clock.today())
    assert len(done) == 6
    assert all(application.assignments.count() == 2 for application in applications)
    assert sorted(one.load for one in done if one.load is not None) == [0, 0, 0, 1, 1, 1]
    assert told("asked") == {person.name for person in round_.assessors}
    assert actions.spread_call(round_.manager, round_.call, due=None) == []


def test_nobody_is_chosen_whose_department_organisation_or_conflict_it_is(round_: Round) -> None:
    first, second, third = round_.assessors
    editor: Any = make_employee(round_.municipality, "department_editor", round_.departments[0])
    challenge = make_challenge(editor, round_.municipality, department=round_.departments[0], published=True)
    application = make_application(round_, challenge=challenge)
    linked: Any = make_organisation(round_.municipality, "Søsterhuset", owner=second, cvr="10000009")
    application.linked.create(cvr="10000009", name=linked.name)
    earlier = make_application(round_, "Tidligere", organisation=application.organisation, owner=application.contact)
    actions.declare_conflict(third, asked(round_, earlier, third)[0], "Min søster er ansat der.")
    for person, why in ((first, OWN_DEPARTMENT), (second, OWN_ORGANISATION), (third, DECLARED)):
        with pytest.raises(Refused) as refusal:
            actions.assign(round_.manager, application, person, due=None)
        assert refusal.value.reason == why
    assert actions.spread_call(round_.manager, round_.call, due=None)[0].application == earlier
    assert not application.assignments.exists()


def test_a_department_in_dialogue_about_the_solution_does_not_assess_it(round_: Round) -> None:
    owner, editor = make_user("Olga"), make_employee(round_.municipality, "department_editor", round_.departments[1])
    organisation: Any = make_organisation(round_.municipality, owner=owner)
    solution = make_solution(owner, organisation, published=True)
    challenge = make_challenge(editor, round_.municipality, department=round_.departments[1], published=True)
    application = make_application(round_, organisation=organisation, owner=owner, solution=solution)
    before = {one.assessor for one in actions.spread_call(round_.manager, round_.call, due=None)}
    assert round_.assessors[1] in before
    Assignment.objects.all().delete()
    sought = Listing.objects.get(kind="challenge", subject_id=challenge.pk)
    offered = Listing.objects.get(kind="solution", subject_id=solution.pk)
    meeting_actions.accept(editor, meeting_actions.open_meeting(owner, sought, offered, "Vi vil gerne tale sammen."))
    after = {one.assessor for one in actions.spread_call(round_.manager, round_.call, due=None)}
    assert after == {round_.assessors[0], round_.assessors[2]}
    assert application.assignments.count() == 2


def test_only_assessors_of_the_pool_are_asked_and_only_by_who_looks_after_it(round_: Round) -> None:
    application = make_application(round_)
    stranger: Any = make_employee(round_.municipality, "caseworker", round_.departments[0])
    with pytest.raises(Refused):
        actions.assign(round_.manager, application, stranger, due=None)
    with pytest.raises(Refused):
        actions.assign(round_.assessors[0], application, round_.assessors[1], due=None)
    with pytest.raises(ValidationError):
        actions.assign(round_.manager, application, round_.assessors[0], due=clock.today() - timedelta(days=1))
    Membership.objects.create(user=round_.manager, organisation=application.organisation, kind="member")
    del round_.manager.current_memberships
    with pytest.raises(Refused):
        actions.assign(round_.manager, application, round_.assessors[0], due=None)


def test_scores_are_kept_as_a_draft_and_locked_when_she_is_done(round_: Round) -> None:
    person, application = round_.assessors[0], make_application(round_)
    assignment = asked(round_, application, person)[0]
    with pytest.raises(WrongState):
        actions.save_scores(person, assignment, scores_of(round_, 3, 4), "")
    actions.clear(person, assignment)
    first, second = round_.criteria
    actions.save_scores(person, assignment, {first.pk: Given(None, "Hm"), second.pk: Given(3)}, "Ved ikke")
    with pytest.raises(ValidationError, match="Effekt, Økonomi"):
        actions.finish(person, assignment, {}, "")
    for points in (6, -1):
        with pytest.raises(ValidationError):
            actions.save_scores(person, assignment, {first.pk: Given(points)}, "")
    with pytest.raises(ValidationError):
        actions.save_scores(person, assignment, {10**9: Given(1)}, "")
    done = actions.finish(person, assignment, scores_of(round_, 5, 8), "Rigtig god")
    assert (done.state, Opinion.objects.get().text) == ("done", "Rigtig god")
    assert list(Score.objects.order_by("criterion__number").values_list("points", flat=True)) == [5, 8]
    with pytest.raises(WrongState):
        actions.save_scores(person, done, scores_of(round_, 1, 1), "")


def test_scores_are_taken_up_again_with_a_reason_until_the_discussion_is_closed(round_: Round) -> None:
    person, application = round_.assessors[0], make_application(round_)
    done = assess(round_, asked(round_, application, person)[0], 5, 8)
    with pytest.raises(ReasonMissing):
        actions.reopen(person, done, " ")
    again = actions.reopen(person, done, "Jeg havde overset budgettet.")
    assert steps_of(again).last().reason == "Jeg havde overset budgettet."  # type: ignore[union-attr]
    actions.finish(person, again, scores_of(round_, 4, 8), "")
    actions.close_discussion(round_.manager, application)
    actions.close_discussion(round_.manager, application)
    assert ClosedDiscussion.objects.count() == 1
    with pytest.raises(Refused):
        actions.reopen(person, done, "En gang til")
    with pytest.raises(Refused):
        actions.remark(person, application, "Hov")


def test_a_conflict_before_reading_is_told_and_somebody_else_is_asked(round_: Round) -> None:
    first, second, third = round_.assessors
    application = make_application(round_)
    assignment = asked(round_, application, first, second, due=clock.today())[0]
    with pytest.raises(ReasonMissing):
        actions.declare_conflict(first, assignment, " ")
    with pytest.raises(Refused):
        actions.declare_conflict(second, assignment, "Ikke min")
    actions.declare_conflict(first, assignment, "Min bror ejer huset.")
    following.follow_conflict(assignment.pk)
    following.follow_conflict(assignment.pk)
    assert states(application) == {first.name: "conflict", second.name: "asked", third.name: "asked"}
    assert told("conflict") == {"Frida Fond"}
    assert not rules.may_read(first, application)


def test_a_conflict_found_later_ends_it_and_her_scores_count_no_more(round_: Round) -> None:
    first, second, _third = round_.assessors
    application = make_application(round_)
    one, two = asked(round_, application, first, second)
    assess(round_, one, 5, 10)
    assess(round_, two, 1, 5)
    row = queries.board_of(round_.manager, round_.call).order[0]
    assert row.total is not None
    assert (row.total.sums, row.total.given, row.total.most) == ((25, 8), 33, 50)
    actions.declare_conflict(first, one, "Jeg har fået job hos dem.")
    board = queries.board_of(round_.manager, round_.call)
    assert (board.order, board.unfinished[0].done) == ([], 1)
    shown = queries.side_by_side(round_.manager, application)
    assert [(each.counts, each.sum_of(round_.criteria)) for each in shown] == [(False, 25), (True, 8)]


def test_others_scores_are_seen_only_after_ones_own(round_: Round) -> None:
    first, second, third = round_.assessors
    application = make_application(round_)
    tomorrow = clock.today() + timedelta(days=1)
    one, two = asked(round_, application, first, second, due=tomorrow)
    assess(round_, one, 5, 10)
    assert len(queries.side_by_side(first, application)) == 1
    assert queries.side_by_side(second, application) == []
    assert queries.side_by_side(third, application) == []
    assert queries.side_by_side(round_.manager, application) == []
    assert not rules.sight_of(round_.decider, application).shows_scores(one)
    with pytest.raises(Refused):
        actions.remark(second, application, "Hvad synes I?")
    assess(round_, two, 1, 5)
    for person in (first, second, round_.manager, round_.decider):
        assert len(queries.side_by_side(person, application)) == 2
    actions.remark(second, application, "Jeg er uenig.")
    assert [said.text for said in queries.remarks_on(application)] == ["Jeg er uenig."]


def test_when_the_day_has_passed_who_decides_sees_what_there_is(round_: Round) -> None:
    first, second, _third = round_.assessors
    application = make_application(round_)
    one, _two = asked(round_, application, first, second, due=clock.today())
    assess(round_, one, 5, 10)
    assert queries.side_by_side(round_.manager, application) == []
    Assignment.objects.update(due=clock.today() - timedelta(days=1))
    assert len(queries.side_by_side(round_.manager, application)) == 1
    assert queries.board_of(round_.manager, round_.call).unfinished[0].total is not None


def test_who_cannot_is_let_off_and_another_is_asked(round_: Round) -> None:
    first, second, _third = round_.assessors
    application = make_application(round_)
    one = asked(round_, application, first)[0]
    with pytest.raises(Refused):
        actions.release(second, one, "Nej")
    actions.release(round_.manager, one, "Du er på barsel.")
    assert told("released") == {first.name}
    with pytest.raises(Refused):
        actions.assign(round_.manager, application, first, due=None)
    assert len(actions.spread_call(round_.manager, round_.call, due=None)) == 2


def test_the_board_ranks_against_the_money_that_is_left(round_: Round) -> None:
    dear, cheap, late = (
        make_application(round_, name, asked=each) for name, each in [("A", 9_000_000), ("B", 2_000_000), ("C", 1)]
    )
    for application, points in ((dear, (5, 10)), (cheap, (4, 10))):
        for assignment in asked(round_, application, *round_.assessors[:2]):
            assess(round_, assignment, *points)
    board = queries.board_of(round_.manager, round_.call)
    assert [(row.application, row.rank.covered) for row in board.order if row.rank] == [(dear, True), (cheap, False)]
    assert [row.application for row in board.unfinished] == [late]
    Membership.objects.create(user=round_.decider, organisation=dear.organisation, kind="member")
    assert [row.application for row in queries.board_of(round_.decider, round_.call).order] == [cheap]


def test_all_are_told_when_an_application_has_been_assessed_and_what_is_said_of_it(round_: Round) -> None:
    first, second, _third = round_.assessors
    application = make_application(round_)
    one, two = asked(round_, application, first, second)
    assess(round_, one, 5, 10)
    following.follow_finished(application.pk)
    assert told("assessed") == set()
    assess(round_, two, 5, 10)
    following.follow_finished(application.pk)
    assert told("assessed") == {"Frida Fond"}
    said = actions.remark(first, application, "Enige?")
    following.tell_remark(said.pk)
    assert told("remark") == {second.name, "Frida Fond"}


def test_each_is_reminded_once_before_and_once_after_the_day(round_: Round) -> None:
    application = make_application(round_)
    soon = clock.today() + timedelta(days=2)
    asked(round_, application, *round_.assessors[:2], due=soon)
    assert (following.remind_of_assessments(), following.remind_of_assessments()) == (2, 0)
    Assignment.objects.update(due=clock.today() - timedelta(days=1))
    assert (following.remind_of_assessments(), following.remind_of_assessments()) == (2, 0)
    actions.close_discussion(round_.manager, application)
    Assignment.objects.update(due=clock.today() - timedelta(days=2))
    assert following.remind_of_assessments() == 0


def test_what_is_decided_or_closed_is_not_at_hand_any_more(round_: Round) -> None:
    first, second, _third = round_.assessors
    for title, over in (("Trukket", {"state": "withdrawn"}), ("Afgjort", {"state": "refused"})):
        old = make_application(round_, title)
        asked(round_, old, first)
        Application.objects.filter(pk=old.pk).update(**over)
    closed = make_application(round_, "Afsluttet")
    asked(round_, closed, first)
    actions.close_discussion(round_.manager, closed)
    still = make_application(round_, "Venter")
    asked(round_, still, second)
    known = choosing(round_.pool, [still])
    assert (known.load[first.pk], known.load[second.pk]) == (0, 1)


def test_nobody_begins_to_read_what_is_over(round_: Round) -> None:
    first, second, _third = round_.assessors
    withdrawn, closed = make_application(round_, "Trukket"), make_application(round_, "Afsluttet")
    one, two = asked(round_, withdrawn, first)[0], asked(round_, closed, second)[0]
    Application.objects.filter(pk=withdrawn.pk).update(state="withdrawn")
    actions.close_discussion(round_.manager, closed)
    for person, assignment in ((first, one), (second, two)):
        with pytest.raises(Refused):
            actions.clear(person, assignment)
        assignment.refresh_from_db()
        assert (assignment.state, assignment.declared) == ("asked", None)


def test_who_comes_to_belong_to_the_applicant_sees_only_her_own_part(round_: Round) -> None:
    first, second, _third = round_.assessors
    application = make_application(round_)
    one, two = asked(round_, application, first, second)
    done = assess(round_, one, 5, 10)
    assess(round_, two, 1, 5)
    Membership.objects.create(user=first, organisation=application.organisation, kind="member")
    del first.current_memberships
    assert [each.assignment for each in queries.side_by_side(first, application)] == [one]
    with pytest.raises(Refused):
        actions.remark(first, application, "Hov.")
    with pytest.raises(Refused):
        actions.reopen(first, done, "En fejl.")
    assert actions.declare_conflict(first, done, "Jeg er kommet i bestyrelsen.").state == "conflict"


def test_a_conflict_is_told_once_and_says_how_many_are_lacking(round_: Round) -> None:
    first, second, third = round_.assessors
    application = make_application(round_)
    one, two = asked(round_, application, first, second)
    for person, assignment, lacking, instead in ((first, one, 0, third.name), (second, two, 1, "")):
        actions.declare_conflict(person, assignment, "Min bror ejer huset.")
        following.follow_conflict(assignment.pk)
        following.follow_conflict(assignment.pk)
        told_last = Notice.objects.filter(kind="assessment.conflict").order_by("-pk")[0]
        assert (told_last.params["lacking"], told_last.params["instead"]) == (lacking, instead)
    assert Notice.objects.filter(kind="assessment.conflict").count() == 2


def test_all_done_is_told_again_when_somebody_has_changed_her_scores(round_: Round) -> None:
    first, second, _third = round_.assessors
    application = make_application(round_)
    one, two = asked(round_, application, first, second)
    assess(round_, one, 5, 10)
    done = assess(round_, two, 5, 10)
    following.follow_finished(application.pk)
    following.follow_finished(application.pk)
    assert Notice.objects.filter(kind="assessment.assessed").count() == 1
    again = actions.reopen(second, done, "En fejl.")
    following.follow_finished(application.pk)
    assert Notice.objects.filter(kind="assessment.assessed").count() == 1
    actions.finish(second, again, scores_of(round_, 1, 1), "")
    following.follow_finished(application.pk)
    assert Notice.objects.filter(kind="assessment.assessed").count() == 2
