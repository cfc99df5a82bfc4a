"""Two people change the same challenge at once: the second is told, and nothing is lost."""

from typing import Any

import pytest
from playwright.sync_api import expect

from fyrtaarn.portal.models import Challenge
from tests.portal.conftest import make_challenge

from .conftest import Enter, Town, ways
from .person import Person

BEFORE = "Ældre spiser alene"
FIRST = "Ældre spiser alene hver dag"
SECOND = "Ældre savner selskab ved bordet"
WHOM = "Ældre, der bor alene."
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@ways("da", "en", "da-without-scripts")
def test_the_second_is_told_and_decides(somebody: Enter, town: Town, way: dict[str, Any]) -> None:
    challenge: Any = make_challenge(
        town.employee, town.kolding, published=True, title=BEFORE, department=town.seniors, contact=town.employee
    )
    mette, kaj = somebody(way, town.employee), somebody(way, town.colleague)
    for person in (mette, kaj):
        person.goes_to(challenge.path)
        person.follows("Edit")
    saves(mette, FIRST)
    kaj.writes("whom does it concern?", WHOM)
    saves(kaj, SECOND)

    is_told(kaj)
    assert Challenge.objects.get(pk=challenge.pk).title == FIRST
    kaj.presses("Save mine on top")
    after = Challenge.objects.get(pk=challenge.pk)
    assert (after.title, after.whom) == (SECOND, WHOM)


def saves(person: Person, title: str) -> None:
    person.writes("title", title)
    person.presses("Save and go on")


def is_told(person: Person) -> None:
    """Who saved, what differs, and her own words ready to be saved."""
    person.sees("Somebody else saved first")
    person.reads("Mette Medarbejder")
    row = person.page.get_by_role("row").filter(has_text=FIRST)
    expect(row).to_contain_text(SECOND)
    expect(person.field("title")).to_have_value(SECOND)
    expect(person.field("whom does it concern?")).to_have_value(WHOM)
