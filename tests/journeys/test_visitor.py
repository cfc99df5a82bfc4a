"""A visitor finds and filters, shares what she found, saves the search and hears of something new."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.harness.people import make_user
from tests.portal.conftest import make_challenge

from .conftest import Enter, Town, ways, work
from .person import PASSWORD, Person

FOUND = "Ensomme ældre mangler selskab"
OTHER = "Ensomme ældre mangler kørsel"
NEW = "Ensomme ældre på plejehjem"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@ways("da", "en", "da-without-scripts", "da-by-keyboard", "en-by-keyboard")
def test_from_a_search_to_a_notice(somebody: Enter, town: Town, kept_mail: Path, way: dict[str, Any]) -> None:
    make_user("Nora Nabo", email="nora@example.dk", language=way["language"])
    publish(town, FOUND, "Mange ældre er alene og kommer sjældent ud.", "ensomhed-og-faellesskab")
    publish(town, OTHER, "Ensomme ældre kommer ikke ud, for de kan ikke køre selv.", "mobilitet")
    nora = somebody(way)
    searches(nora)
    filters(nora)
    shares_the_address(nora, somebody(way, who="a friend"))
    signs_in_on_the_way(nora)
    saves_the_search(nora)
    publish(town, NEW, "Mange ældre på plejehjem er ensomme i weekenden.", "ensomhed-og-faellesskab")
    work()
    hears_of_it(nora)
    assert mail_to(kept_mail, "nora@example.dk") == 1


def publish(town: Town, title: str, situation: str, theme: str) -> None:
    """A challenge of the department for seniors, with one theme."""
    from fyrtaarn.topics.models import Theme

    themes = [Theme.objects.get(slug=theme)]
    fields = {"title": title, "situation": situation, "department": town.seniors, "contact": town.colleague}
    make_challenge(town.colleague, town.kolding, published=True, themes=themes, **fields)


def searches(person: Person) -> None:
    person.goes_to("/kolding/")
    person.follows("Challenges")
    person.searches("ensomme ældre")
    person.reads(FOUND)
    person.reads(OTHER)


def filters(person: Person) -> None:
    person.opens("Theme")
    person.ticks(re.compile("^(Ensomhed og fællesskab|Loneliness and community)"))
    person.presses("Show")
    person.reads(FOUND)
    expect(person.page.get_by_text(OTHER)).to_have_count(0)


def shares_the_address(person: Person, friend: Person) -> None:
    friend.goes_to(person.page.url)
    friend.reads(FOUND)
    expect(friend.page.get_by_text(OTHER)).to_have_count(0)


def signs_in_on_the_way(person: Person) -> None:
    """From the list to sign-in and back to the same list."""
    list_address = person.page.url
    person.follows("Sign in to save the search and hear when something new fits")
    person.writes("E-mail address", "nora@example.dk")
    person.writes("Password", PASSWORD)
    person.presses("Sign in")
    assert person.page.url == list_address


def saves_the_search(person: Person) -> None:
    person.opens("Save this search, and hear when something new fits")
    person.writes("What shall the search be called?", "Ensomhed i Kolding")
    person.presses("Save the search")
    person.sees("The search is saved. You will hear from us when something new fits.")
    person.reads("Ensomhed i Kolding")


def hears_of_it(person: Person) -> None:
    person.opens_newest_notice()
    expect(person.page.get_by_role("heading", level=1)).to_have_text(NEW)


def mail_to(kept_mail: Path, address: str) -> int:
    """How many mails came to an address."""
    return sum(f"To: {address}" in file.read_text() for file in kept_mail.iterdir())
