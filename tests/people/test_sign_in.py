"""Sign-up, sign-in and the account pages."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from fyrtaarn.foundation.models import OutgoingMail
from fyrtaarn.people.models import User
from tests.harness.browser import html_faults
from tests.harness.people import make_user

PASSWORD = "en lang og god sætning"
OPEN_ACCOUNT_PAGES = {
    "account_confirm_email",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "account_confirm_login_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_callback",
    "openid_connect_login",
    "saml_acs",
    "saml_finish_acs",
    "saml_login",
    "saml_metadata",
    "saml_sls",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
}


def address_in(mail: OutgoingMail) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", mail.text)
    assert found, mail.text
    return found[1]


def sign_up(client: Client, email: str = "ny@example.dk", **more: str) -> Any:
    return client.post("/konto/signup/", {"name": "Ny Nielsen", "email": email, "password1": PASSWORD, **more})


def account_patterns(patterns: list[Any]) -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in patterns:
        found += account_patterns(pattern.url_patterns) if isinstance(pattern, URLResolver) else [pattern]
    return found


def test_exactly_these_account_pages_are_open_to_all() -> None:
    resolvers = [r for r in get_resolver().url_patterns if str(r.pattern) == "konto/"]
    patterns = account_patterns(resolvers)
    opened = {p.name for p in patterns if p.name and not getattr(p.callback, "login_required", True)}
    assert opened == OPEN_ACCOUNT_PAGES


@pytest.mark.django_db
def test_a_new_person_confirms_her_address_by_post(client: Client) -> None:
    answer = sign_up(client)
    assert answer.headers["Location"] == "/konto/confirm-email/"
    user = User.objects.get(email="ny@example.dk")
    assert (user.name, user.language) == ("Ny Nielsen", "da")
    mail = OutgoingMail.objects.get()
    assert mail.subject == "Bekræft din e-mailadresse"
    page = client.get(address_in(mail))
    assert not EmailAddress.objects.get(user=user).verified
    assert "Er ny@example.dk din?" in page.content.decode()
    client.post(address_in(mail))
    assert EmailAddress.objects.get(user=user).verified


@pytest.mark.django_db
def test_a_link_that_is_no_link_is_explained(client: Client) -> None:
    assert "Linket virker ikke" in client.get("/konto/confirm-email/noget-andet/").content.decode()
    assert "Linket virker ikke" in client.get("/konto/password/reset/key/1-abc-def/", follow=True).content.decode()


@pytest.mark.django_db
def test_nobody_signs_in_before_the_address_is_confirmed(client: Client) -> None:
    sign_up(client)
    other = Client()
    answer = other.post("/konto/login/", {"login": "ny@example.dk", "password": PASSWORD})
    assert answer.headers["Location"] == "/konto/confirm-email/"
    assert "_auth_user_id" not in other.session


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "ikke en adresse"),
        ("email", ""),
        ("password1", "kort"),
        ("password1", "password1234"),
        ("name", ""),
        ("name", "x" * 151),
    ],
)
def test_bad_input_is_explained_and_kept(client: Client, field: str, value: str) -> None:
    answer = sign_up(client, **{"email": "ny@example.dk", field: value})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "form-error" in page
    assert not User.objects.exists()
    if field != "name":
        assert "Ny Nielsen" in page


@pytest.mark.django_db
def test_whether_an_address_has_an_account_is_told_to_its_owner_alone(client: Client) -> None:
    make_user(email="kendt@example.dk")
    known, unknown = sign_up(client, "kendt@example.dk"), sign_up(Client(), "ukendt@example.dk")
    assert known.headers["Location"] == unknown.headers["Location"]
    assert OutgoingMail.objects.get(recipient="kendt@example.dk").subject == "Du har allerede en konto"
    client.post("/konto/password/reset/", {"email": "ingen@example.dk"})
    assert "ingen konto" in OutgoingMail.objects.get(recipient="ingen@example.dk").subject.lower()


@pytest.mark.django_db
def test_the_name_of_a_person_changes_nothing_in_a_mail(client: Client) -> None:
    sign_up(client, name="Bo <b>&amp; Søn</b>")
    assert "&" not in OutgoingMail.objects.get().text


@pytest.mark.django_db
def test_a_forgotten_password_is_replaced(client: Client) -> None:
    user = make_user(language="en")
    client.post("/konto/password/reset/", {"email": user.email})
    mail = OutgoingMail.objects.get()
    assert mail.subject == "Choose a new password"
    page = client.get(address_in(mail), follow=True)
    form_address = page.redirect_chain[-1][0]
    client.post(form_address, {"password1": "en helt anden sætning", "password2": "en helt anden sætning"})
    user.refresh_from_db()
    assert user.check_password("en helt anden sætning")


@pytest.mark.django_db
def test_the_address_is_written_in_any_case(client: Client) -> None:
    user = make_user(email="bo@example.dk")
    answer = client.post("/konto/login/", {"login": " BO@Example.dk ", "password": PASSWORD})
    assert answer.headers["Location"] == "/min/overblik/"
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.django_db
def test_a_wrong_password_is_refused_in_plain_words_and_five_are_enough(client: Client) -> None:
    user = make_user()
    wrong = {"login": user.email, "password": "forkert"}
    first = client.post("/konto/login/", wrong).content.decode()
    assert "passer ikke sammen" in first
    for _ in range(5):
        last = client.post("/konto/login/", wrong).content.decode()
    assert "mange forsøg" in last
    client.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_a_closed_account_does_not_sign_in(client: Client) -> None:
    user = make_user(is_active=False)
    client.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_signing_in_leads_nowhere_else(client: Client) -> None:
    user = make_user()
    data = {"login": user.email, "password": PASSWORD, "next": "https://example.org/"}
    assert client.post("/konto/login/", data).headers["Location"] == "/min/overblik/"


@pytest.mark.django_db
def test_changing_the_address_takes_a_link_to_the_new_one(client: Client) -> None:
    user = make_user(email="gammel@example.dk")
    client.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    client.post("/konto/email/", {"email": "frisk@example.dk", "action_add": ""})
    user.refresh_from_db()
    assert user.email == "gammel@example.dk"
    link = address_in(OutgoingMail.objects.get(recipient="frisk@example.dk"))
    client.post(link)
    user.refresh_from_db()
    assert user.email == "frisk@example.dk"
    assert OutgoingMail.objects.filter(subject="Din e-mailadresse er ændret").exists()


SIGNED_IN_PAGES = [
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "socialaccount_connections",
    "usersessions_list",
]
VISITORS_PAGES = [
    "account_inactive",
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
]


@pytest.mark.django_db
@pytest.mark.parametrize("name", VISITORS_PAGES)
def test_each_open_page_is_whole(client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == (401 if name == "socialaccount_login_error" else 200)
    assert "style=" not in answer.content.decode()
    assert html_faults(answer.content.decode()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", SIGNED_IN_PAGES)
def test_each_page_of_mine_is_whole(client: Client, name: str) -> None:
    user = make_user()
    client.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert "style=" not in answer.content.decode()
    assert html_faults(answer.content.decode()) == []


@pytest.mark.django_db
def test_the_list_of_places_leaves_out_what_has_ended(client: Client) -> None:
    user = make_user()
    other = Client()
    for each in (client, other):
        each.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    page = client.get("/konto/sessions/").content.decode()
    assert page.count("<tr>") == 3
    other.session.flush()
    assert client.get("/konto/sessions/").content.decode().count("<tr>") == 2


@pytest.mark.django_db
def test_signing_out_everywhere_else(client: Client) -> None:
    user = make_user()
    other = Client()
    for each in (client, other):
        each.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    client.post("/konto/sessions/")
    assert other.get("/min/overblik/").status_code == 302
    assert client.get("/min/overblik/").status_code == 200


@pytest.mark.django_db
class TestLanguage:
    def test_the_profile_speaks_where_the_browser_has_no_choice(self, client: Client) -> None:
        client.force_login(make_user(language="en"))
        assert '<html lang="en">' in client.get("/min/profil/", headers={"accept-language": "da"}).content.decode()

    def test_the_choice_in_this_browser_wins(self, client: Client) -> None:
        client.force_login(make_user(language="en"))
        client.cookies["sprog"] = "da"
        assert '<html lang="da">' in client.get("/min/profil/").content.decode()

    def test_a_visitor_is_met_in_the_browsers_language(self, client: Client) -> None:
        answer = client.get("/konto/login/", headers={"accept-language": "en-GB"})
        assert '<html lang="en">' in answer.content.decode()
        assert '<html lang="da">' in client.get("/konto/login/", headers={"accept-language": "fi"}).content.decode()


@pytest.mark.django_db
class TestDemoMail:
    def mail(self, recipient: str, subject: str) -> None:
        OutgoingMail.objects.create(key=subject, recipient=recipient, subject=subject, text="Hej.")

    def test_my_own_mail_alone(self, client: Client) -> None:
        anna = make_user("Anna", email="anna@example.dk")
        self.mail("anna@example.dk", "Noget for Anna")
        self.mail("bob@example.dk", "Noget for Bob")
        client.force_login(anna)  # type: ignore[arg-type]
        html = client.get("/demo/post/").content.decode()
        assert "Noget for Anna" in html
        assert "Noget for Bob" not in html
        assert html_faults(html) == []

    def test_a_newcomer_finds_the_letter_that_she_needs(self, client: Client) -> None:
        sign_up(client)
        assert 'href="/demo/post/"' in client.get("/konto/confirm-email/").content.decode()
        letter = OutgoingMail.objects.get()
        html = client.get("/demo/post/").content.decode()
        assert address_in(letter) in html
        assert html_faults(html) == []
        client.get(address_in(letter))
        assert client.post(address_in(letter)).headers["Location"] == "/min/overblik/"
        assert "_auth_user_id" in client.session

    def test_nobody_reads_it_by_giving_an_address(self, client: Client) -> None:
        make_user("Anna", email="anna@example.dk")
        self.mail("anna@example.dk", "Noget for Anna")
        sign_up(client, email="anna@example.dk")
        client.post("/konto/password/reset/", {"email": "anna@example.dk"})
        client.post("/konto/login/", {"login": "anna@example.dk", "password": "gættet forkert"})
        assert client.get("/demo/post/").headers["Location"] == "/konto/login/?next=/demo/post/"

    def test_there_is_none_in_production(self, client: Client, settings: Any) -> None:
        settings.DEMO = False
        client.force_login(make_user("Anna"))  # type: ignore[arg-type]
        assert client.get("/demo/post/").status_code == 404
