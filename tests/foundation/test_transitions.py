"""Declared transitions: who may, from where to where, what follows; every step is logged, and nothing is half done."""

from typing import Any

import pytest

from fyrtaarn.foundation.models import Step
from fyrtaarn.foundation.rules import ALLOWED, Refused, Verdict, allowed_if
from fyrtaarn.foundation.transitions import ReasonMissing, StateMachine, Transition, WrongState, steps_of
from fyrtaarn.organisations.models import Claim
from tests.harness.people import make_organisation, make_user

pytestmark = pytest.mark.django_db


def own_only(user: Any, claim: Claim) -> Verdict:
    return allowed_if(claim.user_id == user.pk, "Kun din egen")


def explode(_claim: Claim, _by: Any, _reason: str) -> None:
    raise RuntimeError("what follows fails")


MACHINE = StateMachine(
    "state",
    Transition("approve", ("waiting",), "approved", "Godkend", own_only),
    Transition("refuse", ("waiting",), "refused", "Afvis", lambda u, c: ALLOWED, needs_reason=True),
    Transition("break", ("waiting",), "withdrawn", "Ødelæg", lambda u, c: ALLOWED, follows=(explode,)),
)


@pytest.fixture
def claim(kolding: Any) -> Claim:
    return Claim.objects.create(organisation=make_organisation(kolding), user=make_user(), ground="Min")


def test_a_step_changes_the_state_and_is_logged_with_who_and_why(claim: Claim) -> None:
    MACHINE.perform("refuse", claim, by=claim.user, reason="Derfor")
    claim.refresh_from_db()
    step = steps_of(claim).get()
    assert claim.state == "refused"
    assert (step.name, step.source, step.target, step.by, step.reason) == (
        "refuse", "waiting", "refused", claim.user, "Derfor",
    )  # fmt: skip


def test_a_stranger_is_told_why_not_and_nothing_happens(claim: Claim) -> None:
    with pytest.raises(Refused, match="Kun din egen"):
        MACHINE.perform("approve", claim, by=make_user())
    claim.refresh_from_db()
    assert claim.state == "waiting"
    assert not Step.objects.exists()


def test_a_step_from_another_state_is_not_possible(claim: Claim) -> None:
    MACHINE.perform("approve", claim, by=claim.user)
    with pytest.raises(WrongState):
        MACHINE.perform("approve", claim, by=claim.user)


def test_a_stale_object_in_memory_does_not_fool_the_machine(claim: Claim) -> None:
    stale = Claim.objects.get(pk=claim.pk)
    MACHINE.perform("approve", claim, by=claim.user)
    with pytest.raises(WrongState):
        MACHINE.perform("refuse", stale, by=claim.user, reason="For sent")


def test_a_needed_reason_cannot_be_blank(claim: Claim) -> None:
    with pytest.raises(ReasonMissing):
        MACHINE.perform("refuse", claim, by=claim.user, reason=" \n")


def test_when_what_follows_fails_nothing_has_happened(claim: Claim) -> None:
    with pytest.raises(RuntimeError):
        MACHINE.perform("break", claim, by=claim.user)
    claim.refresh_from_db()
    assert claim.state == "waiting"
    assert not Step.objects.exists()


def test_what_is_available_says_for_each_step_whether_and_why_not(claim: Claim) -> None:
    answers = {step.name: verdict for step, verdict in MACHINE.available(make_user(), claim)}
    assert set(answers) == {"approve", "refuse", "break"}
    assert not answers["approve"]
    assert answers["approve"].reason == "Kun din egen"
    assert [step.name for step in MACHINE.allowed(make_user(), claim)] == ["refuse", "break"]
