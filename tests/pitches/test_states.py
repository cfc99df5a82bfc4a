"""Whatever teams and ambassadors do in whatever order, pitches and comments stay whole."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import StateMachine, steps_of
from fyrtaarn.pitches import actions
from fyrtaarn.pitches.models import Pitch, PitchReview, PitchVersion
from fyrtaarn.pitches.states import PITCH_STATES, REVIEW_STATES

from .table import Table

WHO = st.sampled_from(["olga", "mads", "asta", "administrator"])


def declared(machine: StateMachine) -> set[tuple[str, str, str]]:
    return {(step.name, source, step.target) for step in machine.transitions.values() for source in step.sources}


@pytest.mark.django_db
def test_any_walk_keeps_a_pitch_whole(table: Table) -> None:
    team = (table.olga, table.mads)

    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.pitch = table.begun()
            self.number = 0

        def attempt(self, act: Any) -> None:
            with suppress(Refused):
                act()

        @rule(who=WHO)
        def write(self, who: str) -> None:
            self.number += 1
            current = Pitch.objects.get(pk=self.pitch.pk)
            words = {"problem": f"Nr. {self.number}"}
            self.attempt(lambda: actions.write(getattr(table, who), current, words, current.version))

        @rule(who=WHO)
        def show(self, who: str) -> None:
            self.attempt(lambda: actions.show(getattr(table, who), self.pitch))

        @rule(who=WHO, name=st.sampled_from(["hide", "put_away", "take_out"]))
        def step(self, who: str, name: str) -> None:
            self.attempt(lambda: PITCH_STATES.perform(name, self.pitch, by=getattr(table, who)))

        @rule(who=WHO)
        def ask(self, who: str) -> None:
            self.attempt(lambda: actions.ask(getattr(table, who), self.pitch, table.ambassador, table.due))

        @rule(who=WHO, name=st.sampled_from(["finish", "decline", "withdraw"]))
        def answer(self, who: str, name: str) -> None:
            review = PitchReview.objects.filter(version__pitch=self.pitch).order_by("-pk").first()
            if review is None:
                return
            person = getattr(table, who)
            if name == "finish":
                self.attempt(lambda: actions.finish(person, review, {"problem": "Godt"}, ""))
            else:
                self.attempt(lambda: REVIEW_STATES.perform(name, review, by=person, reason="Derfor"))

        @invariant()
        def whole(self) -> None:
            pitch = Pitch.objects.get(pk=self.pitch.pk)
            shown = PitchVersion.objects.filter(pitch=pitch, shown=True).count()
            assert shown == (1 if pitch.state == "shown" else 0)
            numbers = list(PitchVersion.objects.filter(pitch=pitch).order_by("number").values_list("number", flat=True))
            assert numbers == list(range(1, len(numbers) + 1))
            begun, *log = steps_of(pitch)
            assert begun.by in team
            assert {(step.name, step.source, step.target) for step in log} <= declared(PITCH_STATES)
            assert all(step.by in team for step in log)
            for review in PitchReview.objects.filter(version__pitch=pitch):
                assert (review.finished is None) == (review.state == "asked")
                _asked, *steps = steps_of(review)
                assert {(step.name, step.source, step.target) for step in steps} <= declared(REVIEW_STATES)
                assert all(step.by == table.asta for step in steps if step.name != "withdraw")

    limits = settings(max_examples=12, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Walk, settings=limits)  # type: ignore[no-untyped-call]
