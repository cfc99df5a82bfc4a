"""Random people take random steps in random order: an introduction keeps its promises whatever they do."""

from typing import Any

import pytest
from django.db import transaction
from django.test import TestCase
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from fyrtaarn.community import actions
from fyrtaarn.community.models import Introduction
from fyrtaarn.community.states import INTRODUCTION_STATES
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.people.models import User

from .conftest import Place, asking_of, make_draft

ALLOWED_STEPS = {(source, step.target) for step in INTRODUCTION_STATES.transitions.values() for source in step.sources}
PEOPLE = ("manager", "editor", "owner", "stranger")


class Life(RuleBasedStateMachine):
    """One introduction of a department and an organisation."""

    place: Place

    def __init__(self) -> None:
        super().__init__()
        Introduction.objects.all().delete()
        Notice.objects.all().delete()
        self.one = make_draft(self.place)

    def person(self, name: str) -> Any:
        pair = self.place.pair
        people = {"manager": self.place.manager, "editor": pair.editor, "owner": pair.owner, "stranger": pair.stranger}
        return User.objects.get(pk=people[name].pk)

    def attempt(self, act: Any) -> None:
        """Do it; a refusal changes nothing."""
        before = self.now()
        try:
            with transaction.atomic():
                act()
        except Refused:
            assert self.now() == before

    def now(self) -> list[Any]:
        own = Introduction.objects.values_list("state", "accepted", "closed", "outcome", "met_on")
        return [*own, *self.one.askings.order_by("pk").values_list("answer", "answered_by", "shares_contact")]

    @rule(who=st.sampled_from(PEOPLE), act=st.sampled_from((actions.send, actions.withdraw, actions.restore)))
    def step(self, who: str, act: Any) -> None:
        self.attempt(lambda: act(self.person(who), self.one))

    @rule(who=st.sampled_from(PEOPLE), met=st.booleans())
    def end(self, who: str, met: bool) -> None:
        person = self.person(who)
        if met:
            self.attempt(lambda: actions.meet(person, self.one, clock.today()))
        else:
            self.attempt(lambda: actions.conclude(person, self.one, "nothing", "Ikke nu"))

    @rule(who=st.sampled_from(PEOPLE))
    def take_up(self, who: str) -> None:
        self.attempt(lambda: actions.go_on(self.person(who), self.one))

    @rule(
        who=st.sampled_from(PEOPLE),
        of=st.sampled_from(("department", "organisation")),
        said=st.sampled_from(("yes", "yes", "later", "no")),
    )
    def answer(self, who: str, of: str, said: str) -> None:
        asking = asking_of(self.one, getattr(self.place.pair, of))
        self.attempt(lambda: actions.answer(self.person(who), asking, said, shares_contact=True))

    @rule()
    def bring_together(self) -> None:
        actions.bring_together(self.one.pk)

    @invariant()
    def holds(self) -> None:
        one = Introduction.objects.get()
        answers = set(one.askings.values_list("answer", flat=True))
        assert not one.is_known or answers == {"yes"}
        assert one.state != "proposed" or answers != {"yes"}, "all have said yes and nobody was brought together"
        assert one.state != "draft" or answers == {""}
        assert one.meeting is None or one.proposed
        steps = [step for step in steps_of(one) if step.name in INTRODUCTION_STATES.transitions]
        assert all((step.source, step.target) in ALLOWED_STEPS for step in steps)
        told = Notice.objects.filter(recipient__in=(self.person("editor"), self.person("owner")))
        assert not told.filter(kind="community.answered").exists(), "no party is told of another's answer"


class TestLife(TestCase):
    """The machine, within a transaction that is rolled back."""

    @pytest.fixture(autouse=True)
    def _place(self, place: Place) -> None:
        self.place = place

    def test_random_orders(self) -> None:
        class OfPlace(Life):
            pass

        OfPlace.place = self.place
        run_state_machine_as_test(
            OfPlace,
            settings=settings(
                max_examples=10, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )  # type: ignore[no-untyped-call]
