"""Whatever assessors and those who assign them do in whatever order, an assessment stays whole."""

from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from fyrtaarn.assessment import actions, following, queries
from fyrtaarn.assessment.models import Assignment
from fyrtaarn.assessment.states import ASSIGNMENT_STATES
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import steps_of

from .conftest import Round, make_application, scores_of

DECLARED = {
    (step.name, source, step.target) for step in ASSIGNMENT_STATES.transitions.values() for source in step.sources
}


@pytest.mark.timeout(300)
@pytest.mark.django_db
def test_any_walk_keeps_an_assessment_whole(round_: Round) -> None:
    people = [*round_.assessors, round_.manager, round_.decider]
    who = st.sampled_from(range(len(people)))

    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.application = make_application(round_)

        def attempt(self, act: Any) -> None:
            with suppress(Refused, ValidationError):
                act()

        def assignment(self, number: int) -> Assignment | None:
            return Assignment.objects.filter(application=self.application, assessor=people[number]).first()

        @rule(by=who, whom=who)
        def assign(self, by: int, whom: int) -> None:
            self.attempt(lambda: actions.assign(people[by], self.application, people[whom], due=None))

        @rule(by=who, whose=who, name=st.sampled_from(["clear", "conflict", "finish", "reopen", "release"]))
        def step(self, by: int, whose: int, name: str) -> None:
            one, person = self.assignment(whose), people[by]
            if one is None:
                return
            acts = {
                "clear": lambda: actions.clear(person, one),
                "conflict": lambda: actions.declare_conflict(person, one, "Min søster."),
                "finish": lambda: actions.finish(person, one, scores_of(round_, 2, 3), ""),
                "reopen": lambda: actions.reopen(person, one, "En fejl."),
                "release": lambda: actions.release(person, one, "Ferie."),
            }
            self.attempt(acts[name])
            if name == "conflict":
                following.replace(self.application.pk, None)

        @rule(by=who)
        def close(self, by: int) -> None:
            self.attempt(lambda: actions.close_discussion(people[by], self.application))

        @invariant()
        def whole(self) -> None:
            rows = list(Assignment.objects.filter(application=self.application).order_by("pk"))
            for one in rows:
                _asked, *log = steps_of(one)
                assert {(step.name, step.source, step.target) for step in log} <= DECLARED
                assert all(step.by == one.assessor for step in log if step.name != "release")
                assert one.state in ("asked", "released") or one.declared is not None
                assert one.state != "done" or not actions.missing_in(one)
            open_ones = [one for one in rows if one.state in ("asked", "reading")]
            seen = queries.side_by_side(round_.manager, self.application)
            assert not (seen and open_ones)

    limits = settings(max_examples=10, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Walk, settings=limits)  # type: ignore[no-untyped-call]
