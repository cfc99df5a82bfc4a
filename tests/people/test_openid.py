"""Sign-in through a municipality's own OpenID Connect provider: the whole flow against a provider that runs here."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialLogin
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc7636 import CodeChallenge
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory
from oidc_provider_mock import User as ProviderUser
from oidc_provider_mock import run_server_in_thread
from oidc_provider_mock._app import AuthorizationCodeGrant
from playwright.sync_api import Page, expect

from fyrtaarn.config.providers import openid_connect
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.notices import words_of
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.people import actions, providers
from fyrtaarn.people.models import Role, User
from fyrtaarn.people.proof import ASKED_ANEW, PROVED, note_sign_in_elsewhere
from tests.harness.browser import html_faults
from tests.harness.people import make_department, make_employee, make_user

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


def leave(client: Client, login: str = LOGIN) -> str:
    """Press the button; returns the provider's address to which the page leads on."""
    page = client.post(login).content.decode()
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
def test_the_municipalitys_own_sign_in_needs_no_second_step_of_ours(client: Client, settings: Any) -> None:
    settings.SECOND_STEP = "all"
    sign_in(client, "karen")
    assert client.get("/min/overblik/").status_code == 200


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
def test_a_token_of_another_request_is_worth_nothing(client: Client) -> None:
    back = requests.post(leave(client), data={"sub": "karen"}, allow_redirects=False, timeout=10)
    session = client.session
    states = session["socialaccount_states"]
    for state in states.values():
        state[0]["nonce"] = "another"
    session["socialaccount_states"] = states
    session.save()
    client.get(urlsplit(back.headers["Location"])._replace(scheme="", netloc="").geturl())
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_each_request_has_a_nonce_of_its_own(client: Client) -> None:
    first, second = (parse_qs(urlsplit(leave(client)).query)["nonce"][0] for _ in range(2))
    assert len(first) > 40
    assert first != second


@pytest.mark.django_db
class TestProof:
    """What the provider led in without a question is as old as her sign-in there."""

    def signed_in(self, provider: str, minutes_ago: int, client: Client, login: str = LOGIN) -> Any:
        told = {"email": "p@example.dk", "email_verified": True}
        told["auth_time"] = int((clock.now() - timedelta(minutes=minutes_ago)).timestamp())
        requests.put(f"{provider}/users/proof", json=told, timeout=10).raise_for_status()
        back = requests.post(leave(client, login), data={"sub": "proof"}, allow_redirects=False, timeout=10)
        client.get(urlsplit(back.headers["Location"])._replace(scheme="", netloc="").geturl())
        return datetime.fromisoformat(client.session[PROVED])

    def test_it_is_as_old_as_the_provider_says(self, client: Client, provider: str) -> None:
        for minutes in (0, 30, 600):
            age = clock.now() - self.signed_in(provider, minutes, client)
            assert timedelta(minutes=minutes) <= age < timedelta(minutes=minutes + 2)

    def test_a_clock_that_is_ahead_proves_nothing_for_later(self, client: Client, provider: str) -> None:
        assert self.signed_in(provider, -600, client) <= clock.now()

    def test_the_page_that_asks_anew_has_the_provider_ask(self, client: Client, provider: str) -> None:
        self.signed_in(provider, 600, client)
        page = client.get("/konto/bekraeft/?next=/min/profil/").content.decode()
        (anew,) = re.findall(r'action="(/konto/oidc/[^"]+)"', page)
        asked = parse_qs(urlsplit(leave(client, unescape(anew))).query)
        assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
        assert clock.now() - self.signed_in(provider, 0, client, unescape(anew)) < timedelta(minutes=2)
        assert clock.now() - self.signed_in(provider, 600, client, unescape(anew)) > timedelta(minutes=500)

    @pytest.mark.parametrize("asked_anew", [False, True])
    def test_one_that_does_not_say_is_believed_when_it_was_to_ask(self, asked_anew: bool) -> None:
        login = SocialLogin(account=SocialAccount(extra_data={"id_token": {}}))
        login.state = {ASKED_ANEW: asked_anew}
        request = RequestFactory().get("/")
        request.session = {}  # type: ignore[assignment]
        note_sign_in_elsewhere(request, login)
        assert (clock.now() - datetime.fromisoformat(request.session[PROVED]) < timedelta(minutes=1)) == asked_anew


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


@pytest.fixture(scope="module")
def demanding() -> Iterator[str]:
    """The address of a provider that gives no token without the right code verifier (RFC 7636)."""
    challenges: dict[str, str] = {}

    class Demanded(CodeChallenge):
        def get_authorization_code_challenge(self, authorization_code: Any) -> str:
            return challenges[authorization_code.code]

        def get_authorization_code_challenge_method(self, authorization_code: Any) -> str:
            return "S256"

    class Remembering(AuthorizationCodeGrant):
        def save_authorization_code(self, code: str, request: Any) -> None:
            challenges[code] = request.payload.data["code_challenge"]
            super().save_authorization_code(code, request)

    register = AuthorizationServer.register_grant

    def register_strictly(server: Any, grant: Any, extensions: Any = None) -> None:
        if grant is AuthorizationCodeGrant:
            grant, extensions = Remembering, [*extensions, Demanded(required=True)]
        register(server, grant, extensions)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(AuthorizationServer, "register_grant", register_strictly)
        with run_server_in_thread(user_claims=[KAREN]) as server:
            yield f"http://localhost:{server.server_port}"


@pytest.mark.django_db
class TestCodeVerifier:
    def test_a_provider_that_demands_it_lets_us_in(self, client: Client, demanding: str, settings: Any) -> None:
        settings.SOCIALACCOUNT_PROVIDERS = configured(demanding)
        assert sign_in(client, "karen").headers["Location"] == "/min/overblik/"

    def test_without_the_right_one_a_code_is_worth_nothing(self, client: Client, demanding: str, settings: Any) -> None:
        settings.SOCIALACCOUNT_PROVIDERS = configured(demanding)
        back = requests.post(leave(client), data={"sub": "karen"}, allow_redirects=False, timeout=10)
        session = client.session
        states = session["socialaccount_states"]
        for state in states.values():
            state[0]["pkce_code_verifier"] = "x" * 60
        session["socialaccount_states"] = states
        session.save()
        client.get(urlsplit(back.headers["Location"])._replace(scheme="", netloc="").geturl())
        assert "_auth_user_id" not in client.session


ROLES = [
    {"claim": "groups", "value": "FYR-Indkøb", "role": "buyer"},
    {"claim": "groups", "value": "FYR-Social", "role": "contact_person", "department": "socialforvaltningen"},
    {"claim": "realm_access.roles", "value": "fyr-admin", "role": "municipality_administrator"},
]
KOEBENHAVN = {"id": "koebenhavn", "name": "Københavns Kommune", "client_id": "fyrtaarn", "secret": "hemmelig"}


@pytest.mark.django_db
class TestRolesFromClaims:
    @pytest.fixture(autouse=True)
    def table(self, provider: str, settings: Any, kolding: Any, koebenhavn: Any) -> None:
        make_department(kolding)
        both = [
            {"id": "kolding", "name": "Kolding Kommune", "server_url": provider, "client_id": "fyrtaarn",
             "secret": "hemmelig", "municipality": "kolding", "roles": ROLES},
            {**KOEBENHAVN, "server_url": provider, "municipality": "koebenhavn", "roles": ROLES[:1]},
        ]  # fmt: skip
        settings.IDENTITY_PROVIDERS = both
        settings.SOCIALACCOUNT_PROVIDERS = openid_connect(both)

    def signed_in(self, provider: str, sub: str = "rikke", **claims: Any) -> User:
        """Signs in somebody of whom the provider now says this."""
        said = {"name": "Rikke Rolle", "email": f"{sub}@example.dk", "email_verified": True, **claims}
        requests.put(f"{provider}/users/{sub}", json=said, timeout=10).raise_for_status()
        sign_in(Client(), sub)
        return User.objects.get(email=f"{sub}@example.dk")

    def held(self, user: User) -> set[tuple[str, str, str]]:
        return {(r.kind, r.municipality.slug, r.source) for r in Role.objects.current().filter(user=user)}

    def test_claims_give_roles_and_it_is_told_and_logged(self, provider: str) -> None:
        user = self.signed_in(
            provider, groups=["FYR-Indkøb", "FYR-Social", "Andet"], realm_access={"roles": ["fyr-admin"]}
        )
        assert self.held(user) == {
            ("buyer", "kolding", "kolding"),
            ("contact_person", "kolding", "kolding"),
            ("municipality_administrator", "kolding", "kolding"),
        }
        role = user.roles.get(kind="contact_person")
        assert getattr(role.department, "slug", "") == "socialforvaltningen"
        step = steps_of(role).get()
        assert (step.name, step.target, step.by, step.reason) == ("give", "contact_person", None, "Kolding Kommune")
        told = Notice.objects.filter(recipient=user, kind="people.role-given")
        assert told.count() == 3
        assert "Kolding Kommune har givet dig rollen" in words_of(told[0]).text

    def test_what_is_no_longer_claimed_ends_and_the_rest_goes_on(self, provider: str) -> None:
        user = self.signed_in(provider, groups=["FYR-Indkøb", "FYR-Social"])
        kept = user.roles.get(kind="buyer")
        self.signed_in(provider, groups=["FYR-Indkøb"])
        assert self.held(user) == {("buyer", "kolding", "kolding")}
        assert user.roles.get(kind="buyer") == kept
        ended = user.roles.get(kind="contact_person")
        assert ended.ends == clock.today()
        assert [step.name for step in steps_of(ended)] == ["give", "end"]
        assert Notice.objects.filter(recipient=user, kind="people.role-ended").count() == 1
        self.signed_in(provider)
        assert self.held(user) == set()

    def test_signing_in_again_changes_nothing(self, provider: str) -> None:
        user = self.signed_in(provider, groups=["FYR-Indkøb"])
        self.signed_in(provider, groups=["FYR-Indkøb"])
        assert user.roles.count() == Notice.objects.filter(recipient=user).count() == 1

    def test_a_role_that_a_person_has_given_stays_hers(self, provider: str, kolding: Any) -> None:
        user = self.signed_in(provider)
        for kind in ("buyer", "reader"):
            Role.objects.create(user=user, kind=kind, municipality=kolding)
        by_hand = {("buyer", "kolding", ""), ("reader", "kolding", "")}
        self.signed_in(provider, groups=["FYR-Indkøb"])
        assert self.held(user) == by_hand
        self.signed_in(provider)
        assert self.held(user) == by_hand

    def test_a_provider_gives_and_takes_in_its_own_municipality_alone(self, provider: str, koebenhavn: Any) -> None:
        user = self.signed_in(provider, groups=["FYR-Indkøb"], municipality="koebenhavn")
        Role.objects.create(user=user, kind="fund_manager", municipality=koebenhavn, source="koebenhavn")
        self.signed_in(provider, groups=["FYR-Indkøb"])
        assert self.held(user) == {("buyer", "kolding", "kolding"), ("fund_manager", "koebenhavn", "koebenhavn")}

    def test_a_provider_that_moves_takes_its_roles_along(self, provider: str, settings: Any) -> None:
        user = self.signed_in(provider, groups=["FYR-Indkøb"])
        settings.IDENTITY_PROVIDERS = [{**settings.IDENTITY_PROVIDERS[0], "municipality": "koebenhavn"}]
        self.signed_in(provider, groups=["FYR-Indkøb"])
        assert self.held(user) == {("buyer", "koebenhavn", "kolding")}

    def test_a_department_that_is_not_there_gives_nothing(self, provider: str, settings: Any) -> None:
        rows = [{"claim": "groups", "value": "X", "role": "contact_person", "department": "findes-ikke"}, ROLES[0]]
        settings.IDENTITY_PROVIDERS = [{**settings.IDENTITY_PROVIDERS[0], "roles": rows}]
        assert self.held(self.signed_in(provider, groups=["X", "FYR-Indkøb"])) == {("buyer", "kolding", "kolding")}

    def test_who_stays_away_for_long_has_left(self, provider: str) -> None:
        away, here = (self.signed_in(provider, sub, groups=["FYR-Indkøb"]) for sub in ("vaek", "her"))
        assert actions.end_unconfirmed_roles() == 0
        SocialAccount.objects.filter(user=away).update(last_login=clock.now() - timedelta(days=31))
        assert actions.end_unconfirmed_roles() == 1
        assert (self.held(away), self.held(here)) == (set(), {("buyer", "kolding", "kolding")})

    def test_a_provider_that_is_gone_takes_its_roles_along(self, provider: str, settings: Any) -> None:
        user = self.signed_in(provider, groups=["FYR-Indkøb"])
        settings.IDENTITY_PROVIDERS = []
        assert actions.end_unconfirmed_roles() == 1
        assert self.held(user) == set()

    def test_an_administrator_ends_it_but_changes_it_at_the_provider(self, provider: str, kolding: Any) -> None:
        role = self.signed_in(provider, groups=["FYR-Indkøb"]).roles.get()
        administrator: Any = make_employee(kolding, "municipality_administrator")
        client = Client()
        client.force_login(administrator)
        address = f"/kolding/administration/roller/{role.pk}/"
        assert "følger af kommunens eget login" in client.get(address).content.decode()
        client.post(address, {"kind": "reader"})
        role.refresh_from_db()
        assert (role.kind, role.ends) == ("buyer", None)
        page = client.get(f"{address}afslut/").content.decode()
        assert "Afslut den også dér" in page
        assert html_faults(page) == []
        client.post(f"{address}afslut/", {"on": clock.today().isoformat()})
        role.refresh_from_db()
        assert role.ends == clock.today()

    def test_trust_in_some_domains_reaches_no_other(self, provider: str, settings: Any) -> None:
        """One municipality's provider must not open the accounts of another's people."""
        settings.SOCIALACCOUNT_PROVIDERS = configured(provider, trust_email=["kolding.example"])
        stranger = make_user(email="direktoer@koebenhavn.example")
        own = make_user(email="ansat@kolding.example")
        for user, opened in ((stranger, False), (own, True)):
            said = {"email": user.email, "email_verified": True}
            requests.put(f"{provider}/users/{user.pk}", json=said, timeout=10).raise_for_status()
            client = Client()
            sign_in(client, str(user.pk))
            assert (client.session.get("_auth_user_id") == str(user.pk)) == opened

    def test_the_page_shows_the_providers_by_municipality(self, client: Client) -> None:
        page = client.get("/konto/login/").content.decode()
        assert page.index("Log ind med Kolding Kommune") < page.index("Log ind med Københavns Kommune")


@pytest.mark.parametrize(
    ("row", "advice"),
    [
        ({"role": "borgmester"}, "kolding gives the role borgmester, which is none"),
        ({"role": "contact_person"}, "without naming a department"),
    ],
)
def test_a_table_that_cannot_hold_stops_the_start(settings: Any, row: dict[str, str], advice: str) -> None:
    settings.IDENTITY_PROVIDERS = [{"id": "kolding", "name": "Kolding", "roles": [{**ROLES[0], **row}]}]
    with pytest.raises(ImproperlyConfigured, match=advice):
        providers.check()
