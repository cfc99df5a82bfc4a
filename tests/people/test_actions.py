"""Roles and invitations."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from fyrtaarn.areas import actions as area_actions
from fyrtaarn.areas.models import Department
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import OutgoingMail
from fyrtaarn.foundation.notices import words_of
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.people import actions
from fyrtaarn.people.models import Invitation, InvitationState, Role, RoleKind, User
from tests.harness.people import make_department, make_employee, make_user

TODAY = clock.today()
ADMINISTRATOR = RoleKind.MUNICIPALITY_ADMINISTRATOR


@pytest.fixture
def administrator(kolding: Any) -> Any:
    return make_employee(kolding, ADMINISTRATOR, name="Anna Administrator")


@pytest.fixture
def stranger(koebenhavn: Any) -> Any:
    return make_employee(koebenhavn, ADMINISTRATOR, name="Fremmed")


def at_once(*calls: Callable[[], object]) -> list[Exception]:
    """Run the calls at the same moment, each on its own connection; returns what they raised."""
    barrier, raised = Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        barrier.wait()
        try:
            call()
        except Exception as fault:  # noqa: BLE001 - judged by the test
            raised.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.django_db
def test_giving_a_role_is_logged_and_told(kolding: Any, administrator: Any) -> None:
    user = make_user("Bo Borger", language="en")
    role = actions.give_role(user, RoleKind.BUYER, kolding, by=administrator)
    assert role.holds(TODAY)
    assert steps_of(role).get().by == administrator
    told = user.notices.get()
    assert told.kind == "people.role-given"
    assert words_of(told).title == "Du har en rolle i Kolding: Indkøber"
    assert OutgoingMail.objects.get().subject == "You have a role in Kolding: Buyer"


@pytest.mark.django_db
def test_a_role_is_not_given_twice(kolding: Any, administrator: Any) -> None:
    user = make_user()
    actions.give_role(user, RoleKind.BUYER, kolding, by=administrator)
    with pytest.raises(Refused):
        actions.give_role(user, RoleKind.BUYER, kolding, by=administrator)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["department_editor", "contact_person"])
def test_some_roles_need_a_department(kolding: Any, administrator: Any, kind: str) -> None:
    with pytest.raises(Refused):
        actions.give_role(make_user(), kind, kolding, by=administrator)


@pytest.mark.django_db
def test_a_department_of_another_municipality_is_refused(kolding: Any, koebenhavn: Any, administrator: Any) -> None:
    with pytest.raises(Refused):
        actions.give_role(
            make_user(), RoleKind.CONTACT_PERSON, kolding, department=make_department(koebenhavn), by=administrator
        )


@pytest.mark.django_db
def test_an_administrator_is_never_of_one_department(kolding: Any, administrator: Any) -> None:
    role = actions.give_role(make_user(), ADMINISTRATOR, kolding, department=make_department(kolding), by=administrator)
    assert role.department is None


@pytest.mark.django_db
def test_only_the_municipalitys_own_administrators_manage_roles(
    kolding: Any, administrator: Any, stranger: Any
) -> None:
    role = actions.give_role(make_user(), RoleKind.BUYER, kolding, by=administrator)
    invitation = actions.invite("ny@example.dk", RoleKind.BUYER, kolding, by=administrator)
    for other in (stranger, make_user(), make_employee(kolding, RoleKind.COMMUNITY_MANAGER)):
        for attempt in (
            lambda other=other: actions.give_role(other, RoleKind.READER, kolding, by=other),
            lambda other=other: actions.change_role(role, RoleKind.READER, None, by=other),
            lambda other=other: actions.end_role(role, TODAY, by=other),
            lambda other=other: actions.invite("x@example.dk", RoleKind.READER, kolding, by=other),
            lambda other=other: actions.resend(invitation, by=other),
            lambda other=other: actions.withdraw(invitation, by=other),
        ):
            with pytest.raises(Refused):
                attempt()


@pytest.mark.django_db
def test_a_role_ends_on_its_day(kolding: Any, administrator: Any) -> None:
    user = make_user()
    role = actions.give_role(user, RoleKind.BUYER, kolding, by=administrator)
    ended = actions.end_role(role, TODAY + timedelta(days=3), by=administrator)
    assert ended.holds(TODAY + timedelta(days=2))
    assert not ended.holds(TODAY + timedelta(days=3))
    assert user.notices.filter(kind="people.role-ended").count() == 1


@pytest.mark.django_db
def test_the_past_is_not_rewritten(kolding: Any, administrator: Any) -> None:
    role = actions.give_role(make_user(), RoleKind.BUYER, kolding, by=administrator)
    with pytest.raises(Refused):
        actions.end_role(role, TODAY - timedelta(days=1), by=administrator)
    actions.end_role(role, TODAY, by=administrator)
    with pytest.raises(Refused):
        actions.end_role(role, TODAY, by=administrator)


@pytest.mark.django_db
def test_changing_a_role_keeps_its_past(kolding: Any, administrator: Any) -> None:
    user = make_user()
    role = actions.give_role(user, RoleKind.BUYER, kolding, by=administrator)
    Role.objects.filter(pk=role.pk).update(starts=TODAY - timedelta(days=100))
    changed = actions.change_role(role, RoleKind.CONTACT_PERSON, make_department(kolding), by=administrator)
    role.refresh_from_db()
    assert (role.kind, role.ends) == (RoleKind.BUYER, TODAY)
    assert (changed.kind, changed.starts, changed.ends) == (RoleKind.CONTACT_PERSON, TODAY, None)


@pytest.mark.django_db
def test_changing_to_the_same_changes_nothing(kolding: Any, administrator: Any) -> None:
    role = actions.give_role(make_user(), RoleKind.BUYER, kolding, by=administrator)
    assert actions.change_role(role, RoleKind.BUYER, None, by=administrator).ends is None


@pytest.mark.django_db
def test_the_last_administrator_stays(kolding: Any, administrator: Any) -> None:
    own = administrator.roles.get()
    with pytest.raises(Refused):
        actions.end_role(own, TODAY + timedelta(days=400), by=administrator)
    with pytest.raises(Refused):
        actions.change_role(own, RoleKind.READER, None, by=administrator)
    second = actions.give_role(make_user(), ADMINISTRATOR, kolding, by=administrator)
    actions.end_role(own, TODAY + timedelta(days=5), by=administrator)
    with pytest.raises(Refused):
        actions.end_role(second, TODAY + timedelta(days=1), by=administrator)


@pytest.mark.django_db
def test_an_administrator_without_an_account_that_works_does_not_count(kolding: Any, administrator: Any) -> None:
    make_employee(kolding, ADMINISTRATOR, is_active=False)
    with pytest.raises(Refused):
        actions.end_role(administrator.roles.get(), TODAY, by=administrator)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_end_each_other_at_once(kolding: Any) -> None:
    one, other = make_employee(kolding, ADMINISTRATOR), make_employee(kolding, ADMINISTRATOR)
    raised = at_once(
        lambda: actions.end_role(one.roles.get(), TODAY, by=other),
        lambda: actions.end_role(other.roles.get(), TODAY, by=one),
    )
    assert [type(fault) for fault in raised] == [Refused]
    assert Role.objects.current().filter(municipality=kolding, kind=ADMINISTRATOR).count() == 1


@pytest.mark.django_db
def test_a_known_person_gets_the_role_and_a_new_one_a_letter(kolding: Any, administrator: Any) -> None:
    known = make_user("Kendt")
    added = actions.add_person(known.email.upper(), RoleKind.BUYER, kolding, by=administrator)
    assert isinstance(added, Role)
    invited = actions.add_person("Ny@Example.dk", RoleKind.BUYER, kolding, by=administrator)
    assert isinstance(invited, Invitation)
    assert invited.email == "ny@example.dk"


@pytest.mark.django_db
def test_an_unconfirmed_account_does_not_get_the_role(kolding: Any, administrator: Any) -> None:
    User.objects.create_user("ny@example.dk", "en lang og god sætning")
    added = actions.add_person("ny@example.dk", RoleKind.BUYER, kolding, by=administrator)
    assert isinstance(added, Invitation)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("da", "Linket virker i 14 dage."), ("en", "The link works for 14 days.")]
)
def test_the_letter_is_in_the_chosen_language(kolding: Any, administrator: Any, language: str, words: str) -> None:
    department = make_department(kolding, "Børn & Unge")
    invitation = actions.invite(
        "ny@example.dk",
        RoleKind.CONTACT_PERSON,
        kolding,
        department=department,
        language=language,
        by=administrator,
    )
    letter = OutgoingMail.objects.get(recipient="ny@example.dk")
    assert f"/invitation/{invitation.token}/" in letter.text
    assert words in letter.text
    assert "Børn & Unge" in letter.text
    assert "Kolding" in letter.subject
    assert "\n" not in letter.subject


@pytest.mark.django_db
def test_the_same_invitation_is_not_written_twice(kolding: Any, administrator: Any) -> None:
    actions.invite("ny@example.dk", RoleKind.BUYER, kolding, by=administrator)
    with pytest.raises(Refused):
        actions.invite("NY@example.dk", RoleKind.BUYER, kolding, by=administrator)


@pytest.mark.django_db
def test_accepting_gives_the_role_and_tells_the_inviter(kolding: Any, administrator: Any) -> None:
    department = make_department(kolding)
    invitation = actions.invite(
        "ny@example.dk", RoleKind.CONTACT_PERSON, kolding, department=department, by=administrator
    )
    user = make_user("Ny Nielsen", email="ny@example.dk")
    role = actions.accept(invitation, by=user)
    assert (role.kind, role.department, role.starts) == (RoleKind.CONTACT_PERSON, department, TODAY)
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.ACCEPTED
    assert words_of(administrator.notices.get()).title == "Ny Nielsen har taget imod din invitation"


@pytest.mark.django_db
def test_another_address_does_not_accept(kolding: Any, administrator: Any) -> None:
    invitation = actions.invite("ny@example.dk", RoleKind.BUYER, kolding, by=administrator)
    with pytest.raises(Refused, match="anden e-mailadresse"):
        actions.accept(invitation, by=make_user())


@pytest.mark.django_db
def test_an_expired_letter_is_worthless_until_it_is_sent_again(kolding: Any, administrator: Any) -> None:
    invitation = actions.invite("ny@example.dk", RoleKind.BUYER, kolding, by=administrator)
    Invitation.objects.filter(pk=invitation.pk).update(expires=clock.now())
    user = make_user(email="ny@example.dk")
    with pytest.raises(Refused, match="udløbet"):
        actions.accept(invitation, by=user)
    actions.resend(invitation, by=administrator)
    assert OutgoingMail.objects.filter(recipient="ny@example.dk").count() == 2
    actions.accept(invitation, by=user)


@pytest.mark.django_db
def test_two_clicks_send_one_letter(kolding: Any, administrator: Any) -> None:
    invitation = actions.invite("ny@example.dk", RoleKind.BUYER, kolding, by=administrator)
    Invitation.objects.filter(pk=invitation.pk).update(expires=clock.now())
    actions.resend(invitation, by=administrator)
    actions.resend(invitation, by=administrator)
    assert OutgoingMail.objects.count() == 2


@pytest.mark.django_db
def test_a_withdrawn_letter_is_worthless_for_good(kolding: Any, administrator: Any) -> None:
    invitation = actions.invite("ny@example.dk", RoleKind.BUYER, kolding, by=administrator)
    actions.withdraw(invitation, by=administrator)
    with pytest.raises(Refused, match="trukket tilbage"):
        actions.accept(invitation, by=make_user(email="ny@example.dk"))
    with pytest.raises(Refused):
        actions.resend(invitation, by=administrator)
    actions.invite("ny@example.dk", RoleKind.BUYER, kolding, by=administrator)


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_used_once_even_at_once(kolding: Any) -> None:
    administrator = make_employee(kolding, ADMINISTRATOR)
    invitation = actions.invite("ny@example.dk", RoleKind.BUYER, kolding, by=administrator)
    user = make_user(email="ny@example.dk")
    raised = at_once(*[lambda: actions.accept(invitation, by=user)] * 4)
    assert [type(fault) for fault in raised] == [Refused] * 3
    assert user.roles.count() == 1


@pytest.mark.django_db
def test_who_already_has_the_role_still_has_it_once(kolding: Any, administrator: Any) -> None:
    invitation = actions.invite("ny@example.dk", RoleKind.BUYER, kolding, by=administrator)
    user = make_user(email="ny@example.dk")
    actions.give_role(user, RoleKind.BUYER, kolding, by=administrator)
    actions.accept(invitation, by=user)
    assert user.roles.count() == 1


@pytest.mark.django_db
def test_an_invitation_follows_its_department(kolding: Any, administrator: Any) -> None:
    department = make_department(kolding)
    invitation = actions.invite(
        "ny@example.dk", RoleKind.CONTACT_PERSON, kolding, department=department, by=administrator
    )
    area_actions.end_department(department, TODAY, new_name="Ny forvaltning", by=administrator)
    role = actions.accept(invitation, by=make_user(email="ny@example.dk"))
    assert role.department == Department.objects.get(name="Ny forvaltning")


@pytest.mark.django_db
def test_an_invitation_to_a_department_that_is_gone_is_refused(kolding: Any, administrator: Any) -> None:
    department = make_department(kolding)
    invitation = actions.invite(
        "ny@example.dk", RoleKind.CONTACT_PERSON, kolding, department=department, by=administrator
    )
    area_actions.end_department(department, TODAY, by=administrator)
    user = make_user(email="ny@example.dk")
    with pytest.raises(Refused):
        actions.accept(invitation, by=user)
    assert not user.roles.exists()
