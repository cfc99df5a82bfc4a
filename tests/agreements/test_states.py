"""Whatever people try in whatever order: the agreement never reaches a forbidden state, and every step is logged."""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from fyrtaarn.agreements import actions, queries, rules
from fyrtaarn.agreements.models import TERMS, Agreement, Wording, terms_of
from fyrtaarn.agreements.states import AGREEMENT_STATES, WORDING_STATES
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import StateMachine, steps_of
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.meetings import actions as meeting_actions
from fyrtaarn.meetings.models import Meeting
from fyrtaarn.people.models import User
from tests.harness.people import make_employee
from tests.meetings.conftest import Pair

from .conftest import EXPERIENCE, make_meeting, terms

PEOPLE = ("editor", "colleague", "owner", "member", "stranger", "administrator")
OUTSIDERS = ("stranger", "administrator")
who_strategy = st.sampled_from(PEOPLE)


def steps_allowed(machine: StateMachine, *first: str) -> set[tuple[str, str]]:
    declared = {(source, t.target) for t in machine.transitions.values() for source in t.sources}
    return declared | {("", state) for state in first}


AGREEMENT_STEPS = steps_allowed(AGREEMENT_STATES, "draft")
WORDING_STEPS = steps_allowed(WORDING_STATES, "proposed")


class Life(RuleBasedStateMachine):
    """Random people try random steps on the agreements of one dialogue."""

    pair: Pair
    meeting: Meeting
    people: dict[str, Any]

    @initialize()
    def begin_anew(self) -> None:
        Agreement.objects.all().delete()
        Meeting.objects.filter(pk=self.meeting.pk).update(state="open", closed=None, closed_by="")

    def attempt(self, who: str, act: Any) -> Any:
        """Do it; a refusal changes nothing, and outsiders are always refused."""
        before = self.picture()
        try:
            done = act(User.objects.get(pk=self.people[who].pk))
        except (Refused, Conflict):
            assert self.picture() == before
            return None
        assert who not in OUTSIDERS
        return done

    def picture(self) -> list[Any]:
        agreements = list(Agreement.objects.order_by("pk").values_list("pk", "state", "version", *TERMS))
        wordings = list(Wording.objects.order_by("pk").values_list("pk", "state", "acceptances__party"))
        return [agreements, sorted(wordings, key=str)]

    @property
    def latest(self) -> Agreement | None:
        return Agreement.objects.order_by("-pk").first()

    @property
    def wording(self) -> Wording | None:
        return Wording.objects.order_by("-pk").first()

    @rule(who=who_strategy)
    def begin(self, who: str) -> None:
        self.attempt(who, lambda user: actions.begin_from(user, self.meeting, terms()))

    @precondition(lambda self: self.latest)
    @rule(who=who_strategy, goal=st.sampled_from(("Seks", "Otte", "Ti")), overtaken=st.booleans())
    def edit(self, who: str, goal: str, overtaken: bool) -> None:
        draft: Any = self.latest
        done = self.attempt(
            who, lambda user: actions.change_draft(user, draft, terms(goal=goal), draft.version - overtaken)
        )
        assert done is None or (draft.state == "draft" and not overtaken)

    @precondition(lambda self: self.latest)
    @rule(who=who_strategy)
    def propose(self, who: str) -> None:
        draft: Any = self.latest
        done = self.attempt(who, lambda user: actions.propose(user, draft, draft.version))
        assert done is None or draft.state == "draft"

    @precondition(lambda self: self.latest)
    @rule(who=who_strategy, goal=st.sampled_from(("Seks", "Otte", "Ti")))
    def propose_change(self, who: str, goal: str) -> None:
        found: Any = self.latest
        done = self.attempt(
            who, lambda user: actions.propose_change(user, found, terms(goal=goal), "Derfor", found.version)
        )
        assert done is None or found.state == "active"

    @precondition(lambda self: self.wording)
    @rule(who=who_strategy, answer=st.sampled_from(("accept", "decline", "take_back")))
    def answer(self, who: str, answer: str) -> None:
        wording: Any = self.wording
        acts = {
            "accept": lambda user: actions.accept(user, wording),
            "decline": lambda user: actions.decline(user, wording, "Derfor"),
            "take_back": lambda user: actions.take_back(user, wording),
        }
        done = self.attempt(who, acts[answer])
        assert done is None or wording.state == "proposed"

    @precondition(lambda self: self.latest)
    @rule(
        who=who_strategy,
        act=st.sampled_from(
            (
                actions.drop,
                actions.resume,
                actions.hide,
                lambda user, found: actions.complete(user, found, EXPERIENCE),
                lambda user, found: actions.end(user, found, EXPERIENCE),
                lambda user, found: actions.end(user, found, {}),
            )
        ),
    )
    def step(self, who: str, act: Any) -> None:
        found = self.latest
        self.attempt(who, lambda user: act(user, found))

    @rule(who=st.sampled_from(("editor", "owner")))
    def end_the_dialogue(self, who: str) -> None:
        meeting = Meeting.objects.get(pk=self.meeting.pk)
        act = meeting_actions.end if meeting.state == "open" else meeting_actions.open_again
        try:
            act(self.people[who], meeting, "Ord")
        except Refused:
            assert Meeting.objects.get(pk=self.meeting.pk).state == meeting.state

    @invariant()
    def holds(self) -> None:
        alive = Agreement.objects.filter(state__in=("draft", "proposed", "active"))
        assert alive.count() <= 1
        for found in Agreement.objects.all():
            self.check(found)
        if Meeting.objects.get(pk=self.meeting.pk).state == "agreed":
            assert alive.get().state == "active"

    def check(self, found: Agreement) -> None:
        steps = list(steps_of(found))
        assert all((step.source, step.target) in AGREEMENT_STEPS for step in steps)
        assert [step.source for step in steps[1:]] == [step.target for step in steps[:-1]]
        assert steps[-1].target == found.state
        wordings = list(found.wordings.all())
        assert [wording.number for wording in wordings] == list(range(1, len(wordings) + 1))
        states = [wording.state for wording in wordings]
        assert ("in_force" in states) == (found.state in ("active", "completed", "ended"))
        assert found.state != "proposed" or states[-1] == "proposed"
        for wording in wordings:
            self.check_wording(found, wording)
        for name in PEOPLE:
            person = User.objects.get(pk=self.people[name].pk)
            assert queries.agreements_of(person).filter(pk=found.pk).exists() == (name not in OUTSIDERS)
            waiting = list(queries.waiting_for_yes(person).filter(agreement=found))
            assert waiting == [w for w in wordings if rules.may_accept(person, w)]

    def check_wording(self, found: Agreement, wording: Wording) -> None:
        steps = list(steps_of(wording))
        lapsed = [("proposed", "withdrawn")]
        assert all(
            (step.source, step.target) in WORDING_STEPS or [(step.source, step.target)] == lapsed for step in steps
        )
        assert steps[-1].target == wording.state
        yeses = list(wording.acceptances.all())
        assert len({yes.by_id for yes in yeses}) == len(yeses) == len({yes.party_id for yes in yeses})
        if wording.state in ("in_force", "replaced"):
            assert len(yeses) == 2
        if wording.state == "in_force":
            assert {**terms_of(found), "public": None} == {**terms_of(wording), "public": None}
            assert wording.public or not found.public  # shown only when all said so; hidden when one wanted it


class TestLife(TestCase):
    """The machine, within a transaction that is rolled back."""

    @pytest.fixture(autouse=True)
    def _pair(self, pair: Pair) -> None:
        self.pair = pair

    def test_random_orders(self) -> None:
        pair = self.pair

        class OfPair(Life):
            pass

        OfPair.pair, OfPair.meeting = pair, make_meeting(pair)
        administrator = make_employee(pair.municipality, "municipality_administrator")
        OfPair.people = {name: getattr(pair, name, administrator) for name in PEOPLE}
        run_state_machine_as_test(
            OfPair,
            settings=settings(
                max_examples=12,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
