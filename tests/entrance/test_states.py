"""Whatever people try in whatever order: a question stays whole, every step is logged, and days count once."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from fyrtaarn.entrance import actions, rules
from fyrtaarn.entrance.models import OPEN_STATES, OVER_STATES, Case, CaseTask, Outcome, RatingAnswer
from fyrtaarn.entrance.rules import Letter
from fyrtaarn.entrance.states import CASE_STATES
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import ReasonMissing, steps_of

from .desk import Desk, guest_case

DECLARED = {(step.name, source, step.target) for step in CASE_STATES.transitions.values() for source in step.sources}
WORDS = st.sampled_from(["", "Fordi det er sådan."])
HANDLERS = ("karl", "dorte", "lea", "kaja", "manager")
OTHERS = ("owner", "stranger", "administrator")


@pytest.mark.django_db
def test_any_walk_keeps_a_question_whole(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    start = clock.now()
    departments = {"social": (desk.social, desk.care), "culture": (desk.culture, desk.rooms)}

    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.days = 0
            self.time_passes(0)
            self.pk = guest_case(desk).pk
            self.other = guest_case(desk, text="Og må vi tage børn med?")
            actions.confirm(Letter(self.other.key), self.other)
            self.first_answer: Any = None

        @property
        def case(self) -> Case:
            return Case.objects.get(pk=self.pk)

        @property
        def guest(self) -> Letter:
            return Letter(self.case.key)

        def rows(self) -> list[Any]:
            case = self.case
            return [*Case.objects.filter(pk=self.pk).values(), *case.messages.values(), *case.tasks.values()]

        def attempt(self, actor: Any, act: Any) -> None:
            """Do it; a refusal changes nothing, and nobody does anything to what she does not see."""
            before, seen = self.rows(), bool(rules.may_see(actor, self.case))
            try:
                act(actor)
            except (Refused, ReasonMissing):
                assert self.rows() == before
            else:
                assert seen

        def person(self, name: str) -> Any:
            return getattr(desk, name)

        @initialize(confirmed=st.sampled_from((True, True, False)))
        def begin(self, confirmed: bool) -> None:
            if confirmed:
                self.confirm()

        @rule()
        def confirm(self) -> None:
            self.attempt(self.guest, lambda guest: actions.confirm(guest, self.case))

        @rule(who=st.sampled_from(HANDLERS + OTHERS), where=st.sampled_from(("social", "culture")), reason=WORDS)
        def route(self, who: str, where: str, reason: str) -> None:
            self.attempt(
                self.person(who), lambda user: actions.route(user, self.case, *departments[where], reason=reason)
            )

        @rule(who=st.sampled_from(HANDLERS + OTHERS))
        def take(self, who: str) -> None:
            self.attempt(self.person(who), lambda user: actions.take(user, self.case))

        @rule(who=st.sampled_from(HANDLERS + OTHERS), text=WORDS, act=st.sampled_from(("answer", "ask_back", "note")))
        def write(self, who: str, text: str, act: str) -> None:
            self.attempt(self.person(who), lambda user: getattr(actions, act)(user, self.case, text))

        @rule(text=WORDS)
        def write_as_asker(self, text: str) -> None:
            self.attempt(self.guest, lambda guest: actions.write_as_asker(guest, self.case, text))

        @rule(who=st.sampled_from(HANDLERS + OTHERS), outcome=st.sampled_from(Outcome))
        def close(self, who: str, outcome: Outcome) -> None:
            self.attempt(self.person(who), lambda user: actions.close(user, self.case, outcome))

        @rule()
        def close_as_asker(self) -> None:
            self.attempt(self.guest, lambda guest: actions.close_as_asker(guest, self.case))

        @rule(who=st.sampled_from((*HANDLERS, *OTHERS, "guest")), text=WORDS)
        def reopen(self, who: str, text: str) -> None:
            actor = self.guest if who == "guest" else self.person(who)
            self.attempt(actor, lambda actor: actions.reopen(actor, self.case, text))

        @rule(who=st.sampled_from(HANDLERS + OTHERS), where=st.sampled_from(("social", "culture")))
        def give_task(self, who: str, where: str) -> None:
            self.attempt(
                self.person(who), lambda user: actions.give_task(user, self.case, departments[where][0], "Hjælp os.")
            )

        @rule(who=st.sampled_from(HANDLERS + OTHERS), answer=WORDS)
        def finish_task(self, who: str, answer: str) -> None:
            task = CaseTask.objects.filter(case=self.pk).order_by("-pk").first()
            if task:
                self.attempt(self.person(who), lambda user: actions.finish_task(user, task, answer))

        @rule(who=st.sampled_from(HANDLERS + OTHERS))
        def merge(self, who: str) -> None:
            self.attempt(self.person(who), lambda user: actions.merge(user, self.case, self.other))

        @rule(who=st.sampled_from(HANDLERS + OTHERS))
        def unmerge(self, who: str) -> None:
            self.attempt(self.person(who), lambda user: actions.unmerge(user, self.case))

        @rule(answer=st.sampled_from(RatingAnswer))
        def rate(self, answer: RatingAnswer) -> None:
            self.attempt(self.guest, lambda guest: actions.rate(guest, self.case, answer))

        @rule(days=st.integers(0, 9))
        def time_passes(self, days: int) -> None:
            self.days += days
            moment = start + timedelta(days=self.days)
            monkeypatch.setattr(clock, "now", lambda: moment)

        @invariant()
        def whole(self) -> None:
            case = self.case
            first, *log = steps_of(case)
            changes = [one for one in log if one.name not in ("task", "task_done", "unmerge")]
            assert {(one.name, one.source, one.target) for one in changes} <= DECLARED
            assert all(a.target == b.source for a, b in pairwise([first, *log]))
            assert [first, *log][-1].target == case.state
            assert (case.state in OVER_STATES) == bool(case.closed or case.merged_into_id)
            assert bool(case.outcome) == (case.state == "closed")
            assert case.department_id is None or case.department_id in case.departments
            assert (case.waiting_since is not None) == ("waiting" in (case.state, self.before_merging(log)))
            if case.state in ("unconfirmed", *OPEN_STATES):
                assert not case.merged_into_id
            if self.first_answer:  # the first answer stays the one that counts
                assert (case.answered, case.answered_in) == self.first_answer
            elif case.answered:
                self.first_answer = (case.answered, case.answered_in)

        def before_merging(self, log: list[Any]) -> str:
            return log[-1].source if log and log[-1].name == "merge" else ""

        @invariant()
        def outsiders_see_nothing(self) -> None:
            for name in OTHERS:
                assert not rules.may_see(self.person(name), self.case)
            assert not rules.may_see(Letter(self.other.key), self.case)

    limits = settings(max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Walk, settings=limits)  # type: ignore[no-untyped-call]
