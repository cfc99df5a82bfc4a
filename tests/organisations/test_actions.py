"""Describing, joining, claiming and verifying organisations."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice, OutgoingMail
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import WrongState, steps_of
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.organisations import actions
from fyrtaarn.organisations.models import Claim, Membership, Organisation, TeamInvitation
from fyrtaarn.organisations.queries import alike
from fyrtaarn.organisations.register import Company
from fyrtaarn.organisations.rules import verifying_municipalities
from fyrtaarn.organisations.states import CLAIM_STATES
from fyrtaarn.people.acting import contexts_of
from tests.harness.people import make_employee, make_organisation, make_user

pytestmark = pytest.mark.django_db
CVR = "90000004"


def fields(home: Any, **changes: Any) -> dict[str, Any]:
    return {"name": "Eksempelværkstedet", "kind": "social_enterprise", "home": home, "cvr": None, **changes}


def together(*works: Callable[[], Any]) -> list[Any]:
    """Run the works at the same moment in threads of their own; what each returned or raised."""
    gate, results = threading.Barrier(len(works)), [None] * len(works)

    def one(place: int, work: Callable[[], Any]) -> None:
        try:
            gate.wait()
            results[place] = work()
        except Exception as fault:  # noqa: BLE001 - the test looks at it
            results[place] = fault  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_whoever_describes_an_organisation_owns_it(kolding: Any) -> None:
    user = make_user()
    company = Company(cvr=CVR, name="Eksempelværkstedet ApS", register="csv")
    organisation = actions.create_organisation(user, fields(kolding, cvr=CVR), company)
    assert organisation.memberships.get().user == user
    assert organisation.memberships.get().kind == "owner"
    assert organisation.register_data["register"] == "csv"


def test_like_names_get_addresses_of_their_own(kolding: Any) -> None:
    slugs = [actions.create_organisation(make_user(), fields(kolding)).slug for _ in range(3)]
    assert slugs == ["eksempelvaerkstedet", "eksempelvaerkstedet-2", "eksempelvaerkstedet-3"]


@pytest.mark.django_db(transaction=True)
def test_two_who_describe_the_same_company_at_once_make_one(kolding: Any) -> None:
    users = [make_user(), make_user()]
    results = together(
        *(
            lambda u=user: actions.create_organisation(u, fields(kolding, cvr=CVR, name=f"Firma {u.pk}"))
            for user in users
        )
    )
    assert sorted(type(r).__name__ for r in results) == ["Organisation", "ValidationError"]
    assert Organisation.objects.filter(cvr=CVR).count() == 1


def test_a_taken_number_is_said_at_its_field(kolding: Any) -> None:
    actions.create_organisation(make_user(), fields(kolding, cvr=CVR))
    with pytest.raises(ValidationError) as told:
        actions.create_organisation(make_user(), fields(kolding, cvr=CVR))
    assert "cvr" in told.value.message_dict


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(kolding: Any) -> None:
    owner = make_user()
    organisation = make_organisation(kolding, owner=owner)
    actions.edit_organisation(owner, organisation, {"what": "Min tekst"}, version=1)
    with pytest.raises(Conflict) as told:
        actions.edit_organisation(owner, organisation, {"what": "Din tekst"}, version=1)
    assert told.value.current.what == "Min tekst"
    organisation.refresh_from_db()
    assert (organisation.what, organisation.version) == ("Min tekst", 2)


def test_strangers_cannot_edit_and_are_told_why(kolding: Any) -> None:
    organisation = make_organisation(kolding, owner=make_user())
    with pytest.raises(Refused) as told:
        actions.edit_organisation(make_user(), organisation, {"what": "x"}, version=1)
    assert "hører til" in str(told.value.reason)


def test_the_municipality_tends_an_organisation_only_until_it_has_a_team(kolding: Any, koebenhavn: Any) -> None:
    administrator = make_employee(kolding, "municipality_administrator")
    stranger = make_employee(koebenhavn, "municipality_administrator")
    organisation = make_organisation(kolding)
    actions.edit_organisation(administrator, organisation, {"what": "Fra rapporten"}, version=1)
    with pytest.raises(Refused):
        actions.edit_organisation(stranger, organisation, {"what": "x"}, version=2)
    Membership.objects.create(user=make_user(), organisation=organisation, kind="owner")
    with pytest.raises(Refused):
        actions.edit_organisation(administrator, organisation, {"what": "x"}, version=2)


def test_an_invitation_is_mailed_and_makes_a_member_once(kolding: Any) -> None:
    owner, colleague = make_user(), make_user(email="kollega@example.dk")
    organisation = make_organisation(kolding, name="Brød & Rød", owner=owner)
    invitation = actions.invite(owner, organisation, "Kollega@example.dk", "member")
    mail = OutgoingMail.objects.get(key=f"team-invitation-{invitation.pk}")
    assert "Brød & Rød" in mail.subject
    assert f"/hold/{invitation.token}/" in mail.text
    assert actions.accept_invitation(colleague, invitation.token).kind == "member"
    with pytest.raises(Refused):
        actions.accept_invitation(colleague, invitation.token)
    assert Notice.objects.filter(recipient=owner, kind="organisations.joined").count() == 1


def test_an_invitation_holds_only_for_its_person_and_its_time(kolding: Any) -> None:
    owner = make_user()
    organisation = make_organisation(kolding, owner=owner)
    letter = actions.invite(owner, organisation, "kollega@example.dk", "member")
    with pytest.raises(Refused, match="en anden e-mailadresse"):
        actions.accept_invitation(make_user(), letter.token)
    TeamInvitation.objects.filter(pk=letter.pk).update(expires=clock.now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="udløbet"):
        actions.accept_invitation(make_user(email="kollega@example.dk"), letter.token)


def test_a_new_invitation_replaces_the_waiting_one(kolding: Any) -> None:
    owner = make_user()
    organisation = make_organisation(kolding, owner=owner)
    first = actions.invite(owner, organisation, "kollega@example.dk", "member")
    actions.invite(owner, organisation, "kollega@example.dk", "owner")
    with pytest.raises(Refused, match="trukket tilbage"):
        actions.accept_invitation(make_user(email="kollega@example.dk"), first.token)


@pytest.mark.django_db(transaction=True)
def test_a_letter_used_twice_at_once_makes_one_member(kolding: Any) -> None:
    owner, colleague = make_user(), make_user(email="kollega@example.dk")
    organisation = make_organisation(kolding, owner=owner)
    letter = actions.invite(owner, organisation, colleague.email, "member")
    results = together(*[lambda: actions.accept_invitation(colleague, letter.token)] * 2)
    assert sorted(type(r).__name__ for r in results) == ["Membership", "Refused"]
    assert organisation.memberships.count() == 2


def test_the_last_owner_stays(kolding: Any) -> None:
    owner = make_user()
    organisation = make_organisation(kolding, owner=owner)
    with pytest.raises(Refused, match="skal have en ejer"):
        actions.end_membership(owner, organisation.memberships.get())
    with pytest.raises(Refused, match="skal have en ejer"):
        actions.change_membership(owner, organisation.memberships.get(), "member")


def test_nobody_gets_another_role_in_a_team_she_has_left(kolding: Any) -> None:
    owner = make_user()
    organisation = make_organisation(kolding, owner=owner)
    left = Membership.objects.create(user=make_user(), organisation=organisation, kind="member")
    actions.end_membership(owner, left)
    with pytest.raises(Refused, match="allerede"):
        actions.change_membership(owner, left, "owner")
    left.refresh_from_db()
    assert left.kind == "member"


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_leave_one_behind(kolding: Any) -> None:
    first, second = make_user(), make_user()
    organisation = make_organisation(kolding, owner=first)
    Membership.objects.create(user=second, organisation=organisation, kind="owner")
    memberships = list(organisation.memberships.select_related("user").order_by("pk"))
    results = together(*(lambda m=m: actions.end_membership(m.user, m) for m in memberships))
    assert sorted(type(r).__name__ for r in results) == ["NoneType", "Refused"]
    assert Membership.objects.current().filter(organisation=organisation).count() == 1


def test_a_claim_is_decided_by_the_home_municipality(kolding: Any, koebenhavn: Any) -> None:
    administrator, stranger = (make_employee(m, "municipality_administrator") for m in (kolding, koebenhavn))
    user = make_user()
    organisation = make_organisation(kolding)
    claim = actions.claim(user, organisation, "Jeg er leder")
    assert actions.claim(user, organisation, "Igen").pk == claim.pk
    assert (
        Notice.objects.filter(kind="organisations.claim").values_list("recipient", flat=True).get() == administrator.pk
    )
    with pytest.raises(Refused):
        CLAIM_STATES.perform("approve", claim, by=stranger)
    CLAIM_STATES.perform("approve", claim, by=administrator)
    assert organisation.memberships.get().user == user
    assert [step.name for step in steps_of(claim)] == ["approve"]
    with pytest.raises(WrongState):
        CLAIM_STATES.perform("refuse", claim, by=administrator, reason="Nej")


def test_a_refusal_needs_a_reason_and_tells_it(kolding: Any) -> None:
    administrator, user = make_employee(kolding, "community_manager"), make_user()
    claim = actions.claim(user, make_organisation(kolding), "Jeg er leder")
    with pytest.raises(Refused):
        CLAIM_STATES.perform("refuse", claim, by=administrator, reason="  ")
    CLAIM_STATES.perform("refuse", claim, by=administrator, reason="Vi kender dig ikke")
    assert Notice.objects.get(recipient=user).params["reason"] == "Vi kender dig ikke"


@pytest.mark.django_db(transaction=True)
def test_two_claims_on_one_organisation_cannot_both_be_approved(kolding: Any) -> None:
    administrators = [make_employee(kolding, "municipality_administrator") for _ in range(2)]
    organisation = make_organisation(kolding)
    claims = [actions.claim(make_user(), organisation, "Min") for _ in range(2)]
    results = together(
        *(
            lambda c=c, a=a: CLAIM_STATES.perform("approve", c, by=a)
            for c, a in zip(claims, administrators, strict=True)
        )
    )
    assert sum(isinstance(r, Claim) for r in results) == 1, results
    assert organisation.memberships.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_of_one_name_at_once_get_an_address_each(kolding: Any) -> None:
    people = [make_user() for _ in range(3)]
    made = together(*(lambda person=person: actions.create_organisation(person, fields(kolding)) for person in people))
    assert len({organisation.slug for organisation in made}) == 3


def test_likenesses_are_found_by_number_and_by_a_telling_word(kolding: Any) -> None:
    first = make_organisation(kolding, name="Brødfællesskabet", cvr=CVR)
    make_organisation(kolding, name="Cykelsmedjen")
    assert list(alike("Et helt andet navn", CVR)) == [first]
    assert list(alike("brødfællesskabet Kolding ApS")) == [first]
    assert list(alike("Foreningen")) == []


def test_each_team_gives_its_person_a_hat(kolding: Any) -> None:
    user = make_user()
    for name in ("Østbageriet", "Atelieret"):
        make_organisation(kolding, name=name, owner=user)
    assert [context.label for context in contexts_of(user)] == ["Atelieret", "Østbageriet"]


def test_only_those_who_may_verify_are_offered_to(kolding: Any, koebenhavn: Any) -> None:
    manager = make_employee(kolding, "community_manager")
    assert verifying_municipalities(manager) == [kolding]
    assert verifying_municipalities(make_employee(koebenhavn, "caseworker")) == []
    assert verifying_municipalities(make_user()) == []
