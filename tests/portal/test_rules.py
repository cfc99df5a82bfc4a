"""Who may do what, and the reasons that are given."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from fyrtaarn.portal import actions, rules
from tests.harness.people import make_department, make_employee, make_organisation, make_user

from .conftest import make_challenge, make_solution

pytestmark = pytest.mark.django_db

WRITERS = ("community_manager", "municipality_administrator")
OTHERS = ("buyer", "fund_manager", "caseworker", "council_member", "reader")


@pytest.mark.parametrize("kind", WRITERS)
def test_managers_write_for_every_department(kolding: Any, editor: Any, kind: str) -> None:
    person = make_employee(kolding, kind)
    assert rules.may_create_challenge(person, kolding)
    assert rules.may_edit_challenge(person, make_challenge(editor, kolding))


@pytest.mark.parametrize("kind", OTHERS)
def test_others_do_not_write(kolding: Any, editor: Any, kind: str) -> None:
    person = make_employee(kolding, kind)
    challenge = make_challenge(editor, kolding, published=True)
    for verdict in (rules.may_create_challenge(person, kolding), rules.may_edit_challenge(person, challenge)):
        assert not verdict
        assert str(verdict.reason)


def test_a_role_in_another_municipality_is_worth_nothing_here(kolding: Any, koebenhavn: Any, editor: Any) -> None:
    stranger = make_employee(koebenhavn, "municipality_administrator")
    writer = make_employee(koebenhavn, "department_editor", make_department(koebenhavn))
    challenge = make_challenge(editor, kolding, published=True, audience="municipality")
    for person in (stranger, writer):
        assert not rules.may_create_challenge(person, kolding)
        assert not rules.may_edit_challenge(person, challenge)
        assert not rules.may_see_challenge(person, challenge)


def test_a_partner_department_edits_and_another_does_not(
    kolding: Any, editor: Any, colleague: Any, other_department: Any
) -> None:
    challenge = make_challenge(editor, kolding)
    assert not rules.may_edit_challenge(colleague, challenge)
    challenge.partners.add(other_department)
    assert rules.may_edit_challenge(colleague, challenge)


def test_who_sees_a_challenge(kolding: Any, editor: Any, owner: Any) -> None:
    caseworker = make_employee(kolding, "caseworker")
    council_member = make_employee(kolding, "council_member")
    draft = make_challenge(editor, kolding)
    internal = make_challenge(editor, kolding, published=True, audience="municipality")
    public = make_challenge(editor, kolding, published=True)
    people = (editor, caseworker, council_member, owner, AnonymousUser())
    assert [[bool(rules.may_see_challenge(p, c)) for c in (draft, internal, public)] for p in people] == [
        [True, True, True],
        [False, True, True],
        [False, False, True],
        [False, False, True],
        [False, False, True],
    ]


def test_what_is_missing_is_named_in_the_order_of_the_form(kolding: Any) -> None:
    manager = make_employee(kolding, "community_manager")
    challenge = make_challenge(manager, kolding, title=" ", situation="")
    assert [(m.step, m.field) for m in rules.missing_in(challenge)] == [
        ("situation", "title"),
        ("situation", "situation"),
        ("frame", "department"),
    ]
    assert not rules.may_publish_challenge(manager, challenge)


def test_an_editor_gives_the_challenge_only_to_a_department_of_hers(
    kolding: Any, koebenhavn: Any, editor: Any, other_department: Any
) -> None:
    challenge = make_challenge(editor, kolding)
    administrator = make_employee(kolding, "municipality_administrator")
    assert not rules.may_choose_department(editor, challenge, other_department)
    assert rules.may_choose_department(editor, challenge, challenge.department)
    assert rules.may_choose_department(administrator, challenge, other_department)
    assert not rules.may_choose_department(administrator, challenge, make_department(koebenhavn))


def test_a_published_challenge_is_never_deleted(kolding: Any, editor: Any) -> None:
    assert not rules.may_delete_challenge(editor, make_challenge(editor, kolding, published=True))
    assert rules.may_delete_challenge(editor, make_challenge(editor, kolding))


def test_the_team_alone_edits_a_solution(kolding: Any, organisation: Any, owner: Any, editor: Any) -> None:
    solution = make_solution(owner, organisation)
    rival = make_user("Rikke Rival")
    make_organisation(kolding, "De andre", owner=rival)
    assert rules.may_edit_solution(owner, solution)
    assert rules.may_see_solution(owner, solution)
    for person in (rival, editor, AnonymousUser()):
        assert not rules.may_edit_solution(person, solution)
        assert not rules.may_see_solution(person, solution)
        assert not rules.may_offer_for(person, organisation)
        assert not rules.may_confirm_solution(person, solution)
    actions.publish_solution(owner, solution)
    solution.refresh_from_db()
    assert rules.may_see_solution(AnonymousUser(), solution)
    assert not rules.may_delete_solution(owner, solution)


def test_a_closed_organisation_offers_nothing(organisation: Any, owner: Any) -> None:
    from fyrtaarn.foundation import clock

    solution = make_solution(owner, organisation)
    organisation.closed = clock.now()
    organisation.save()
    solution.refresh_from_db()
    assert not rules.may_offer_for(owner, organisation)
    assert not rules.may_publish_solution(owner, solution)
