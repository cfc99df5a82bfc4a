"""Whatever people try in whatever order: an application stays whole, and every step is logged."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from fyrtaarn.applications import actions, queries
from fyrtaarn.applications.content import content_of
from fyrtaarn.applications.models import Application, SentVersion
from fyrtaarn.applications.states import APPLICATION_STATES
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import steps_of

from .conftest import Round, make_draft

STEPS = {
    (step.name, source, step.target) for step in APPLICATION_STATES.transitions.values() for source in step.sources
}
PEOPLE = st.sampled_from(("owner", "manager"))


@pytest.mark.django_db
@pytest.mark.timeout(300)
def test_any_walk_keeps_an_application_whole(round_: Round) -> None:
    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            title = f"Ansøgning {Application.objects.count()}"
            self.pk = make_draft(round_.owner, round_.organisation, round_.call, title=title).pk

        @property
        def row(self) -> Any:
            return queries.whole_applications().get(pk=self.pk)

        def attempt(self, act: Any) -> None:
            """A refusal changes nothing."""
            before = Application.objects.filter(pk=self.pk).values().get()
            try:
                act()
            except Refused:
                assert Application.objects.filter(pk=self.pk).values().get() == before

        @rule(who=PEOPLE, name=st.sampled_from(("send", "withdraw", "reopen")))
        def step(self, who: str, name: str) -> None:
            self.attempt(lambda: getattr(actions, name)(getattr(round_, who), self.row))

        @rule(who=PEOPLE, text=st.sampled_from(("", "Ret budgettet.")))
        def send_back(self, who: str, text: str) -> None:
            due = clock.today() + timedelta(days=3)
            self.attempt(lambda: actions.return_to_applicant(getattr(round_, who), self.row, text, due))

        @rule(granted=st.booleans())
        def decide(self, granted: bool) -> None:
            self.attempt(lambda: actions.note_decided(self.row, granted, round_.manager))

        @rule(why=st.sampled_from(("", "Klagen fik medhold.")))
        def decide_anew(self, why: str) -> None:
            self.attempt(lambda: actions.note_reversed(self.row, round_.manager, why))

        @rule(who=PEOPLE, what=st.sampled_from(("", "Vi laver mad.", "Vi laver mere mad.")))
        def write(self, who: str, what: str) -> None:
            row = self.row
            self.attempt(lambda: actions.write(getattr(round_, who), row, {"what": what}, row.version))

        @invariant()
        def every_step_is_a_declared_one(self) -> None:
            steps = [(step.name, step.source, step.target) for step in steps_of(self.row).order_by("pk")]
            assert steps[0] == ("begin", "", "draft")
            assert set(steps[1:]) <= STEPS
            assert all(before[2] == after[1] for before, after in pairwise(steps))
            assert steps[-1][2] == self.row.state

        @invariant()
        def what_waits_or_is_decided_reads_as_it_was_sent(self) -> None:
            row = self.row
            assert (row.decided is not None) == (row.state in ("granted", "refused"))
            sent = list(SentVersion.objects.filter(application=row).order_by("number"))
            if row.state in ("sent", "granted", "refused"):
                assert sent[-1].content == content_of(row)
            assert [one.number for one in sent] == list(range(1, len(sent) + 1))
            assert (row.sent is None) or sent

    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
