"""The main menu."""

import re
from typing import Any

import pytest
from django.test import Client

from fyrtaarn.areas.models import Municipality
from fyrtaarn.site.navigation import main_menu
from tests.harness.people import make_employee, make_organisation

KOLDING = Municipality(name="Kolding", slug="kolding")


def test_the_menu_stays_within_the_municipality() -> None:
    assert all(link.path.startswith("/kolding/") for link in main_menu("/kolding/", KOLDING))
    assert next(link.path for link in main_menu("/", None)) == "/udfordringer/"


@pytest.mark.parametrize(
    ("page", "current", "here"),
    [
        ("/", [], []),
        ("/udfordringer/", ["/udfordringer/"], ["/udfordringer/"]),
        ("/udfordringer/7-x/", ["/udfordringer/"], []),
        ("/organisationer/", ["/organisationer/"], ["/organisationer/"]),
    ],
)
def test_the_menu_shows_where_one_is(page: str, current: list[str], here: list[str]) -> None:
    links = main_menu(page, None)
    assert [link.path for link in links if link.current] == current
    assert [link.path for link in links if link.here] == here


def test_a_page_outside_the_municipality_shows_its_place_in_the_menu() -> None:
    links = main_menu("/organisationer/7-x/", KOLDING)
    assert [(link.path, link.here) for link in links if link.current] == [("/kolding/organisationer/", False)]


@pytest.mark.django_db
def test_on_national_pages_the_menu_follows_what_one_acts_for(
    client: Client, kolding: Municipality, koebenhavn: Municipality
) -> None:
    def links() -> set[str]:
        return set(re.findall(r'<li><a href="([^"]+udfordringer/)"', client.get("/min/overblik/").content.decode()))

    somebody: Any = make_employee(kolding, "buyer", name="Bo")
    kitchen = make_organisation(koebenhavn, "Eksempelkøkkenet", owner=somebody)
    assert '<li><a href="/udfordringer/"' in client.get("/om/").content.decode()
    client.force_login(somebody)
    assert links() == {"/kolding/udfordringer/"}
    client.post("/min/rolle/", {"context": f"organisation:{kitchen.pk}"})
    assert links() == {"/koebenhavn/udfordringer/"}
    Municipality.objects.filter(pk=koebenhavn.pk).update(open=False)
    assert links() == {"/udfordringer/"}


@pytest.mark.django_db
def test_administrators_find_the_administration_in_the_menu(
    client: Client, kolding: Municipality, koebenhavn: Municipality
) -> None:
    client.force_login(make_employee(kolding, "municipality_administrator"))  # type: ignore[arg-type]
    assert 'href="/kolding/administration/"' in client.get("/min/overblik/").content.decode()
    assert 'href="/kolding/administration/"' in client.get("/kolding/").content.decode()
    assert "/administration/" not in client.get("/koebenhavn/").content.decode()
    client.force_login(make_employee(kolding, "buyer", name="Bo"))  # type: ignore[arg-type]
    assert "/administration/" not in client.get("/kolding/").content.decode()


@pytest.mark.django_db
def test_front_pages_and_menu_agree(client: Client, kolding: Municipality) -> None:
    page = client.get("/kolding/").content.decode()
    assert 'action="/kolding/soeg/"' in page
    for link in main_menu("/kolding/", kolding):
        assert f'href="{link.path}"' in page
