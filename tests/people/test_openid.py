"""Sign-in through a municipality's own OpenID Connect provider: the whole flow against a provider that runs here."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from django.test import Client
from oidc_provider_mock import User as ProviderUser
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import Page, expect

from fyrtaarn.config.openid import openid_connect
from fyrtaarn.people.models import User
from tests.harness.browser import html_faults
from tests.harness.people import make_user

LOGIN = "/konto/oidc/kolding/login/"
KAREN = ProviderUser(sub="karen", claims={"name": "Karen Kommune", "email": "karen@example.dk", "email_verified": True})
CLAIMS_ONLY = ProviderUser(sub="uvis", claims={"name": "Uvis", "email": "uvis@example.dk", "email_verified": False})


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a running provider."""
    with run_server_in_thread(user_claims=[KAREN, CLAIMS_ONLY]) as server:
        yield f"http://localhost:{server.server_port}"


def configured(address: str, **more: Any) -> dict[str, Any]:
    kolding = {"id": "kolding", "name": "Kolding Kommune", "server_url": address, "client_id": "fyrtaarn"}
    return openid_connect([{**kolding, "secret": "hemmelig", **more}])


@pytest.fixture(autouse=True)
def kolding_signs_in(provider: str, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = configured(provider)


def leave(client: Client) -> str:
    """Press the button; returns the provider's address to which the page leads on."""
    page = client.post(LOGIN).content.decode()
    found = re.search(r'content="0;url=([^"]+)"', page)
    assert found, page
    return unescape(found[1])


def sign_in(client: Client, sub: str) -> Any:
    """The whole way, with the provider's side over real HTTP; returns our answer to its return."""
    back = requests.post(leave(client), data={"sub": sub}, allow_redirects=False, timeout=10)
    return client.get(urlsplit(back.headers["Location"])._replace(scheme="", netloc="").geturl())


@pytest.mark.django_db
def test_the_button_stands_on_the_sign_in_page(client: Client) -> None:
    assert "Log ind med Kolding Kommune" in client.get("/konto/login/").content.decode()


@pytest.mark.django_db
def test_the_way_out_is_a_good_page_with_pkce(client: Client, provider: str) -> None:
    address = leave(client)
    assert address.startswith(f"{provider}/oauth2/authorize")
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert html_faults(client.post(LOGIN).content.decode()) == []


@pytest.mark.django_db
def test_reading_leads_nowhere(client: Client) -> None:
    answer = client.get(LOGIN)
    assert answer.status_code == 200
    assert "Fortsæt med Kolding Kommune" in answer.content.decode()
    assert "refresh" not in answer.content.decode()


@pytest.mark.django_db
def test_a_new_employee_gets_an_account_with_her_name(client: Client) -> None:
    answer = sign_in(client, "karen")
    assert answer.headers["Location"] == "/min/overblik/"
    user = User.objects.get(email="karen@example.dk")
    assert (user.name, user.language) == ("Karen Kommune", "da")
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.django_db
def test_she_is_known_the_second_time(client: Client) -> None:
    sign_in(client, "karen")
    sign_in(Client(), "karen")
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_an_address_that_nobody_vouches_for_is_confirmed_first(client: Client) -> None:
    answer = sign_in(client, "uvis")
    assert answer.headers["Location"] == "/konto/confirm-email/"
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_an_account_made_before_is_not_opened_by_a_claim(client: Client) -> None:
    make_user(email="uvis@example.dk")
    sign_in(client, "uvis")
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_a_provider_that_is_trusted_with_addresses_opens_it(client: Client, provider: str, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = configured(provider, trust_email=True)
    user = make_user(email="karen@example.dk")
    sign_in(client, "karen")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_a_closed_account_stays_closed(client: Client) -> None:
    sign_in(client, "karen")
    User.objects.update(is_active=False)
    other = Client()
    sign_in(other, "karen")
    assert "_auth_user_id" not in other.session


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?error=access_denied", "?code=x&state=y", "?code=x"])
def test_a_return_that_makes_no_sense_is_explained(client: Client, query: str) -> None:
    answer = client.get(f"{LOGIN}callback/{query}", follow=True)
    assert answer.status_code in (200, 401)
    assert "Log ind på en anden måde" in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_a_code_works_for_the_browser_that_asked_alone(client: Client) -> None:
    back = requests.post(leave(client), data={"sub": "karen"}, allow_redirects=False, timeout=10)
    stolen = urlsplit(back.headers["Location"])._replace(scheme="", netloc="").geturl()
    thief = Client()
    thief.get(stolen)
    assert "_auth_user_id" not in thief.session


@pytest.mark.django_db
def test_an_unknown_provider_is_not_found(client: Client) -> None:
    for path in ("/konto/oidc/findes-ikke/login/", "/konto/oidc/findes-ikke/login/callback/"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404


@pytest.mark.django_db
def test_a_provider_that_does_not_answer_is_explained(client: Client, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = configured("http://localhost:9")
    answer = client.post(LOGIN, follow=True)
    assert "Det lykkedes ikke at logge ind" in answer.content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_a_real_browser_under_our_policy(page: Page, live_server: Any) -> None:
    foreign = re.compile(r"^https://|/favicon.ico$")  # what the provider's own page asks for is not our matter
    page.route(foreign, lambda route: route.fulfill(body=""))
    page.goto(f"{live_server.url}/konto/login/")
    page.get_by_role("button", name="Log ind med Kolding Kommune").click()
    page.wait_for_url("**/oauth2/authorize**")
    page.get_by_role("textbox").fill("karen")
    page.get_by_role("button", name=re.compile("Authorize|Allow|Log ?in", re.IGNORECASE)).first.click()
    page.wait_for_url("**/min/overblik/")
    expect(page.get_by_text("Karen Kommune").first).to_be_attached()
