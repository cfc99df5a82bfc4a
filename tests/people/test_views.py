"""The administrator's pages about roles, the invitation's page, personas, acting-as and my profile."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY
from django.test import Client, override_settings

from fyrtaarn.foundation import clock, notices
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people import acting, actions
from fyrtaarn.people.adapters import PROVED_ADDRESS
from fyrtaarn.people.models import Invitation, Role, RoleKind, User
from fyrtaarn.people.reading import Backend
from tests.harness.people import make_department, make_employee, make_organisation, make_user

ADMINISTRATOR = RoleKind.MUNICIPALITY_ADMINISTRATOR
TODAY = clock.today()
ROLES = "/kolding/administration/roller/"


@pytest.fixture
def administrator(kolding: Any) -> Any:
    return make_employee(kolding, ADMINISTRATOR, name="Anna Administrator")


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(answer: Any) -> str:
    """The words of the page, each run of white space as one blank."""
    return " ".join(answer.content.decode().split())


@pytest.mark.django_db
class TestRoles:
    @pytest.mark.parametrize("path", ["", "ny/", "{role}/", "{role}/afslut/"])
    def test_others_are_told_why_not(self, kolding: Any, koebenhavn: Any, administrator: Any, path: str) -> None:
        path = ROLES + path.format(role=administrator.roles.get().pk)
        for other in (make_user(), make_employee(koebenhavn, ADMINISTRATOR), make_employee(kolding, RoleKind.BUYER)):
            answer = signed_in(other).get(path)
            assert answer.status_code == 403
            assert "kommunens egne administratorer" in page_of(answer)
        assert Client().get(path).status_code == 302

    def test_a_role_of_another_municipality_is_not_found_here(self, koebenhavn: Any, administrator: Any) -> None:
        foreign = make_employee(koebenhavn, RoleKind.BUYER).roles.get()
        client = signed_in(administrator)
        for path in (f"{ROLES}{foreign.pk}/", f"{ROLES}{foreign.pk}/afslut/"):
            assert client.get(path).status_code == 404
            assert client.post(path, {"kind": "reader", "on": TODAY.isoformat()}).status_code == 404
        assert foreign.holds(TODAY)

    def test_the_list_is_filtered_by_department_kind_and_period(self, kolding: Any, administrator: Any) -> None:
        children, elders = make_department(kolding, "Børn"), make_department(kolding, "Ældre")
        make_employee(kolding, RoleKind.CONTACT_PERSON, children, name="Bodil Børn")
        make_employee(kolding, RoleKind.DEPARTMENT_EDITOR, elders, name="Erik Ældre")
        gone = make_employee(kolding, RoleKind.BUYER, name="Søren Sluttet")
        actions.end_role(gone.roles.get(), TODAY, by=administrator)
        coming = make_user("Kim Kommende")
        actions.give_role(coming, RoleKind.BUYER, kolding, starts=TODAY + timedelta(days=3), by=administrator)
        client = signed_in(administrator)

        def names(query: str) -> list[str]:
            table = page_of(client.get(ROLES + query)).partition("<tbody>")[2]
            everybody = ("Anna Administrator", "Bodil Børn", "Erik Ældre", "Kim Kommende", "Søren Sluttet")
            return [name for name in everybody if name in table]

        assert names("") == ["Anna Administrator", "Bodil Børn", "Erik Ældre"]
        assert names(f"?forvaltning={children.pk}") == ["Bodil Børn"]
        assert names("?rolle=department_editor") == ["Erik Ældre"]
        assert names("?periode=sluttet") == ["Søren Sluttet"]
        assert names("?periode=senere") == ["Kim Kommende"]
        assert len(names("?periode=alle")) == 5
        assert names("?periode=vrøvl&rolle=vrøvl&forvaltning=vrøvl") == [
            "Anna Administrator",
            "Bodil Børn",
            "Erik Ældre",
        ]

    def test_queries_do_not_grow_with_the_roles(self, kolding: Any, administrator: Any, at_most_queries: Any) -> None:
        for _ in range(30):
            make_employee(kolding, RoleKind.CONTACT_PERSON, make_department(kolding))
        for number in range(5):
            actions.invite(f"ny{number}@example.dk", RoleKind.READER, kolding, by=administrator)
        client = signed_in(administrator)
        with at_most_queries(12):
            client.get(ROLES)

    def test_a_new_person_is_invited(self, kolding: Any, administrator: Any) -> None:
        data = {"email": "ny@example.dk", "kind": "buyer", "language": "da"}
        answer = signed_in(administrator).post(f"{ROLES}ny/", data, follow=True)
        assert "En invitation er på vej til ny@example.dk." in page_of(answer)
        assert "Venter på svar" in page_of(answer)

    def test_a_known_person_gets_the_role(self, kolding: Any, administrator: Any) -> None:
        known = make_user("Kendt Kristensen")
        data = {"email": known.email, "kind": "buyer", "language": "da", "starts": TODAY.isoformat()}
        answer = signed_in(administrator).post(f"{ROLES}ny/", data, follow=True)
        assert "Kendt Kristensen har fået rollen." in page_of(answer)
        again = signed_in(administrator).post(f"{ROLES}ny/", data)
        assert "Personen har allerede rollen." in page_of(again)
        assert f'value="{known.email}"' in page_of(again)

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ({"email": "ingen adresse"}, "e-mail"),
            ({"email": ""}, "påkrævet"),
            ({"kind": "kejser"}, "gyldig"),
            ({"kind": "contact_person"}, "Vælg den forvaltning"),
            ({"department": "999999"}, "gyldig"),
            ({"department": "x"}, "gyldig"),
            ({"starts": "i morgen"}, "dato"),
            ({"starts": "2020-01-01"}, "Vælg i dag eller en senere dag."),
            ({"language": "xx"}, "gyldig"),
        ],
    )
    def test_bad_input_is_explained_and_kept(
        self, kolding: Any, administrator: Any, data: dict[str, str], words: str
    ) -> None:
        whole = {"email": "ny@example.dk", "kind": "buyer", "language": "da", **data}
        answer = signed_in(administrator).post(f"{ROLES}ny/", whole)
        assert answer.status_code == 200
        assert words in page_of(answer)
        assert "form-error" in page_of(answer)
        assert not Invitation.objects.exists()

    def test_a_department_of_another_municipality_is_no_choice(
        self, kolding: Any, koebenhavn: Any, administrator: Any
    ) -> None:
        data = {
            "email": "ny@example.dk",
            "kind": "buyer",
            "language": "da",
            "department": make_department(koebenhavn).pk,
        }
        assert "form-error" in page_of(signed_in(administrator).post(f"{ROLES}ny/", data))
        assert not Invitation.objects.exists()

    def test_changing_and_ending(self, kolding: Any, administrator: Any) -> None:
        role = make_employee(kolding, RoleKind.BUYER).roles.get()
        client = signed_in(administrator)
        assert "Rollen er rettet." in page_of(client.post(f"{ROLES}{role.pk}/", {"kind": "reader"}, follow=True))
        reader = Role.objects.get(user=role.user, kind="reader")
        answer = client.post(f"{ROLES}{reader.pk}/afslut/", {"on": "1.1.2001"})
        assert "kan ikke ophøre før i dag" in page_of(answer)
        client.post(f"{ROLES}{reader.pk}/afslut/", {"on": TODAY.strftime("%d.%m.%Y")})
        reader.refresh_from_db()
        assert reader.over

    def test_the_last_administrator_is_told_why_she_stays(self, administrator: Any) -> None:
        own = administrator.roles.get()
        answer = signed_in(administrator).post(f"{ROLES}{own.pk}/afslut/", {"on": TODAY.isoformat()})
        assert "Kommunen skal altid have en administrator." in page_of(answer)

    def test_sending_again_and_withdrawing_are_posts(self, kolding: Any, administrator: Any) -> None:
        invitation = actions.invite("ny@example.dk", RoleKind.READER, kolding, by=administrator)
        client = signed_in(administrator)
        for word in ("send", "traek"):
            assert client.get(f"{ROLES}invitationer/{invitation.pk}/{word}/").status_code == 405
            assert client.post(f"{ROLES}invitationer/{invitation.pk}/{word}/").status_code == 302
        invitation.refresh_from_db()
        assert invitation.withdrawn
        assert client.post(f"{ROLES}invitationer/{invitation.pk}/send/").status_code == 403


@pytest.mark.django_db
class TestInvitation:
    @pytest.fixture
    def invitation(self, kolding: Any, administrator: Any) -> Invitation:
        return actions.invite("ny@example.dk", RoleKind.BUYER, kolding, by=administrator)

    def test_it_says_what_it_is_and_reading_accepts_nothing(self, invitation: Any) -> None:
        user = make_user(email="ny@example.dk")
        page = page_of(signed_in(user).get(f"/invitation/{invitation.token}/"))
        for word in ("Kolding", "Indkøber", "Anna Administrator", "ny@example.dk", "Tag imod invitationen"):
            assert word in page
        assert not user.roles.exists()

    def test_a_new_person_signs_up_by_it_without_another_mail(self, client: Client, invitation: Any) -> None:
        here = f"/invitation/{invitation.token}/"
        assert "Opret en konto" in page_of(client.get(here))
        sign_up = client.post(f"{here}konto/").headers["Location"]
        form = page_of(client.get(sign_up))
        assert 'value="ny@example.dk"' in form
        assert here in re.findall(r'name="next" value="([^"]+)"', form)
        data = {"name": "Ny", "email": "ny@example.dk", "password1": "en lang og god sætning", "next": here}
        answer = client.post("/konto/signup/", data)
        assert answer.headers["Location"] == here
        accepted = client.post(here, follow=True)
        assert "Velkommen. Nu har du rollen." in page_of(accepted)
        assert User.objects.get(email="ny@example.dk").roles.get().kind == RoleKind.BUYER

    def test_the_letter_proves_no_other_address(self, client: Client, invitation: Any) -> None:
        client.post(f"/invitation/{invitation.token}/konto/")
        data = {"name": "Ny", "email": "anden@example.dk", "password1": "en lang og god sætning"}
        assert client.post("/konto/signup/", data).headers["Location"] == "/konto/confirm-email/"

    def test_who_has_an_account_signs_in(self, client: Client, invitation: Any) -> None:
        make_user(email="ny@example.dk")
        page = page_of(client.get(f"/invitation/{invitation.token}/"))
        assert f"/konto/login/?next=/invitation/{invitation.token}/" in page

    def test_a_visitor_cannot_accept(self, client: Client, invitation: Any) -> None:
        client.post(f"/invitation/{invitation.token}/")
        invitation.refresh_from_db()
        assert invitation.accepted is None

    def test_another_person_is_told_so(self, invitation: Any) -> None:
        user = make_user(email="anden@example.dk")
        client = signed_in(user)
        page = page_of(client.get(f"/invitation/{invitation.token}/"))
        assert "Du er logget ind som anden@example.dk." in page
        assert "til en anden e-mailadresse" in page_of(client.post(f"/invitation/{invitation.token}/"))
        assert not user.roles.exists()

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"expires": clock.now() - timedelta(days=1)}, "Invitationen er udløbet."),
            ({"withdrawn": clock.now()}, "Invitationen er trukket tilbage."),
            ({"accepted": clock.now()}, "Invitationen er allerede brugt."),
        ],
    )
    def test_one_that_no_longer_holds_says_why(
        self, client: Client, invitation: Any, changes: dict[str, Any], words: str
    ) -> None:
        Invitation.objects.filter(pk=invitation.pk).update(**changes)
        user = make_user(email="ny@example.dk")
        for reader in (client, signed_in(user)):
            page = page_of(reader.get(f"/invitation/{invitation.token}/"))
            assert words in page
            assert "Tag imod" not in page
        assert words in page_of(signed_in(user).post(f"/invitation/{invitation.token}/"))
        client.post(f"/invitation/{invitation.token}/konto/")
        assert PROVED_ADDRESS not in client.session
        assert not user.roles.exists()

    def test_an_unknown_one_is_explained(self, client: Client) -> None:
        answer = client.get("/invitation/findes-ikke/")
        assert answer.status_code == 404
        assert "Vi kender ikke denne invitation" in page_of(answer)


@pytest.mark.django_db
class TestPersonas:
    def test_one_click_signs_in(self, client: Client) -> None:
        persona = make_user(
            "Mette Medarbejder",
            persona="Har en udfordring og ti minutter.",
            persona_en="Has a challenge and ten minutes.",
        )
        client.cookies["sprog"] = "en"
        assert "Has a challenge and ten minutes." in page_of(client.get("/konto/personaer/"))
        client.cookies["sprog"] = "da"
        page = page_of(client.get("/konto/personaer/"))
        assert "Har en udfordring og ti minutter." in page
        assert "Siden findes kun i demonstrationen." in page
        client.post(f"/konto/personaer/{persona.pk}/")
        assert client.session["_auth_user_id"] == str(persona.pk)
        assert BACKEND_SESSION_KEY in client.session

    def test_one_persona_after_the_other(self, client: Client) -> None:
        for persona in (make_user("En", persona="x"), make_user("To", persona="y")):
            client.post(f"/konto/personaer/{persona.pk}/")
            assert client.session["_auth_user_id"] == str(persona.pk)

    def test_a_real_person_is_never_one(self, client: Client) -> None:
        real, gone = make_user("Rigtig"), make_user("Væk", persona="x", is_active=False)
        assert "Rigtig" not in page_of(client.get("/konto/personaer/"))
        for user in (real, gone):
            assert client.post(f"/konto/personaer/{user.pk}/").status_code == 404
        assert "_auth_user_id" not in client.session

    def test_reading_signs_nobody_in(self, client: Client) -> None:
        persona = make_user("Mette", persona="x")
        assert client.get(f"/konto/personaer/{persona.pk}/").status_code == 405

    def test_there_are_none_in_production(self, client: Client) -> None:
        persona = make_user("Mette", persona="x")
        with override_settings(DEMO=False):
            assert client.get("/konto/personaer/").status_code == 404
            assert client.post(f"/konto/personaer/{persona.pk}/").status_code == 404
            assert "personaer" not in page_of(client.get("/konto/login/"))
        assert "_auth_user_id" not in client.session


@pytest.mark.django_db
class TestActingAs:
    @pytest.fixture
    def both(self, kolding: Any, koebenhavn: Any) -> Any:
        user = make_employee(kolding, RoleKind.BUYER, name="To Steder")
        Role.objects.create(user=user, kind=RoleKind.READER, municipality=koebenhavn)
        return user

    def test_the_header_offers_what_she_has(self, both: Any, koebenhavn: Any) -> None:
        page = page_of(signed_in(both).get("/min/profil/"))
        assert f'name="context" value="municipality:{koebenhavn.pk}"' in page

    def test_who_has_one_place_is_not_asked(self, kolding: Any) -> None:
        assert "/min/rolle/" not in page_of(signed_in(make_employee(kolding, RoleKind.BUYER)).get("/min/profil/"))

    def test_the_choice_lasts(self, both: Any, koebenhavn: Any) -> None:
        client = signed_in(both)
        answer = client.post("/min/rolle/", {"context": f"municipality:{koebenhavn.pk}"})
        assert answer.headers["Location"] == "/koebenhavn/"
        assert client.session[acting.SESSION_KEY] == f"municipality:{koebenhavn.pk}"
        page = page_of(client.get("/min/profil/"))
        assert f'value="municipality:{koebenhavn.pk}" aria-current="true"' in page

    @pytest.mark.parametrize("context", ["municipality:999999", "vrøvl", ""])
    def test_what_she_does_not_have_she_does_not_get(self, both: Any, context: str) -> None:
        client = signed_in(both)
        assert client.post("/min/rolle/", {"context": context}).headers["Location"] == "/min/overblik/"
        assert acting.SESSION_KEY not in client.session

    def test_a_role_that_has_ended_is_no_longer_a_place(self, both: Any, koebenhavn: Any) -> None:
        client = signed_in(both)
        client.post("/min/rolle/", {"context": f"municipality:{koebenhavn.pk}"})
        both.roles.filter(municipality=koebenhavn).update(starts=TODAY - timedelta(days=1), ends=TODAY)
        assert "/min/rolle/" not in page_of(client.get("/min/profil/"))

    def test_it_gives_no_right(self, both: Any, koebenhavn: Any) -> None:
        client = signed_in(both)
        client.post("/min/rolle/", {"context": f"municipality:{koebenhavn.pk}"})
        assert client.get("/koebenhavn/administration/").status_code == 403

    def test_it_leads_nowhere_else(self, both: Any, koebenhavn: Any) -> None:
        data = {"context": f"municipality:{koebenhavn.pk}", "next": "https://example.org/"}
        assert signed_in(both).post("/min/rolle/", data).headers["Location"] == "/koebenhavn/"


@pytest.mark.django_db
class TestProfile:
    WHOLE = {"name": "Ida Ibsen", "title": "Konsulent", "phone": "12 34 56 78", "language": "en"}

    def test_it_is_saved_and_the_language_follows_at_once(self) -> None:
        user = make_user("Ida")
        client = signed_in(user)
        client.cookies["sprog"] = "da"
        answer = client.post("/min/profil/", self.WHOLE, follow=True)
        user.refresh_from_db()
        assert (user.name, user.title, user.phone, user.language) == tuple(self.WHOLE.values())
        assert "Your profile has been saved." in page_of(answer)
        assert '<html lang="en">' in page_of(answer)

    @pytest.mark.parametrize(
        ("field", "value"),
        [("name", ""), ("name", "x" * 151), ("phone", "ring"), ("phone", "1" * 40), ("language", "xx")],
    )
    def test_bad_input_is_explained_and_kept(self, field: str, value: str) -> None:
        user = make_user("Ida")
        answer = signed_in(user).post("/min/profil/", {**self.WHOLE, field: value})
        assert answer.status_code == 200
        assert "form-error" in page_of(answer)
        assert "Konsulent" in page_of(answer)
        user.refresh_from_db()
        assert user.name == "Ida"

    def test_nothing_else_about_me_can_be_set(self) -> None:
        user = make_user("Ida")
        more = {"email": "anden@example.dk", "is_active": "", "persona": "x", "password": "x"}
        signed_in(user).post("/min/profil/", {**self.WHOLE, **more})
        user.refresh_from_db()
        assert user.email != "anden@example.dk"
        assert user.is_active
        assert user.persona == ""

    def test_i_choose_how_often_i_get_mail(self) -> None:
        user = make_user()
        page = page_of(signed_in(user).get("/min/profil/"))
        assert "Du får en rolle" in page
        everything = dict.fromkeys(notices.KINDS, "daily") | {"people.role-given": "none"}
        answer = signed_in(user).post("/min/profil/beskeder/", everything)
        assert answer.status_code == 302
        chosen = {choice.kind.key: choice.rhythm for choice in notices.choices_of(user)}
        assert chosen["people.role-given"] == "none"
        assert chosen["people.role-ended"] == "daily"

    def test_a_rhythm_that_is_none_is_refused(self) -> None:
        user = make_user()
        everything = dict.fromkeys(notices.KINDS, "daily") | {"people.role-given": "hvert minut"}
        answer = signed_in(user).post("/min/profil/beskeder/", everything)
        assert answer.status_code == 200
        assert not user.notice_choices.exists()

    def test_it_is_mine_alone(self, client: Client) -> None:
        assert client.get("/min/profil/").status_code == 302
        assert client.post("/min/profil/", self.WHOLE).status_code == 302


def test_a_person_comes_with_her_roles_and_teams_in_one_statement(
    kolding: Any, koebenhavn: Any, at_most_queries: Any
) -> None:
    person = make_employee(kolding, "contact_person", make_department(kolding, "Kulturforvaltningen"))
    Role.objects.create(user=person, kind="reader", municipality=koebenhavn)
    Role.objects.create(user=person, kind="buyer", municipality=kolding, starts=date(2020, 1, 1), ends=date(2021, 1, 1))
    organisation = make_organisation(koebenhavn, "Værkstedet", owner=person, latitude="55.676100", employees=4)
    with at_most_queries(1):
        read = Backend().get_user(person.pk)
        roles = [(r.kind, r.municipality.name, r.department and r.department.name) for r in read.current_roles]
        (membership,) = memberships_of(read)
        team = membership.organisation
        assert (team.name, team.home.name, team.employees, str(team.latitude)) == (
            "Værkstedet",
            "København",
            4,
            "55.676100",
        )
        assert notices.unread_count(read) == 0
    assert roles == [("contact_person", "Kolding", "Kulturforvaltningen"), ("reader", "København", None)]
    assert read.current_roles == list(Role.objects.current().filter(user=person))
    assert (team, membership.starts) == (organisation, clock.today())
    assert Backend().get_user(0) is None
