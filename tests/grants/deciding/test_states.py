"""Whatever those who draft, decide and apply do in whatever order, decisions and the money stay whole."""

from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import StateMachine, steps_of
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.grants.deciding import actions, complaints, hearings
from fyrtaarn.grants.deciding.states import COMPLAINT_STATES, DECISION_STATES
from fyrtaarn.grants.models import Complaint, Decision, Grant, Hearing
from fyrtaarn.ledger.queries import totals

from .conftest import Matter, apply, words

NUMBER = count(1)
MORE = {("draft", "", "draft"), ("yes", "proposed", "proposed"), ("complain", "", "received")}


def declared(machine: StateMachine) -> set[tuple[str, str, str]]:
    return {(step.name, source, step.target) for step in machine.transitions.values() for source in step.sources} | MORE


@pytest.mark.timeout(300)
@pytest.mark.django_db
def test_any_walk_keeps_decisions_whole(matter: Matter) -> None:
    people = [matter.manager, matter.decider, matter.other_decider, matter.owner]
    who, amount = st.sampled_from(range(4)), st.sampled_from([0, 50_000_00])

    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.application = apply(matter, f"Igen {next(NUMBER)}")
            self.before = totals(matter.pool.book)

        def attempt(self, act: Any) -> None:
            with suppress(Refused, ValidationError, Conflict):
                act()

        @property
        def decision(self) -> Decision | None:
            return Decision.objects.filter(application=self.application).exclude(state="reversed").first()

        @rule(by=who, oere=amount)
        def draft(self, by: int, oere: int) -> None:
            fields = words(oere=oere, outcome="in_part" if oere else "refused")
            self.application.refresh_from_db()
            found = self.decision
            if found is None:
                self.attempt(lambda: actions.draft(people[by], self.application, fields))
            else:
                self.attempt(lambda: actions.change(people[by], found, fields, found.version))

        @rule(by=who, name=st.sampled_from(["hear", "propose", "take_back", "yes", "yes", "complain"]))
        def step(self, by: int, name: str) -> None:
            one, person = self.decision, people[by]
            if one is None:
                return
            acts = {
                "hear": lambda: hearings.hear(person, one, "Gæld", clock.today() + timedelta(days=8)),
                "propose": lambda: actions.propose(person, one),
                "take_back": lambda: actions.take_back(person, one, "Vent"),
                "yes": lambda: actions.say_yes(person, one, one.version),
                "complain": lambda: complaints.complain(person, one, "Forkert"),
            }
            self.attempt(acts[name])

        @rule(by=who)
        def answer_hearing(self, by: int) -> None:
            hearing = Hearing.objects.filter(application=self.application, answered=None).first()
            if hearing:
                self.attempt(lambda: hearings.answer(people[by], hearing, "Nej"))

        @rule(by=who, right=st.booleans())
        def answer_complaint(self, by: int, right: bool) -> None:
            complaint = Complaint.objects.filter(decision__application=self.application, state="received").first()
            if complaint:
                self.attempt(lambda: complaints.answer(people[by], complaint, "Svar", right=right))

        @rule(by=who)
        def withdraw(self, by: int) -> None:
            complaint = Complaint.objects.filter(decision__application=self.application, state="received").first()
            if complaint:
                self.attempt(lambda: complaints.withdraw(people[by], complaint))

        @invariant()
        def whole(self) -> None:
            self.application.refresh_from_db()
            found = self.decision
            is_decided = found is not None and found.state == "decided"
            assert (self.application.state in ("granted", "refused")) == is_decided
            granted = found.oere if found is not None and is_decided else 0
            now = totals(matter.pool.book)
            assert now["grant"] - self.before["grant"] == granted
            assert self.before["free"] - now["free"] == granted
            for decision in Decision.objects.filter(application=self.application):
                assert {(s.name, s.source, s.target) for s in steps_of(decision)} <= declared(DECISION_STATES)
                assert decision.yeses.count() == (1 if decision.state in ("decided", "reversed") else 0)
                assert (decision.letter is None) == (decision.state not in ("decided", "reversed"))
                assert Grant.objects.filter(decision=decision, state="active").exists() == bool(
                    decision.oere and decision.state == "decided"
                )
                for complaint in decision.complaints.all():
                    assert {(s.name, s.source, s.target) for s in steps_of(complaint)} <= declared(COMPLAINT_STATES)

    limits = settings(max_examples=8, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Walk, settings=limits)  # type: ignore[no-untyped-call]
