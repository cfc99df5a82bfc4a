"""An employee publishes a challenge from nothing, sees which solutions fit and why, and invites one."""

from typing import Any

import pytest
from playwright.sync_api import expect

from fyrtaarn.foundation.models import Notice
from fyrtaarn.meetings.models import Meeting
from fyrtaarn.portal.models import Challenge

from .conftest import Enter, Town, ways
from .person import PASSWORD, Person

TITLE = "Ældre spiser alene"
SITUATION = "Mange ældre spiser alene hver dag. Vi vil gerne samle dem om et måltid."
SAVED = "Saved as a draft at %(at)s. It saves itself while you write."
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@ways("da", "en", "da-without-scripts", "da-by-keyboard", "en-by-keyboard")
def test_from_nothing_to_an_invitation(somebody: Enter, town: Town, way: dict[str, Any]) -> None:
    type(town.employee).objects.update(language=way["language"])
    mette = somebody(way, who="Mette")
    signs_in(mette)
    mette.follows("Write a challenge")
    tells_the_situation(mette)
    tells_the_frame(mette, town)
    publishes(mette)
    sees_what_fits_and_why(mette, town)
    invites(mette, town)
    the_kitchen_is_told(town)


def signs_in(person: Person) -> None:
    person.goes_to("/")
    person.follows("Sign in")
    person.writes("E-mail address", "mette@example.dk")
    person.writes("Password", PASSWORD)
    person.presses("Sign in")
    person.sees("Hello, %(name)s", name="Mette Medarbejder")


def tells_the_situation(person: Person) -> None:
    person.writes("title", TITLE)
    person.writes("what is the situation?", SITUATION)
    if person.has_scripts:
        person.sees(SAVED)
        expect(person.page.locator("#beside").get_by_text("Fællesspisning for ældre")).to_be_visible()
    person.presses("Save and go on")


def tells_the_frame(person: Person, town: Town) -> None:
    person.chooses("Department", str(town.seniors.label))
    person.chooses("Contact", "Mette Medarbejder")
    person.ticks("A trial")
    person.presses("Save and go on")


def publishes(person: Person) -> None:
    person.reads(SITUATION)
    person.presses("Publish")
    person.sees("The challenge is published. Below are the solutions that fit: invite those you like.")
    assert Challenge.objects.get(title=TITLE).state == "published"


def sees_what_fits_and_why(person: Person, town: Town) -> None:
    fitting = person.section("Solutions that fit")
    best = fitting.get_by_role("listitem").filter(has_text=town.meals.title).first
    expect(best.get_by_text(person.words("Why it fits"))).to_be_visible()
    assert best.locator(".why-for li").count() >= 1


def invites(person: Person, town: Town) -> None:
    person.follows_title(f"{person.words('Invite')} {town.meals.title}")
    person.writes("message", "Vi vil gerne høre, om I kan lave mad hos os.")
    person.presses("Send the invitation")
    person.sees("Sent. You are told when they answer.")
    person.reads("Vi vil gerne høre, om I kan lave mad hos os.")


def the_kitchen_is_told(town: Town) -> None:
    assert Meeting.objects.get().state == "proposed"
    assert Notice.objects.filter(recipient=town.cook, kind="meetings.asked").count() == 1
