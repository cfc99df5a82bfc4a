"""An institution hosts an entrepreneur, from an empty desk to what both learned, in a real browser and both languages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, expect

from fyrtaarn.foundation import clock
from tests.harness.browser import assert_good_page, sign_in
from tests.harness.people import make_department, make_employee, make_organisation, make_user

from .conftest import begin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["da", "en"])
def test_an_institution_hosts_an_entrepreneur(chromium: Browser, live_server: Any, kolding: Any, language: str) -> None:
    from fyrtaarn.fieldwork.models import Stay

    host: Any = make_employee(kolding, "contact_person", make_department(kolding), name="Helle Vært", language=language)
    guest: Any = make_user("Gerda Gæst", language=language)
    make_organisation(kolding, "Værkstedet", owner=guest)
    place = f"{live_server.url}/kolding/feltarbejde/"
    page = chromium.new_context(locale={"da": "da-DK", "en": "en-GB"}[language]).new_page()
    say = _in(language)
    soon = clock.today() + timedelta(days=20)

    def become(person: Any, *, long_ago: bool = False) -> None:
        page.context.clear_cookies()
        sign_in(page, live_server.url, person, long_ago=long_ago)

    def press(label: str, role: Any = "button") -> None:
        page.get_by_role(role, name=say(label), exact=True).first.click()

    def fill(label: str, text: str) -> None:
        page.get_by_label(say(label)).fill(text)

    become(host)
    page.goto(f"{place}vores/")
    assert_good_page(page)
    press("New offer", "link")
    assert_good_page(page)
    page.get_by_label(say("Desk")).check()
    for label, text in (
        ("Institution", "Ungdomsskolen"),
        ("Title", "Et skrivebord hos os"),
        ("What can the guest see and do?", "Sid med i to uger."),
        ("Rules of the house", "Meld dig i receptionen."),
        ("Confidentiality declaration", "Jeg fortæller ikke om de unge."),
    ):
        fill(label, text)
    press("Save")
    press("New period", "link")
    assert_good_page(page)
    fill("First day", soon.isoformat())
    fill("Last day", (soon + timedelta(days=4)).isoformat())
    fill("How many can come?", "1")
    press("Save")
    assert_good_page(page)
    press("Open the offer")
    expect(page.get_by_text(say("Open to guests"), exact=True)).to_be_visible()

    become(guest)
    page.goto(f"{live_server.url}/feltarbejde/?q=skrivebord")
    assert_good_page(page)
    page.get_by_role("link", name="Et skrivebord hos os").click()
    assert_good_page(page)
    press("Apply for these days", "link")
    assert_good_page(page)
    fill("What do you want to understand?", "Hvordan hverdagen er.")
    press("Send the application")
    expect(page.get_by_text(say("Waiting for the host"), exact=True)).to_be_visible()
    stay = page.url

    become(host)
    page.goto(f"{place}gaester/")
    assert_good_page(page)
    page.get_by_role("link", name="Værkstedet").click()
    assert_good_page(page)
    press("Say yes", "link")
    assert_good_page(page)
    fill("What do you want to say?", "Velkommen.")
    press("Say yes")
    expect(page.get_by_text(say("Agreed"), exact=True)).to_be_visible()

    become(guest, long_ago=True)
    page.goto(stay)
    press("Read and sign", "link")
    assert_good_page(page)
    fill("Type your full name", "Gerda Gæst")
    press("Sign")
    page.wait_for_url(lambda url: "/feltarbejde/" not in url.split("?")[0])
    become(guest)
    page.goto(f"{stay}erklaering/")
    fill("Type your full name", "Gerda Gæst")
    press("Sign")
    expect(page.get_by_text("Gerda Gæst, Værkstedet")).to_be_visible()
    assert_good_page(page)

    begin(Stay.objects.get())
    become(host)
    page.goto(stay)
    press("The guest came")
    expect(page.get_by_text(say("Took place"), exact=True)).to_be_visible()
    become(guest)
    page.goto(stay)
    press("Write what you learned", "link")
    assert_good_page(page)
    page.get_by_label(say("What did you learn?")).fill("De unge ved det selv.")
    press("Save")
    assert_good_page(page)
    become(host)
    page.goto(stay)
    assert_good_page(page)
    page.get_by_role("button", name=say("Let everybody read what %(who)s has written") % {"who": "Værkstedet"}).click()

    page.context.clear_cookies()
    page.goto(f"{place}laert/")
    assert_good_page(page)
    page.get_by_role("link", name="De unge ved det selv.").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Et skrivebord hos os")
    assert_good_page(page)
    page.context.close()


def _in(language: str) -> Callable[[str], str]:
    def say(text: str) -> str:
        with translation.override(language):
            return gettext(text)

    return say
