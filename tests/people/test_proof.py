"""Dangerous acts ask once more who it is, when the last proof has grown old."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fyrtaarn.foundation import clock
from fyrtaarn.people.models import Role, RoleKind
from fyrtaarn.people.proof import PROVED
from tests.harness.browser import html_faults
from tests.harness.people import make_department, make_employee, make_organisation, make_user

PASSWORD = "en lang og god sætning"
ROLES = "/kolding/administration/roller/"


def grow_old(client: Client, minutes: int = 16) -> None:
    """Let the proof of this browser have been given so long ago."""
    session = client.session
    session[PROVED] = (clock.now() - timedelta(minutes=minutes)).isoformat()
    session.save()


@pytest.fixture
def administrator(kolding: Any) -> Any:
    return make_employee(kolding, RoleKind.MUNICIPALITY_ADMINISTRATOR, name="Anna Administrator")


@pytest.fixture
def at_work(client: Client, administrator: Any) -> Client:
    """The administrator's browser, in which she signed in a while ago."""
    client.post("/konto/login/", {"login": administrator.email, "password": PASSWORD})
    grow_old(client)
    return client


@pytest.mark.django_db
def test_signing_in_is_a_proof_for_a_quarter_of_an_hour(at_work: Client) -> None:
    grow_old(at_work, minutes=14)
    assert at_work.get(f"{ROLES}ny/").status_code == 200
    grow_old(at_work, minutes=15)
    assert (
        at_work.get(f"{ROLES}ny/").headers["Location"]
        == f"/konto/reauthenticate/?next={ROLES.replace('/', '%2F')}ny%2F"
    )


@pytest.mark.django_db
def test_what_was_sent_is_carried_out_after_the_proof(kolding: Any, at_work: Client) -> None:
    known = make_user("Bo", email="bo@example.dk")
    give = {"email": "bo@example.dk", "kind": RoleKind.BUYER, "language": "da"}
    asked = at_work.post(f"{ROLES}ny/", give)
    assert asked.headers["Location"].startswith("/konto/reauthenticate/")
    assert not Role.objects.filter(user=known).exists()
    wrong = at_work.post(asked.headers["Location"], {"password": "gættet forkert"})
    assert wrong.status_code == 200
    assert not Role.objects.filter(user=known).exists()
    answer = at_work.post(asked.headers["Location"], {"password": PASSWORD})
    assert answer.headers["Location"] == ROLES
    assert Role.objects.get(user=known).kind == RoleKind.BUYER
    assert at_work.get(f"{ROLES}ny/").status_code == 200


@pytest.mark.django_db
def test_reading_and_harmless_acts_ask_nothing(at_work: Client) -> None:
    assert at_work.get(ROLES).status_code == 200
    assert at_work.post("/min/profil/", {"name": "Anna", "language": "da"}).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        f"{ROLES}?format=csv",
        f"{ROLES}ny/",
        f"{ROLES}{{role}}/",
        f"{ROLES}{{role}}/afslut/",
        "/konto/2fa/totp/activate/",
        "/konto/2fa/webauthn/add/",
        "/konto/2fa/recovery-codes/generate/",
    ],
)
def test_dangerous_pages_ask(at_work: Client, administrator: Any, path: str) -> None:
    asked = at_work.get(path.format(role=administrator.roles.get().pk))
    assert asked.headers["Location"].startswith("/konto/reauthenticate/")


@pytest.mark.django_db
def test_a_new_address_or_seeing_somebody_off_asks(at_work: Client, administrator: Any, kolding: Any) -> None:
    organisation: Any = make_organisation(kolding, owner=administrator)
    member = organisation.memberships.create(user=make_user(), kind="member")
    team = f"/min/organisationer/{organisation.slug}/hold/{member.pk}"
    for path, data in (
        ("/konto/email/", {"email": "ny@example.dk", "action_add": ""}),
        (f"{team}/slut/", {}),
        (f"{team}/rolle/", {"kind": "owner"}),
    ):
        assert at_work.post(path, data).headers["Location"].startswith("/konto/reauthenticate/"), path
    member.refresh_from_db()
    assert (member.kind, member.ends) == ("member", None)


@pytest.mark.django_db
def test_who_may_not_is_refused_before_she_is_asked(kolding: Any, client: Client) -> None:
    editor: Any = make_employee(kolding, RoleKind.DEPARTMENT_EDITOR, make_department(kolding))
    client.force_login(editor)
    grow_old(client)
    assert client.get(f"{ROLES}ny/").status_code == 403


@pytest.mark.django_db
class TestWithoutPassword:
    @pytest.fixture
    def persona(self, kolding: Any, client: Client) -> Client:
        """A persona, whom one becomes with a click."""
        user: Any = make_employee(kolding, RoleKind.MUNICIPALITY_ADMINISTRATOR, persona="En administrator")
        user.set_unusable_password()
        user.save()
        client.post(reverse("people:persona-sign-in", args=[user.pk]))
        grow_old(client)
        return client

    def test_she_signs_in_once_more_and_goes_on(self, persona: Client) -> None:
        asked = persona.get(f"{ROLES}ny/")
        assert asked.headers["Location"].startswith("/konto/bekraeft/?next=")
        page = persona.get(asked.headers["Location"])
        assert html_faults(page.content.decode()) == []
        pk = persona.session["_auth_user_id"]
        back = persona.post(reverse("people:persona-sign-in", args=[pk]), {"next": f"{ROLES}ny/"})
        assert back.headers["Location"] == f"{ROLES}ny/"
        assert persona.get(f"{ROLES}ny/").status_code == 200

    def test_also_before_she_changes_how_she_signs_in(self, persona: Client) -> None:
        assert persona.get("/konto/2fa/webauthn/add/").headers["Location"].startswith("/konto/bekraeft/")

    def test_the_way_on_leads_nowhere_else(self, persona: Client) -> None:
        page = persona.get("/konto/bekraeft/?next=https://example.org/").content.decode()
        assert page.count('name="next" value="/"') == 1
