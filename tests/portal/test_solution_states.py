"""Whoever tries what in whatever order: a solution, its log and its listing stay whole."""

from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Step
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.listings.actions import publish
from fyrtaarn.listings.models import Listing
from fyrtaarn.organisations.models import Membership
from fyrtaarn.people.models import User
from fyrtaarn.portal import actions, rules
from fyrtaarn.portal.models import Solution
from fyrtaarn.portal.states import SOLUTION_STATES
from tests.harness.people import make_employee, make_organisation, make_user

from .conftest import make_solution

TEAM = ("owner", "member")
PEOPLE = (*TEAM, "other_owner", "editor", "administrator", "visitor")
STEPS = {(source, t.target) for t in SOLUTION_STATES.transitions.values() for source in t.sources}
KEPT = ("pk", "title", "state", "version", "deleted", "confirmed", "published", "references__title")
who_strategy = st.sampled_from((*PEOPLE, *TEAM, *TEAM))


class Life(RuleBasedStateMachine):
    """Random people try random steps on one solution."""

    people: dict[str, Any]
    organisation: Any

    @initialize()
    def begin_anew(self) -> None:
        Solution.with_deleted.all().delete()
        Listing.objects.filter(kind="solution").delete()
        Step.objects.all().delete()
        self.pk = make_solution(self.people["owner"], self.organisation).pk
        self.taken: list[tuple[str, int]] = []

    @property
    def solution(self) -> Any:
        return Solution.with_deleted.get(pk=self.pk)

    def person(self, who: str) -> Any:
        """The person as a new request reads her."""
        return User.objects.get(pk=self.people[who].pk) if self.people[who].pk else self.people[who]

    def picture(self) -> list[Any]:
        return [
            list(Solution.with_deleted.order_by("pk", "references").values_list(*KEPT)),
            list(Listing.objects.order_by("pk").values_list("pk", "ended", "title", "state", "fresh_until")),
            Step.objects.count(),
        ]

    def attempt(self, who: str, act: Any, step: str = "") -> bool:
        """Whether it was done; a refusal says why and changes nothing, and only the team is let do anything."""
        before, gone = self.picture(), self.solution.deleted is not None
        try:
            act(self.person(who))
        except Refused as refusal:
            why = str(refusal.reason)
        except Conflict:
            why = "overtaken"
        except Solution.DoesNotExist:
            why = "deleted" if gone else ""
        else:
            return self.note(who, step)
        assert why
        assert self.picture() == before
        return False

    def note(self, who: str, step: str) -> bool:
        assert who in TEAM
        if step:
            self.taken.append((step, self.people[who].pk))
        return True

    @rule(who=who_strategy)
    def offer(self, who: str) -> None:
        step = "offer_again" if self.solution.state == "withdrawn" else "publish"
        if self.attempt(who, lambda user: actions.publish_solution(user, self.solution), step):
            assert self.solution.confirmed == clock.today()

    @rule(who=who_strategy)
    def withdraw(self, who: str) -> None:
        self.attempt(who, lambda user: actions.withdraw_solution(user, self.solution), "withdraw")

    @rule(who=who_strategy)
    def confirm(self, who: str) -> None:
        if self.attempt(who, lambda user: actions.confirm_solution(user, self.solution)):
            assert self.solution.confirmed == clock.today()

    @rule(
        who=who_strategy,
        title=st.sampled_from(("", "Langbord", "Fælles frokost")),
        places=st.lists(st.sampled_from(("Aarhus", "Vejle")), max_size=2, unique=True),
        overtaken=st.booleans(),
    )
    def change(self, who: str, title: str, places: list[str], overtaken: bool) -> None:
        before = self.solution
        references = [{"title": place} for place in places]
        if self.attempt(
            who,
            lambda user: actions.change_solution(
                user, before, {"title": title}, before.version - overtaken, references
            ),
        ):
            assert not overtaken
            assert self.solution.version == before.version + 1
            assert sorted(self.solution.references.values_list("title", flat=True)) == sorted(places)

    @rule(who=who_strategy)
    def delete(self, who: str) -> None:
        if self.attempt(who, lambda user: actions.delete_solution(user, self.solution)):
            assert not Solution.objects.filter(pk=self.pk).exists()

    @rule(who=who_strategy)
    def restore(self, who: str) -> None:
        if self.attempt(who, lambda user: actions.restore_solution(user, self.pk)):
            assert Solution.objects.filter(pk=self.pk).exists()

    @rule(who=who_strategy)
    def copy(self, who: str) -> None:
        key = uuid4()
        if self.attempt(who, lambda user: actions.copy_solution(user, self.solution, key)):
            copied = Solution.objects.get(draft_key=key)
            assert (copied.state, copied.organisation) == ("draft", self.organisation)
            assert not Listing.objects.filter(kind="solution", subject_id=copied.pk).exists()
            copied.delete()

    @rule()
    def half_a_year_goes_by(self) -> None:
        Solution.with_deleted.filter(pk=self.pk).update(confirmed=clock.today() - timedelta(days=181))
        publish(self.solution)

    @invariant()
    def log_is_whole(self) -> None:
        log = list(steps_of(self.solution))
        assert [(step.name, step.by_id) for step in log] == self.taken
        assert all((step.source, step.target) in STEPS for step in log)
        assert all(first.target == then.source for first, then in pairwise(log))
        assert self.solution.state == (log[-1].target if log else "draft")

    @invariant()
    def listed_exactly_while_offered(self) -> None:
        current = self.solution
        offered = current.state == "published"
        listed = list(Listing.objects.filter(kind="solution", subject_id=current.pk, ended=None))
        assert len(listed) == offered
        for listing in listed:
            assert (listing.title, listing.fresh_until) == (current.title, current.fresh_until)
        if offered:
            assert current.title
            assert current.deleted is None
        for who in PEOPLE:
            verdict = rules.may_see_solution(self.person(who), current)
            assert bool(verdict) == (offered or who in TEAM)
            assert verdict or str(verdict.reason)


class TestLife(TestCase):
    """The machine, within a transaction that is rolled back."""

    @pytest.fixture(autouse=True)
    def _people(self, kolding: Any, editor: Any, owner: Any, organisation: Any) -> None:
        member, other_owner = make_user("Mia Medlem"), make_user("Ole Ejer")
        Membership.objects.create(user=member, organisation=organisation, kind="member")
        make_organisation(kolding, "Et andet køkken", owner=other_owner)
        self.organisation = organisation
        self.people = {
            "owner": owner,
            "member": member,
            "other_owner": other_owner,
            "editor": editor,
            "administrator": make_employee(kolding, "municipality_administrator"),
            "visitor": AnonymousUser(),
        }

    def test_random_orders(self) -> None:
        class OfPeople(Life):
            pass

        OfPeople.people, OfPeople.organisation = self.people, self.organisation
        run_state_machine_as_test(
            OfPeople,
            settings=settings(
                max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
