"""The main menu."""

import pytest
from django.test import Client

from fyrtaarn.areas.models import Municipality
from fyrtaarn.site.navigation import main_menu

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


@pytest.mark.django_db
def test_front_pages_and_menu_agree(client: Client, kolding: Municipality) -> None:
    page = client.get("/kolding/").content.decode()
    assert 'action="/kolding/soeg/"' in page
    for link in main_menu("/kolding/", kolding):
        assert f'href="{link.path}"' in page
