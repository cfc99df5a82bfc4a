"""Whatever people try in whatever order: the dialogue never reaches a forbidden state, and every step is logged."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.meetings import actions, queries, rules
from fyrtaarn.meetings.models import Meeting, MeetingState
from fyrtaarn.meetings.states import MEETING_STATES
from fyrtaarn.people.models import User
from tests.harness.people import make_employee

from .conftest import Pair

PEOPLE = ("editor", "colleague", "owner", "member", "stranger", "administrator")
SIDES = {"editor": "sought", "colleague": "sought", "owner": "offered", "member": "offered"}
ALLOWED_STEPS = {("", "proposed")} | {
    (source, transition.target) for transition in MEETING_STATES.transitions.values() for source in transition.sources
}


class Dialogue(RuleBasedStateMachine):
    """Random people try random steps."""

    pair: Pair
    people: dict[str, Any]

    def __init__(self) -> None:
        super().__init__()
        Meeting.objects.all().delete()
        self.messages = 0
        self.days = 0

    def attempt(self, act: Any) -> Any:
        """Do it; a refusal changes nothing."""
        before = list(Meeting.objects.values_list("state", "opened_by", "closed_by", "latest"))
        try:
            done = act()
        except Refused:
            assert list(Meeting.objects.values_list("state", "opened_by", "closed_by", "latest")) == before
            return None
        return done

    def person(self, name: str) -> Any:
        return User.objects.get(pk=self.people[name].pk)

    @property
    def meeting(self) -> Meeting | None:
        return Meeting.objects.first()

    @rule(who=st.sampled_from(PEOPLE))
    def ask(self, who: str) -> None:
        done = self.attempt(lambda: actions.open_meeting(self.person(who), self.pair.sought, self.pair.offered, "Hej"))
        assert (done is None) or who != "stranger"
        self.messages += done is not None

    @precondition(lambda self: self.meeting)
    @rule(who=st.sampled_from(PEOPLE), act=st.sampled_from((actions.accept, actions.decline)))
    def answer(self, who: str, act: Any) -> None:
        asked = self.meeting
        done = self.attempt(lambda: act(self.person(who), asked, "Svar"))
        if done is not None:
            assert asked is not None
            assert asked.state == "proposed"
            assert SIDES[who] != asked.opened_by
            self.messages += 1

    @precondition(lambda self: self.meeting)
    @rule(who=st.sampled_from(PEOPLE), act=st.sampled_from((actions.write, actions.end, actions.open_again)))
    def go_on(self, who: str, act: Any) -> None:
        before = self.meeting
        done = self.attempt(lambda: act(self.person(who), before, "Ord"))
        assert (done is None) or who != "stranger"
        self.messages += done is not None
        if done is not None and before is not None and act is actions.open_again and SIDES.get(who) != before.closed_by:
            assert done.state == "proposed"  # nobody forces a dialogue on the other side

    @precondition(lambda self: self.meeting)
    @rule(act=st.sampled_from((actions.agree, actions.conclude)))
    def follow_agreement(self, act: Any) -> None:
        act(self.pair.editor, self.meeting)

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.days += days
        moment = START + timedelta(days=self.days)
        clock.now = lambda: moment

    @invariant()
    def holds(self) -> None:
        assert Meeting.objects.count() <= 1
        meeting = self.meeting
        if meeting is None:
            return
        steps = list(steps_of(meeting))
        assert all((step.source, step.target) in ALLOWED_STEPS for step in steps)
        assert [step.source for step in steps[1:]] == [step.target for step in steps[:-1]]
        assert steps[-1].target == meeting.state
        assert meeting.messages.count() == self.messages
        assert (meeting.closed is not None) == (meeting.state in (MeetingState.DECLINED, MeetingState.ENDED))
        for name in PEOPLE:
            person = self.person(name)
            listed = queries.dialogues_of(person).first()
            side = rules.side_of(person, meeting)
            assert (listed is None) == (side is None), name
            assert listed is None or listed.mine == side


START = clock.now()


class TestDialogue(TestCase):
    """The machine, within a transaction that is rolled back."""

    @pytest.fixture(autouse=True)
    def _pair(self, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", clock.now)  # put back what the machine sets
        self.pair = pair

    def test_random_orders(self) -> None:
        pair = self.pair

        class OfPair(Dialogue):
            pass

        OfPair.pair = pair
        administrator = make_employee(pair.municipality, "municipality_administrator")
        OfPair.people = {name: getattr(pair, name, administrator) for name in PEOPLE}
        run_state_machine_as_test(
            OfPair,
            settings=settings(
                max_examples=12,
                stateful_step_count=20,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
