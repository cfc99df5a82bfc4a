"""Whatever people do in whatever order, proposals, meetings and minutes stay whole."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from fyrtaarn.council import actions
from fyrtaarn.council.models import AgendaItem, AgendaProposal, CouncilMeeting
from fyrtaarn.council.states import MEETING_STATES, PROPOSAL_STATES
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import StateMachine, steps_of

from .conftest import Board, make_meeting

REASONS = st.sampled_from(["", "Derfor."])


def declared(machine: StateMachine) -> set[tuple[str, str, str]]:
    return {(step.name, source, step.target) for step in machine.transitions.values() for source in step.sources}


@pytest.mark.django_db
def test_any_walk_keeps_a_proposal_and_its_meeting_whole(board: Board) -> None:
    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.meeting = make_meeting(board)
            self.proposal = actions.propose(board.members[0], board.council, title="A", text="B", show_name=True)

        def attempt(self, act: Any) -> None:
            before = self.states()
            try:
                act()
            except Refused:
                assert self.states() == before

        def states(self) -> tuple[str, str]:
            proposal = AgendaProposal.objects.get(pk=self.proposal.pk)
            return proposal.state, CouncilMeeting.objects.get(pk=self.meeting.pk).state

        @rule(reason=REASONS)
        def accept(self, reason: str) -> None:
            self.attempt(lambda: actions.accept_proposal(board.secretary, self.proposal, self.meeting, reason))

        @rule(reason=REASONS)
        def decline(self, reason: str) -> None:
            self.attempt(lambda: actions.decline_proposal(board.secretary, self.proposal, reason))

        @rule(number=st.integers(0, 1))
        def withdraw(self, number: int) -> None:
            self.attempt(lambda: actions.withdraw_proposal(board.members[number], self.proposal))

        @rule()
        def call(self) -> None:
            self.attempt(lambda: actions.call_meeting(board.secretary, self.meeting))

        @rule(reason=REASONS)
        def cancel(self, reason: str) -> None:
            self.attempt(lambda: actions.cancel_meeting(board.secretary, self.meeting, reason))

        @invariant()
        def whole(self) -> None:
            proposal = AgendaProposal.objects.get(pk=self.proposal.pk)
            meeting = CouncilMeeting.objects.get(pk=self.meeting.pk)
            assert AgendaItem.objects.filter(proposal=proposal).exists() == (proposal.state == "accepted")
            assert bool(proposal.reason) == (proposal.state in ("accepted", "declined"))
            assert bool(meeting.cancelled_why) == (meeting.state == "cancelled")
            for subject, machine in ((proposal, PROPOSAL_STATES), (meeting, MEETING_STATES)):
                first, *log = steps_of(subject)
                assert {(one.name, one.source, one.target) for one in log} <= declared(machine)
                assert all(a.target == b.source for a, b in pairwise([first, *log]))
                assert [first, *log][-1].target == subject.state

    limits = settings(max_examples=12, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Walk, settings=limits)  # type: ignore[no-untyped-call]
