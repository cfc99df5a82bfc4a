"""Whatever both parties try in whatever order: one consequence of a review holds at a time, and so does each term."""

from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.grants.models import Consequence
from fyrtaarn.grants.terms import actions
from fyrtaarn.grants.terms.queries import terms_of
from fyrtaarn.grants.terms.states import CONSEQUENCE_STATES
from tests.harness.races import at_once
from tests.meetings.conftest import Pair, make_pair

from .conftest import EXPERIENCE, active_terms, held_review

WHO = st.sampled_from(("editor", "owner", "member", "stranger"))
WHY = st.sampled_from(("", "Derfor."))


@pytest.mark.django_db
@pytest.mark.timeout(600)
def test_any_walk_leaves_one_term_in_force(pair: Pair) -> None:
    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.agreement = active_terms(pair)

        @rule(who=WHO, outcome=st.sampled_from(("kept", "adjusted", "ended")), why=WHY, oere=st.integers(0, 3))
        def conclude(self, who: str, outcome: str, why: str, oere: int) -> None:
            changed = {one.pk: {"oere": oere} for one in terms_of(self.agreement).holding}
            with suppress(Refused, ValidationError):
                actions.conclude(
                    getattr(pair, who), held_review(self.agreement), outcome, why,
                    adjusted=changed, experience=EXPERIENCE if oere else {},
                )  # fmt: skip

        @rule(who=WHO, step=st.sampled_from(("agree", "decline", "take_back")), why=WHY)
        def answer(self, who: str, step: str, why: str) -> None:
            person, made = getattr(pair, who), self.consequences().last()
            with suppress(Refused):
                if made is not None and step == "decline":
                    actions.decline(person, made, why)
                elif made is not None:
                    getattr(actions, step)(person, made)

        def consequences(self) -> Any:
            return Consequence.objects.filter(review__agreement=self.agreement).order_by("pk")

        @invariant()
        def one_holds(self) -> None:
            assert len(terms_of(self.agreement).holding) == 1
            assert self.consequences().filter(state__in=("proposed", "agreed")).count() <= 1

        @invariant()
        def the_other_party_has_said_yes(self) -> None:
            for one in self.consequences().filter(state="agreed", outcome="adjusted"):
                assert one.answered_by_id != one.by_id

        @invariant()
        def steps_are_declared(self) -> None:
            machine = CONSEQUENCE_STATES.transitions.values()
            declared = {(step.name, source, step.target) for step in machine for source in step.sources}
            for one in self.consequences():
                taken = list(steps_of(one))
                assert taken[0].name == "conclude"
                assert {(step.name, step.source, step.target) for step in taken[1:]} <= declared
                assert all(earlier.target == later.source for earlier, later in pairwise(taken))
                assert taken[-1].target == one.state

    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=10, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )  # type: ignore[no-untyped-call]


@pytest.mark.django_db(transaction=True)
def test_both_say_at_once_what_a_review_leads_to(kolding: Any) -> None:
    pair = make_pair(kolding)
    review = held_review(active_terms(pair))
    outcomes = at_once(
        lambda: actions.conclude(pair.editor, review, "kept", "Godt."),
        lambda: actions.conclude(pair.owner, review, "ended", "Slut.", experience=EXPERIENCE),
    )
    assert len([one for one in outcomes if isinstance(one, Refused)]) == 1
    assert Consequence.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_yes_meets_a_taking_back(kolding: Any) -> None:
    pair = make_pair(kolding)
    agreement = active_terms(pair)
    changed = {one.pk: {"oere": 5} for one in terms_of(agreement).holding}
    made = actions.conclude(pair.editor, held_review(agreement), "adjusted", "Færre.", adjusted=changed)
    outcomes = at_once(lambda: actions.agree(pair.owner, made), lambda: actions.take_back(pair.editor, made))
    assert len([one for one in outcomes if isinstance(one, Refused)]) == 1
    made.refresh_from_db()
    assert [one.oere for one in terms_of(agreement).holding] == [5 if made.state == "agreed" else 20_000_000]


@pytest.mark.django_db(transaction=True)
def test_a_term_is_written_while_the_draft_is_put_to_the_other(kolding: Any) -> None:
    from fyrtaarn.agreements import actions as agreements
    from fyrtaarn.foundation import clock
    from fyrtaarn.foundation.versions import Conflict

    from .conftest import TERM, draft_of_terms

    pair = make_pair(kolding)
    draft = draft_of_terms(pair)
    agreements.plan_review(pair.editor, draft, clock.today())
    draft.refresh_from_db()
    outcomes = at_once(
        lambda: agreements.propose(pair.editor, draft, draft.version), lambda: actions.add(pair.owner, draft, TERM)
    )
    assert len([one for one in outcomes if isinstance(one, Refused | Conflict)]) == 1
