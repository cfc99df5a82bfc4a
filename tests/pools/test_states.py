"""Whatever people try in whatever order: pools, rules and calls stay whole, and the books with them."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.ledger.queries import totals
from fyrtaarn.pools import actions, queries
from fyrtaarn.pools.models import Call, ContributionPart, Pool, PoolRules
from fyrtaarn.pools.states import CALL_STATES, POOL_STATES, RULES_STATES

from .making import CRITERION, RULES, Pot, make_call

WHO = st.sampled_from(("manager", "manager", "contact"))
STEPS = {
    (step.name, source, step.target)
    for machine in (POOL_STATES, RULES_STATES, CALL_STATES)
    for step in machine.transitions.values()
    for source in step.sources
}


@pytest.mark.timeout(900)
@pytest.mark.django_db
def test_any_order_of_steps_leaves_pools_whole(pot: Pot) -> None:
    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.paid = 0

        def attempt(self, act: Any) -> Any:
            try:
                return act()
            except Refused:
                return None

        @property
        def pool(self) -> Pool:
            return Pool.objects.get(pk=pot.pool.pk)

        def latest(self) -> PoolRules:
            return PoolRules.objects.filter(pool=self.pool).order_by("-number")[0]

        @rule(who=WHO, name=st.sampled_from(("open_pool", "close_pool", "draft_rules")))
        def turn(self, who: str, name: str) -> None:
            self.attempt(lambda: getattr(actions, name)(getattr(pot, who), self.pool))

        @rule(who=WHO, name=st.sampled_from(("bring_into_force", "discard")))
        def settle_rules(self, who: str, name: str) -> None:
            draft = self.latest()
            self.attempt(lambda: getattr(actions, name)(getattr(pot, who), draft))

        @rule(who=WHO, whole=st.booleans())
        def write_rules(self, who: str, whole: bool) -> None:
            rows = [CRITERION] if whole else []
            draft = self.latest()
            self.attempt(lambda: actions.change_rules(getattr(pot, who), draft, RULES, rows, [], draft.version))

        @rule(oere=st.integers(0, 60_000_00), rolling=st.booleans())
        def call(self, oere: int, rolling: bool) -> None:
            last = None if rolling else clock.today() + timedelta(days=3)
            make_call(pot, set_aside=oere, closes=last)

        @rule(who=WHO, name=st.sampled_from(("publish", "settle", "call_off")), place=st.integers(0, 3))
        def end_call(self, who: str, name: str, place: int) -> None:
            calls = list(Call.objects.order_by("-pk")[:4])
            if place < len(calls):
                words = ("Derfor.",) if name == "call_off" else ()
                self.attempt(lambda: getattr(actions, name)(getattr(pot, who), calls[place], *words))

        @rule(who=WHO)
        def pay(self, who: str) -> None:
            part = pot.part
            if part:
                self.attempt(lambda: actions.note_paid(getattr(pot, who), part, "Bilag"))

        @rule(who=WHO)
        def take_back(self, who: str) -> None:
            part = ContributionPart.objects.filter(state="paid").order_by("pk").first()
            if part:
                self.attempt(lambda: actions.take_back_payment(getattr(pot, who), part, "Fejl"))

        @invariant()
        def money_is_where_the_rows_say(self) -> None:
            book, parts = totals(self.pool.book), ContributionPart.objects.all()
            paid = sum(part.oere for part in parts if part.state == "paid")
            aside = sum(call.set_aside for call in Call.objects.filter(state="published"))
            assert (book["cash"], book["round"], book["free"]) == (paid, aside, paid - aside)
            assert book["pledged"] == sum(part.oere for part in parts if part.state == "decided")
            assert sum(queries.money_of(self.pool).places.values()) == paid

        @invariant()
        def one_version_holds(self) -> None:
            states = list(PoolRules.objects.filter(pool=self.pool).values_list("state", flat=True))
            assert states.count("in_force") <= 1
            assert states.count("draft") <= 1
            assert all(call.rules_id for call in Call.objects.exclude(state="draft"))

        @invariant()
        def steps_are_declared(self) -> None:
            rows = [self.pool, *PoolRules.objects.order_by("pk"), *Call.objects.order_by("pk")]
            taken = {(step.name, step.source, step.target) for row in rows for step in steps_of(row)}
            assert taken - {("make", "", "draft")} <= STEPS

    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
