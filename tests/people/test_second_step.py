"""Those whom the setting names must have a second step before anything else is open to them."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from fyrtaarn.people.models import RoleKind
from tests.harness.browser import html_faults
from tests.harness.people import make_department, make_employee, make_user

PASSWORD = "en lang og god sætning"
PAGE = "/konto/andet-trin/"
PAGES = ["/", "/min/overblik/", "/kolding/", "/min/profil/", "/kolding/administration/roller/"]


@pytest.fixture
def administrator(kolding: Any) -> Any:
    return make_employee(kolding, RoleKind.MUNICIPALITY_ADMINISTRATOR)


def signed_in(user: Any) -> Client:
    client = Client()
    client.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" in client.session
    return client


def is_held_back(client: Client) -> bool:
    led = {client.get(path).headers.get("Location") == PAGE for path in PAGES[:4]}
    assert len(led) == 1
    return led.pop()


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_every_page_leads_to_the_one_about_it(administrator: Any, settings: Any, path: str) -> None:
    settings.SECOND_STEP = "administrators"
    client = signed_in(administrator)
    assert client.get(path).headers["Location"] == PAGE
    assert client.post(path, {"name": "Nyt navn", "language": "da"}).headers["Location"] == PAGE
    administrator.refresh_from_db()
    assert administrator.name == "Test Testesen"


@pytest.mark.django_db
def test_the_page_explains_and_leads_to_the_ways(administrator: Any, settings: Any) -> None:
    settings.SECOND_STEP = "administrators"
    client = signed_in(administrator)
    page = client.get(PAGE).content.decode()
    assert html_faults(page) == []
    for path in ("/konto/2fa/webauthn/add/", "/konto/2fa/totp/activate/", "/konto/logout/"):
        assert f'href="{path}"' in page
        assert client.get(path).status_code == 200
    TOTP.activate(administrator, "JBSWY3DPEHPK3PXP")
    assert not is_held_back(client)


@pytest.mark.django_db
def test_recovery_codes_alone_are_no_second_step(administrator: Any, settings: Any) -> None:
    settings.SECOND_STEP = "administrators"
    client = signed_in(administrator)
    Authenticator.objects.create(user=administrator, type="recovery_codes", data={"seed": "x"})
    assert is_held_back(client)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("demanded", "held_back"),
    [
        ("none", set()),
        ("administrators", {"administrator"}),
        ("employees", {"administrator", "editor"}),
        ("all", {"administrator", "editor", "reader", "nobody"}),
    ],
)
def test_it_is_demanded_of_those_whom_the_setting_names(
    kolding: Any, administrator: Any, settings: Any, demanded: str, held_back: set[str]
) -> None:
    people = {
        "administrator": administrator,
        "editor": make_employee(kolding, RoleKind.DEPARTMENT_EDITOR, make_department(kolding)),
        "reader": make_employee(kolding, RoleKind.READER),
        "nobody": make_user(),
    }
    settings.SECOND_STEP = demanded
    assert {name for name, user in people.items() if is_held_back(signed_in(user))} == held_back


@pytest.mark.django_db
def test_visitors_and_personas_are_not_asked(client: Client, kolding: Any, settings: Any) -> None:
    settings.SECOND_STEP = "all"
    assert not is_held_back_visitor(client)
    persona: Any = make_user(persona="En administrator")
    client.force_login(persona)
    assert not is_held_back(client)
    settings.DEMO = False
    assert is_held_back(client)


def is_held_back_visitor(client: Client) -> bool:
    return client.get("/").headers.get("Location") == PAGE
