"""Whoever proposes, answers and takes back in whatever order: proposals and the draft stay whole."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.people.models import User
from fyrtaarn.vocabulary import actions
from fyrtaarn.vocabulary.models import Proposal, VocabularyConcept
from fyrtaarn.vocabulary.states import PROPOSAL_STATES

from .conftest import begin

PEOPLE = ("administrator", "colleague", "elsewhere", "editor", "second editor", "nobody", "visitor")
EDITORS = ("editor", "second editor")
NEW_WORDS = ("jernhest", "budcykel", "rickshaw")
STEPS = {
    (t.name, source, t.target) for t in PROPOSAL_STATES.transitions.values() for source in t.sources
} | {("propose", "", "waiting")}  # fmt: skip
who_strategy = st.sampled_from(PEOPLE)


class Life(RuleBasedStateMachine):
    """Random people try random steps on the proposals of one municipality about one concept."""

    people: dict[str, Any]
    municipality: Any

    def __init__(self) -> None:
        super().__init__()
        Proposal.objects.all().delete()
        Notice.objects.all().delete()
        VocabularyConcept.objects.filter(pk=self.concept.pk).update(danish=["cykel"], withdrawn=False)

    @property
    def concept(self) -> VocabularyConcept:
        return VocabularyConcept.objects.get(kind="c", key="cykler")

    @property
    def proposals(self) -> list[Proposal]:
        return list(Proposal.objects.order_by("pk"))

    def picture(self) -> list[Any]:
        logs = [(step.name, step.by_id) for proposal in self.proposals for step in steps_of(proposal)]
        rows = [list(model.objects.order_by("pk").values_list()) for model in (Proposal, VocabularyConcept)]
        return [*rows, logs, Notice.objects.count()]

    def attempt(self, who: str, act: Any) -> bool:
        """Whether it was done; a refusal says why and changes nothing, and outsiders can do nothing."""
        before, person = self.picture(), self.people[who]
        try:
            act(User.objects.get(pk=person.pk) if person.pk else person)
        except Refused as refusal:
            why = str(refusal.reason)
        else:
            assert who not in ("elsewhere", "nobody", "visitor")
            return True
        assert why
        assert self.picture() == before
        return False

    @rule(who=who_strategy, word=st.sampled_from(NEW_WORDS), withdraw=st.booleans())
    def propose(self, who: str, word: str, withdraw: bool) -> None:
        concept = self.concept
        if concept.withdrawn or len(self.proposals) > 3:
            return
        wanted = None if withdraw else replace(concept.entry, danish=tuple(dict.fromkeys((*concept.danish, word))))
        if self.attempt(who, lambda user: actions.propose(concept, wanted, "Fordi", self.municipality, by=user)):
            assert who in ("administrator", "colleague")
            assert self.proposals[-1].state == "waiting"

    @precondition(lambda self: self.proposals)
    @rule(
        who=st.sampled_from((*PEOPLE, *EDITORS)),
        which=st.integers(0, 9),
        name=st.sampled_from(("accept", "decline")),
        text=st.sampled_from(("", " ", "Tak")),
    )
    def answer(self, who: str, which: int, name: str, text: str) -> None:
        proposal = self.proposals[which % len(self.proposals)]
        if self.attempt(who, lambda user: actions.answer(proposal, name, text, by=user)):
            assert who in EDITORS
            assert proposal.state == "waiting" or proposal.state == PROPOSAL_STATES.transitions[name].target
            assert name == "accept" or text.strip()
            added = set(proposal.change.new.danish if proposal.change.new else ()) - {"cykel"}
            assert name != "accept" or self.concept.withdrawn or added <= set(self.concept.danish)

    @precondition(lambda self: self.proposals)
    @rule(who=who_strategy, which=st.integers(0, 9))
    def take_back(self, who: str, which: int) -> None:
        proposal = self.proposals[which % len(self.proposals)]
        if self.attempt(who, lambda user: actions.take_back(proposal, by=user)):
            assert who in ("administrator", "colleague")

    @invariant()
    def proposals_are_whole(self) -> None:
        for proposal in self.proposals:
            log = list(steps_of(proposal))
            assert all((step.name, step.source, step.target) in STEPS for step in log)
            assert len(log) <= 2
            assert proposal.state == log[-1].target
            answered = proposal.state in ("accepted", "declined")
            assert bool(proposal.answered) == bool(proposal.answered_by_id) == answered
            told = Notice.objects.filter(recipient=proposal.by, kind="vocabulary.answered", path=proposal.path)
            assert told.count() == answered


class TestLife(TestCase):
    """The machine, within a transaction that is rolled back."""

    @pytest.fixture(autouse=True)
    def _people(self, kolding: Any, koebenhavn: Any, editor: Any, administrator: Any) -> None:
        from fyrtaarn.people.actions import appoint
        from tests.harness.people import make_employee, make_user

        begin()
        self.municipality = kolding
        self.people = {
            "administrator": administrator,
            "colleague": make_employee(kolding, "municipality_administrator", name="Karl Kollega"),
            "elsewhere": make_employee(koebenhavn, "municipality_administrator"),
            "editor": editor,
            "second editor": make_user("Sanne Redaktør"),
            "nobody": make_user("Nora Nabo"),
            "visitor": AnonymousUser(),
        }
        appoint(self.people["second editor"], "vocabulary_editor")

    def test_random_orders(self) -> None:
        class OfPeople(Life):
            pass

        OfPeople.people, OfPeople.municipality = self.people, self.municipality
        run_state_machine_as_test(
            OfPeople,
            settings=settings(
                max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
