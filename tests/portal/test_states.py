"""Whatever people do in whatever order, a challenge and its listing stay whole."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.listings.models import Listing
from fyrtaarn.portal import actions
from fyrtaarn.portal.models import Challenge
from fyrtaarn.portal.states import CHALLENGE_STATES, ENDING_STEPS, PLAIN_STEPS

from .conftest import make_challenge


@pytest.mark.django_db
def test_any_walk_keeps_the_challenge_whole(kolding: Any, editor: Any) -> None:
    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.challenge = make_challenge(editor, kolding)
            self.walked = 0

        def attempt(self, act: Any) -> None:
            before = Challenge.objects.get(pk=self.challenge.pk).state
            try:
                act()
            except Refused:
                assert Challenge.objects.get(pk=self.challenge.pk).state == before
            else:
                self.walked += 1

        @rule()
        def publish(self) -> None:
            self.attempt(lambda: actions.publish_challenge(editor, self.challenge))

        @rule(step=st.sampled_from(PLAIN_STEPS))
        def go(self, step: str) -> None:
            self.attempt(lambda: actions.step_challenge(editor, self.challenge, step))

        @rule(step=st.sampled_from(ENDING_STEPS), learned=st.sampled_from(["", "Det virkede."]))
        def end(self, step: str, learned: str) -> None:
            self.attempt(lambda: actions.end_challenge(editor, self.challenge, step, learned))

        @rule(title=st.sampled_from(["", "Nyt navn"]))
        def rename(self, title: str) -> None:
            current = Challenge.objects.get(pk=self.challenge.pk)
            try:
                actions.change_challenge(editor, current, {"title": title}, current.version)
            except Refused:
                assert title == ""

        @invariant()
        def whole(self) -> None:
            current = Challenge.objects.get(pk=self.challenge.pk)
            listed = Listing.objects.filter(kind="challenge", subject_id=current.pk, ended=None).first()
            assert (listed is None) == (current.state == "draft")
            if listed is not None:
                assert (listed.state, listed.title) == (current.state, current.title)
            if current.state in ("solved", "closed"):
                assert current.learned
            log = list(steps_of(current))
            assert len(log) == self.walked
            assert all(a.target == b.source for a, b in pairwise(log))
            assert not log or log[-1].target == current.state

    limits = settings(max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Walk, settings=limits)  # type: ignore[no-untyped-call]


def test_every_step_starts_and_ends_in_a_known_state() -> None:
    known = set(Challenge._meta.get_field("state").choices and dict(Challenge._meta.get_field("state").choices))
    for step in CHALLENGE_STATES.transitions.values():
        assert {*step.sources, step.target} <= known
