"""Whatever both sides try in whatever order: the books agree with the grant, nothing is paid twice, all is logged."""

from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import StateMachine, steps_of
from fyrtaarn.grants.actions import changes, grants, instalments, reports
from fyrtaarn.grants.actions.grants import PlannedPart
from fyrtaarn.grants.models import Demand, Grant, GrantChange
from fyrtaarn.grants.states import CHANGE_STATES, DEMAND_STATES, GRANT_STATES, INSTALMENT_STATES, REPORT_STATES

from .conftest import THOUSAND, Funding, in_days, make_given

WHO = st.sampled_from(("owner", "manager"))
WHY = st.sampled_from(("", "Derfor."))
WHICH = st.integers(0, 5)
MACHINES: tuple[tuple[str, StateMachine], ...] = (
    ("instalments", INSTALMENT_STATES),
    ("reports", REPORT_STATES),
    ("changes", CHANGE_STATES),
    ("demands", DEMAND_STATES),
)


@pytest.mark.django_db
@pytest.mark.timeout(900)
def test_any_walk_keeps_the_books_and_the_grant_together(funding: Funding) -> None:
    class Walk(RuleBasedStateMachine):
        count = 0

        def __init__(self) -> None:
            super().__init__()
            Walk.count += 1
            self.given = make_given(funding, 60 * THOUSAND, name=f"Hus {Walk.count}", cvr=f"{10_000_000 + Walk.count}")

        def person(self, who: str) -> Any:
            return getattr(self.given, who)

        def attempt(self, act: Any, *args: Any, **kwargs: Any) -> None:
            with suppress(Refused):
                act(*args, **kwargs)

        @rule(
            who=WHO,
            which=WHICH,
            act=st.sampled_from(
                (
                    instalments.ask,
                    instalments.send_back,
                    instalments.take_back,
                    instalments.note_failed,
                    instalments.drop,
                )
            ),
            why=WHY,
        )
        def with_words(self, who: str, which: int, act: Any, why: str) -> None:
            rows = self.given.instalments()
            self.attempt(act, self.person(who), rows[which % len(rows)], why)

        @rule(who=WHO, which=WHICH)
        def approve(self, who: str, which: int) -> None:
            rows = self.given.instalments()
            self.attempt(instalments.approve, self.person(who), rows[which % len(rows)])

        @rule(who=WHO, which=WHICH)
        def pay(self, who: str, which: int) -> None:
            rows = self.given.instalments()
            self.attempt(instalments.note_paid, self.person(who), rows[which % len(rows)], in_days(0), "U")

        @rule(who=WHO, parts=st.lists(st.integers(1, 40 * THOUSAND), max_size=3))
        def plan(self, who: str, parts: list[int]) -> None:
            wanted = [PlannedPart(oere, in_days(1), "Et bilag" if oere % 2 else "") for oere in parts]
            self.attempt(grants.plan, self.person(who), self.given.grant, wanted)

        @rule(who=WHO)
        def write_report(self, who: str) -> None:
            report = self.given.grant.reports.get()
            fields = {"text": "Godt.", "worse": "", "experience": "Meget.", "shared": True}
            self.attempt(reports.write, self.person(who), report, fields, {}, {}, report.version)

        @rule(who=WHO, step=st.sampled_from(("send", "approve", "send_back")), why=WHY)
        def move_report(self, who: str, step: str, why: str) -> None:
            report = self.given.grant.reports.get()
            if step == "send":
                self.attempt(reports.send, self.person(who), report)
            elif step == "approve":
                self.attempt(reports.approve, self.person(who), report, share=bool(why))
            else:
                self.attempt(reports.send_back, self.person(who), report, why)

        @rule(who=WHO, why=WHY, ends=st.sampled_from((None, 10, 400)))
        def ask_change(self, who: str, why: str, ends: int | None) -> None:
            self.attempt(changes.ask_change, self.person(who), self.given.grant, why, ends and in_days(ends))

        @rule(who=WHO, agree=st.sampled_from((True, False, None)), why=WHY)
        def settle_change(self, who: str, agree: bool | None, why: str) -> None:
            for change in GrantChange.objects.filter(grant=self.given.grant)[:1]:
                if agree is None:
                    self.attempt(changes.withdraw_change, self.person(who), change)
                else:
                    self.attempt(changes.answer_change, self.person(who), change, agree=agree, answer=why)

        @rule(who=WHO, oere=st.integers(0, 70 * THOUSAND))
        def ask_back(self, who: str, oere: int) -> None:
            self.attempt(changes.demand, self.person(who), self.given.grant, oere, "Ikke brugt.", in_days(5))

        @rule(who=WHO, which=WHICH, why=WHY)
        def settle_demand(self, who: str, which: int, why: str) -> None:
            for asked in Demand.objects.filter(grant=self.given.grant)[:1]:
                if which % 2:
                    self.attempt(changes.note_demand_paid, self.person(who), asked, in_days(0), "I")
                else:
                    self.attempt(changes.waive, self.person(who), asked, why)

        @rule(who=WHO, why=WHY)
        def close(self, who: str, why: str) -> None:
            self.attempt(
                grants.complete if not why else grants.end_early,
                *([self.person(who), self.given.grant] + [why] * bool(why)),
            )

        @invariant()
        def books_agree(self) -> None:
            given, rows = self.given, self.given.instalments()
            grant = Grant.objects.get(pk=given.grant.pk)
            sums = {
                state: sum(one.oere for one in rows if one.state == state) for state in ("approved", "paid", "dropped")
            }
            assert given.balance("payable") == sums["approved"]
            rest = 0 if grant.state != "active" else grant.oere - sums["approved"] - sums["paid"]
            assert given.balance("grant") == rest
            assert sum(one.oere for one in rows if one.state != "dropped") <= grant.oere
            open_demands = grant.demands.filter(state="asked")
            assert given.balance("claim") == sum(one.oere for one in open_demands)

        @invariant()
        def steps_are_declared(self) -> None:
            for name, machine in MACHINES:
                steps = {(t.name, source, t.target) for t in machine.transitions.values() for source in t.sources}
                for subject in getattr(self.given.grant, name).all():
                    taken = [step for step in steps_of(subject) if step.source]
                    assert {(step.name, step.source, step.target) for step in taken} <= steps
                    assert all(earlier.target == later.source for earlier, later in pairwise(taken))
            closings = steps_of(self.given.grant).filter(name__in=GRANT_STATES.transitions)
            assert closings.count() <= 1

    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )  # type: ignore[no-untyped-call]
