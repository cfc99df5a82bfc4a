"""Whoever asks, decides, invites, joins and leaves in whatever order: claims, letters and the team stay whole."""

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice, OutgoingMail
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.organisations import actions, rules
from fyrtaarn.organisations.models import Claim, Membership, TeamInvitation
from fyrtaarn.organisations.states import CLAIM_STATES
from fyrtaarn.people.models import User
from tests.harness.people import make_employee, make_organisation, make_user

DECIDERS = ("administrator", "manager")
EVERYDAY = ("anna", "bo", "carl")
PEOPLE = (*EVERYDAY, *DECIDERS, "other_administrator", "visitor")
STEPS = {(t.name, source, t.target) for t in CLAIM_STATES.transitions.values() for source in t.sources}
ALMOST_ALWAYS = (True, True, True, False)  # whether the one who may is the one who tries
WHICH, KINDS = tuple(range(10)), ("owner", "member")
DEEDS: dict[str, dict[str, tuple[Any, ...]]] = {
    "ask": {},
    "decide": {
        "which": WHICH,
        "step": ("approve", "approve", "refuse", "withdraw"),
        "reason": ("", " ", "Vi kender dig ikke", "Vi har talt med dig"),
        "fit": ALMOST_ALWAYS,
    },
    "invite": {"guest": (*EVERYDAY, "manager"), "kind": KINDS, "fit": ALMOST_ALWAYS},
    "answer": {"which": WHICH, "step": ("accept", "accept", "accept", "withdraw"), "fit": ALMOST_ALWAYS},
    "let_time_run_out": {"which": WHICH},
    "leave": {"which": WHICH, "fit": ALMOST_ALWAYS},
    "change_role": {"which": WHICH, "kind": KINDS, "fit": ALMOST_ALWAYS},
}


def any_deed(seed: int) -> tuple[str, dict[str, Any]]:
    """One deed and its circumstances, each equally likely, so that few walks reach far."""
    chance = Random(seed)
    name = chance.choice(("answer", "invite", *DEEDS))
    options = {"who": (*PEOPLE, *EVERYDAY), **DEEDS[name]}
    return name, {circumstance: chance.choice(choices) for circumstance, choices in options.items()}


class Life(RuleBasedStateMachine):
    """Random people try random steps on one organisation that nobody has yet."""

    people: dict[str, Any]
    home: Any

    @initialize(has_team=st.sampled_from((True, True, False)))
    def begin_anew(self, has_team: bool) -> None:
        Notice.objects.all().delete()
        OutgoingMail.objects.all().delete()
        self.organisation = make_organisation(self.home)
        self.team: dict[str, str] = {}
        self.steps: dict[int, list[tuple[str, int]]] = {}
        self.letters = 0
        if has_team:
            self.ask("anna")
            self.decide("manager", 0, "approve", "", fit=False)

    @property
    def an_owner(self) -> str:
        return next((name for name, kind in self.team.items() if kind == "owner"), "anna")

    def person(self, who: str) -> Any:
        """The person as a new request reads her."""
        return User.objects.get(pk=self.people[who].pk) if self.people[who].pk else self.people[who]

    def name_of(self, user: Any) -> str:
        return next(name for name, person in self.people.items() if person == user)

    def all_of(self, model: Any) -> list[Any]:
        return list(model.objects.filter(organisation=self.organisation).order_by("pk"))

    def picture(self) -> list[Any]:
        rows = [list(m.objects.order_by("pk").values_list()) for m in (Claim, Membership, TeamInvitation)]
        steps = [(step.name, step.by_id) for claim in self.all_of(Claim) for step in steps_of(claim)]
        return [*rows, steps, Notice.objects.count(), OutgoingMail.objects.count()]

    def attempt(self, who: str, act: Any) -> bool:
        """Whether it was done; a refusal says why and changes nothing, and a visitor can do nothing."""
        before = self.picture()
        try:
            act(self.person(who))
        except Refused as refusal:
            why = str(refusal.reason)
        else:
            assert who != "visitor"
            return True
        assert why
        assert self.picture() == before
        return False

    @rule(deed=st.integers(0, 2**32).map(any_deed))
    def somebody_does_something(self, deed: tuple[str, dict[str, Any]]) -> None:
        name, circumstances = deed
        getattr(self, name)(**circumstances)

    def ask(self, who: str) -> None:
        if self.attempt(who, lambda user: actions.claim(user, self.organisation, "Jeg er leder")):
            assert not self.team

    def decide(self, who: str, which: int, step: str, reason: str, fit: bool) -> None:
        if not (claims := self.all_of(Claim)):
            return
        claim = claims[which % len(claims)]
        if fit:
            who = self.name_of(claim.user) if step == "withdraw" else "administrator"
        if not self.attempt(who, lambda user: CLAIM_STATES.perform(step, claim, by=user, reason=reason)):
            return
        mine = claim.user_id == self.people[who].pk
        assert mine if step == "withdraw" else who in DECIDERS and not mine
        assert step != "refuse" or reason.strip()
        self.steps.setdefault(claim.pk, []).append((step, self.people[who].pk))
        if step == "approve":
            assert not self.team
            self.team[self.name_of(claim.user)] = "owner"

    def invite(self, who: str, guest: str, kind: str, fit: bool) -> None:
        who = self.an_owner if fit else who
        email = self.people[guest].email.upper()
        if self.attempt(who, lambda user: actions.invite(user, self.organisation, email, kind)):
            assert self.team[who] == "owner"
            self.letters += 1
            waiting = [letter for letter in self.all_of(TeamInvitation) if not (letter.accepted or letter.withdrawn)]
            assert [letter.kind for letter in waiting if letter.email.casefold() == email.casefold()] == [kind]

    def answer(self, who: str, which: int, step: str, fit: bool) -> None:
        if not self.letters:
            return
        letter = self.all_of(TeamInvitation)[which % self.letters]
        if fit:
            who = self.an_owner if step == "withdraw" else self.name_of(User.objects.get(email__iexact=letter.email))
        if step == "withdraw":
            if self.attempt(who, lambda user: actions.withdraw_invitation(user, letter)):
                assert self.team[who] == "owner"
        elif self.attempt(who, lambda user: actions.accept_invitation(user, letter.token)):
            assert letter.accepted is None
            assert letter.withdrawn is None
            assert letter.expires > clock.now()
            assert letter.email.casefold() == self.people[who].email.casefold()
            self.team[who] = "owner" if letter.kind == "owner" else self.team.get(who, "member")

    def let_time_run_out(self, who: str, which: int) -> None:
        if not self.letters:
            return
        letter = self.all_of(TeamInvitation)[which % self.letters]
        TeamInvitation.objects.filter(pk=letter.pk).update(expires=clock.now() - timedelta(seconds=1))

    def leave(self, who: str, which: int, fit: bool) -> None:
        who = self.an_owner if fit else who
        if not (memberships := self.all_of(Membership)):
            return
        membership = memberships[which % len(memberships)]
        leaving = self.name_of(membership.user)
        if self.attempt(who, lambda user: actions.end_membership(user, membership)):
            assert who == leaving or self.team[who] == "owner"
            del self.team[leaving]

    def change_role(self, who: str, which: int, kind: str, fit: bool) -> None:
        who = self.an_owner if fit else who
        if not (memberships := self.all_of(Membership)):
            return
        membership = memberships[which % len(memberships)]
        if self.attempt(who, lambda user: actions.change_membership(user, membership, kind)):
            assert self.team[who] == "owner"
            assert membership.ends is None
            self.team[self.name_of(membership.user)] = kind

    @invariant()
    def claims_are_whole(self) -> None:
        claims = self.all_of(Claim)
        for claim in claims:
            log = list(steps_of(claim))
            assert [(step.name, step.by_id) for step in log] == self.steps.get(claim.pk, [])
            assert all((step.name, step.source, step.target) in STEPS for step in log)
            assert len(log) <= 1
            assert claim.state == (log[-1].target if log else "waiting")
            told = Notice.objects.filter(recipient=claim.user, once=f"claim-{claim.pk}").exclude(
                kind="organisations.claim"
            )
            assert [notice.kind for notice in told] == [
                f"organisations.claim_{claim.state}" for _ in log if claim.state in ("approved", "refused")
            ]
            asked = Notice.objects.filter(kind="organisations.claim", once=f"claim-{claim.pk}")
            assert {notice.recipient_id for notice in asked} == {self.people[name].pk for name in DECIDERS}
        waiting = Counter(claim.user_id for claim in claims if claim.state == "waiting")
        assert set(waiting.values()) <= {1}
        assert sum(claim.state == "approved" for claim in claims) == bool(self.all_of(Membership))

    @invariant()
    def team_is_whole(self) -> None:
        current = Membership.objects.current().filter(organisation=self.organisation).select_related("user")
        assert {self.name_of(one.user): one.kind for one in current} == self.team
        assert len(current) == len(self.team)
        if self.all_of(Membership):
            assert "owner" in self.team.values()
        for who in PEOPLE:
            person = self.person(who)
            allowed = who in self.team or (who == "administrator" and not self.team)
            for verdict, expected in (
                (rules.may_edit(person, self.organisation), allowed),
                (rules.may_manage_team(person, self.organisation), self.team.get(who) == "owner"),
            ):
                assert bool(verdict) == expected
                assert verdict or str(verdict.reason)

    @invariant()
    def letters_are_whole(self) -> None:
        letters = self.all_of(TeamInvitation)
        assert len(letters) == self.letters == OutgoingMail.objects.filter(key__startswith="team-invitation-").count()
        for letter in letters:
            assert not (letter.accepted and letter.withdrawn)
            assert bool(letter.accepted) == bool(letter.accepted_by_id)
        waiting = Counter(one.email.casefold() for one in letters if not (one.accepted or one.withdrawn))
        assert set(waiting.values()) <= {1}


class TestLife(TestCase):
    """The machine, within a transaction that is rolled back."""

    @pytest.fixture(autouse=True)
    def _people(self, kolding: Any, koebenhavn: Any) -> None:
        self.home = kolding
        self.people = {name: make_user(name.title()) for name in EVERYDAY} | {
            "administrator": make_employee(kolding, "municipality_administrator"),
            "manager": make_employee(kolding, "community_manager"),
            "other_administrator": make_employee(koebenhavn, "municipality_administrator"),
            "visitor": AnonymousUser(),
        }

    def test_random_orders(self) -> None:
        class OfPeople(Life):
            pass

        OfPeople.people, OfPeople.home = self.people, self.home
        run_state_machine_as_test(
            OfPeople,
            settings=settings(
                max_examples=22, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
