"""The pages about people in a real browser, in both languages."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page, expect

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.models import OutgoingMail
from fyrtaarn.people import actions
from fyrtaarn.people.models import RoleKind
from tests.harness.browser import assert_good_page, sign_in
from tests.harness.people import make_department, make_employee, make_user
from tests.people.test_sign_in import address_in

PASSWORD = "en lang og god sætning"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["da", "en"])
def reader(request: Any, page: Page, live_server: Any) -> Callable[[str], None]:
    """Open a page in the language, and judge it."""
    page.context.add_cookies([{"name": "sprog", "value": request.param, "url": live_server.url}])

    def read(path: str) -> None:
        page.goto(f"{live_server.url}{path}")
        assert page.locator("html").get_attribute("lang") == request.param
        assert_good_page(page)

    return read


def test_pages_of_visitors(page: Page, reader: Callable[[str], None], kolding: Municipality) -> None:
    make_user("Mette Medarbejder", persona="Har en udfordring og ti minutter.", title="Konsulent")
    administrator = make_employee(kolding, RoleKind.MUNICIPALITY_ADMINISTRATOR, name="Anna")
    invitation = actions.invite("ny@example.dk", RoleKind.BUYER, kolding, by=administrator)
    reader("/konto/login/")
    reader("/konto/signup/")
    page.locator("form:not(.plain)").filter(has=page.locator("input[name=password1]")).locator("button").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert_good_page(page)
    reader("/konto/password/reset/")
    reader("/konto/confirm-email/")
    reader("/konto/personaer/")
    reader(f"/invitation/{invitation.token}/")


def test_pages_of_a_person(page: Page, reader: Callable[[str], None], live_server: Any, kolding: Any) -> None:
    user = make_employee(kolding, RoleKind.BUYER, name="Ida Ibsen")
    sign_in(page, live_server.url, user, long_ago=True)
    for path in ("/min/profil/", "/konto/email/", "/konto/password/change/", "/konto/2fa/", "/konto/sessions/"):
        reader(path)
    reader("/konto/2fa/totp/activate/")
    page.get_by_role("textbox").first.fill(PASSWORD)
    page.locator("form:has(input[name=password]) button").click()
    page.wait_for_url("**/totp/activate/")
    assert_good_page(page)
    reader("/konto/2fa/webauthn/add/")


def test_pages_of_an_administrator(
    page: Page, reader: Callable[[str], None], live_server: Any, kolding: Any, koebenhavn: Any
) -> None:
    administrator = make_employee(kolding, RoleKind.MUNICIPALITY_ADMINISTRATOR, name="Anna Administrator")
    actions.give_role(administrator, RoleKind.READER, kolding, by=administrator)
    department = make_department(kolding, "Børn & Unge")
    make_employee(kolding, RoleKind.CONTACT_PERSON, department, name="Bo Bo")
    actions.invite("ny@example.dk", RoleKind.BUYER, kolding, by=administrator)
    role = administrator.roles.get(kind=RoleKind.READER)
    sign_in(page, live_server.url, administrator)
    start = "/kolding/administration/"
    for path in ("", "roller/", "roller/ny/", f"roller/{role.pk}/", f"roller/{role.pk}/afslut/"):
        reader(start + path)
    for path in ("kommunen/", "forvaltninger/", f"forvaltninger/{department.pk}/afslut/", "bydele/", "bydele/ny/"):
        reader(start + path)


def test_signing_up_by_hand(page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/konto/login/")
    page.get_by_role("link", name="Opret en konto").click()
    page.get_by_label("Dit navn").fill("Ny Nielsen")
    page.get_by_label("E-mailadresse").fill("ny@example.dk")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Opret en konto").click()
    expect(page.get_by_role("heading", name="Se i din mail")).to_be_visible()
    page.goto(live_server.url + address_in(OutgoingMail.objects.get()))
    page.get_by_role("button", name="Ja, den er min").click()
    page.wait_for_url("**/min/overblik/")
    assert EmailAddress.objects.get(email="ny@example.dk").verified


def test_an_authenticator_app(page: Page, live_server: Any) -> None:
    user = make_user("Ida")
    sign_in(page, live_server.url, user, long_ago=True)
    page.goto(f"{live_server.url}/konto/2fa/totp/activate/")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Fortsæt").click()
    secret = page.locator("code").inner_text()
    page.get_by_label("Kode").fill(code_for(secret))
    page.get_by_role("button", name="Slå til").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    assert_good_page(page)
    page.goto(f"{live_server.url}/konto/2fa/")
    assert_good_page(page)
    page.context.clear_cookies()
    fill_sign_in(page, live_server.url, user.email)
    assert_good_page(page)
    recovery = user.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
    page.get_by_label("Kode", exact=True).fill(recovery)
    page.get_by_role("button", name="Log ind").first.click()
    page.wait_for_url("**/min/overblik/")


def test_a_passkey_signs_in_without_a_password(page: Page, live_server: Any) -> None:
    user = make_user("Ida")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    sign_in(page, live_server.url, user, long_ago=True)
    page.goto(f"{live_server.url}/konto/2fa/webauthn/add/")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Fortsæt").click()
    page.get_by_label("Navn").fill("Min telefon")
    page.get_by_text("Log ind uden adgangskode").click()
    page.get_by_role("button", name="Tilføj").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    page.goto(f"{live_server.url}/konto/2fa/webauthn/")
    expect(page.get_by_text("Min telefon").first).to_be_visible()
    assert_good_page(page)
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/konto/login/")
    page.get_by_role("button", name="Log ind med en adgangsnøgle").click()
    page.wait_for_url("**/min/overblik/")


def test_a_passkey_that_is_not_there_is_explained(page: Page, live_server: Any) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "isUserVerified": False}})
    page.goto(f"{live_server.url}/konto/login/")
    page.get_by_role("button", name="Log ind med en adgangsnøgle").click()
    expect(page.get_by_text("Adgangsnøglen blev ikke brugt.")).to_be_visible(timeout=70_000)


def code_for(secret: str) -> str:
    """What the app would show now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def fill_sign_in(page: Page, server: str, email: str) -> None:
    page.goto(f"{server}/konto/login/")
    page.get_by_label("E-mailadresse").fill(email)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()
