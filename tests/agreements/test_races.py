"""What the parties may do at the same moment."""

from datetime import timedelta

import pytest

from fyrtaarn.agreements import actions
from fyrtaarn.agreements.models import Acceptance, Agreement, Review, Wording
from fyrtaarn.agreements.reminders import remind_of_ends, remind_of_reviews
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import WrongState, steps_of
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.meetings.models import Meeting
from tests.harness.people import make_department, make_employee
from tests.harness.races import at_once
from tests.meetings.conftest import Pair

from .conftest import EXPERIENCE, make_active, make_draft, make_meeting, make_proposed, terms

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("attempt", range(3))
def test_the_two_last_parties_say_yes_at_once(pair: Pair, attempt: int) -> None:
    draft = make_draft(pair)
    other = make_department(pair.municipality, "Teknikforvaltningen")
    third = make_employee(pair.municipality, "contact_person", other, name="Tove Teknik")
    actions.add_party(pair.editor, draft, other)
    draft.refresh_from_db()
    wording = actions.propose(pair.editor, draft, draft.version)
    outcomes = at_once(lambda: actions.accept(pair.owner, wording), lambda: actions.accept(third, wording))
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    agreement = Agreement.objects.get()
    assert agreement.state == "active"
    assert [step.name for step in steps_of(agreement)].count("activate") == 1
    assert Acceptance.objects.count() == 3
    assert Meeting.objects.get().state == "agreed"


@pytest.mark.parametrize("attempt", range(3))
def test_colleagues_say_yes_and_no_at_once(pair: Pair, attempt: int) -> None:
    wording = make_proposed(pair)
    outcomes = at_once(
        lambda: actions.accept(pair.owner, wording), lambda: actions.decline(pair.member, wording, "Nej.")
    )
    assert len([outcome for outcome in outcomes if isinstance(outcome, Refused)]) == 1
    state, text = Agreement.objects.get().state, Wording.objects.get().state
    assert (state, text) in {("active", "in_force"), ("draft", "declined")}


@pytest.mark.parametrize("attempt", range(3))
def test_a_yes_meets_a_taking_back(pair: Pair, attempt: int) -> None:
    wording = make_proposed(pair)
    outcomes = at_once(lambda: actions.accept(pair.owner, wording), lambda: actions.take_back(pair.editor, wording))
    assert len([outcome for outcome in outcomes if isinstance(outcome, Refused)]) == 1
    state, text = Agreement.objects.get().state, Wording.objects.get().state
    assert (state, text) in {("active", "in_force"), ("draft", "withdrawn")}


def test_both_begin_at_once(pair: Pair) -> None:
    meeting = make_meeting(pair)
    outcomes = at_once(
        lambda: actions.begin_from(pair.editor, meeting, terms(title="Fra Eva")),
        lambda: actions.begin_from(pair.owner, meeting, terms(title="Fra Olga")),
    )
    assert outcomes[0] == outcomes[1] == Agreement.objects.get()


def test_both_edit_at_once_and_the_second_is_told(pair: Pair) -> None:
    draft = make_draft(pair)
    outcomes = at_once(
        lambda: actions.change_draft(pair.editor, draft, terms(goal="Fra Eva"), draft.version),
        lambda: actions.change_draft(pair.owner, draft, terms(goal="Fra Olga"), draft.version),
    )
    conflicts = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    assert len(conflicts) == 1
    assert conflicts[0].current.goal == Agreement.objects.get().goal


def test_both_propose_a_change_at_once(pair: Pair) -> None:
    agreement = make_active(pair)
    outcomes = at_once(
        lambda: actions.propose_change(pair.editor, agreement, terms(goal="Syv"), "Derfor", agreement.version),
        lambda: actions.propose_change(pair.owner, agreement, terms(goal="Otte"), "Derfor", agreement.version),
    )
    assert len([outcome for outcome in outcomes if isinstance(outcome, Refused)]) == 1
    assert Wording.objects.filter(state="proposed").count() == 1


def test_both_close_at_once(pair: Pair) -> None:
    agreement = make_active(pair)
    outcomes = at_once(
        lambda: actions.complete(pair.editor, agreement, EXPERIENCE),
        lambda: actions.end(pair.owner, agreement, {**EXPERIENCE, "worked": "Intet."}),
    )
    assert len([outcome for outcome in outcomes if isinstance(outcome, Refused)]) == 1
    closed = Agreement.objects.get()
    assert closed.worked == (EXPERIENCE["worked"] if closed.state == "completed" else "Intet.")


def test_both_hold_a_review_at_once(pair: Pair) -> None:
    review = actions.plan_review(pair.editor, make_active(pair), clock.today())
    outcomes = at_once(
        lambda: actions.hold_review(pair.editor, review, "on_track", "Fra Eva"),
        lambda: actions.hold_review(pair.owner, review, "attention", "Fra Olga"),
        lambda: actions.cancel_review(pair.owner, review),
    )
    done = [outcome for outcome in outcomes if not isinstance(outcome, Exception)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, WrongState)]
    assert len(done) == 1
    assert len(refused) == 2
    assert Review.objects.count() == (0 if outcomes[2] is None else 1)


def test_workers_remind_once(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    agreement = make_active(pair)
    actions.plan_review(pair.editor, agreement, clock.today() + timedelta(days=20))
    begun = clock.now()
    for days, ahead, overdue, over in ((5, 0, 0, 0), (6, 2, 0, 0), (20, 2, 0, 0), (21, 2, 2, 0), (365, 2, 2, 2)):
        moment = begun + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        at_once(remind_of_reviews, remind_of_reviews, remind_of_ends, remind_of_ends)
        told = [n.params.get("overdue") for n in Notice.objects.filter(kind="agreements.review")]
        assert (told.count(False), told.count(True)) == (ahead, overdue), days
        assert Notice.objects.filter(kind="agreements.over").count() == over
