"""From the catalogue to a plan with its picture, in a real browser and both languages."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, expect

from fyrtaarn.foundation import clock
from tests.harness.browser import assert_good_page, sign_in
from tests.harness.people import make_organisation, make_user

from .conftest import load

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.timeout(900)  # a dozen pages, each looked at in two widths
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_busy_person_plans_what_shall_come_of_it(
    chromium: Browser, live_server: Any, kolding: Any, language: str
) -> None:
    load()
    owner: Any = make_user("Olga Ejer", language=language)
    make_organisation(kolding, "Cykelværkstedet", owner=owner, what="Vi reparerer cykler.")
    page = chromium.new_context(locale={"da": "da-DK", "en": "en-GB"}[language]).new_page()

    def say(text: str) -> str:
        with translation.override(language):
            return gettext(text)

    def press(label: str, role: Any = "button") -> None:
        page.get_by_role(role, name=say(label), exact=True).first.click()

    sign_in(page, live_server.url, owner)
    page.goto(f"{live_server.url}/effekt/")
    assert_good_page(page)
    page.goto(f"{live_server.url}/effekt/repareret/")
    assert_good_page(page)
    page.goto(f"{live_server.url}/min/effekt/")
    assert_good_page(page)
    page.get_by_role("button", name="Cykelværkstedet").click()
    assert_good_page(page)
    page.get_by_label(say("For whom?")).fill("Unge uden job")
    press("Save")
    assert_good_page(page)
    page.get_by_label({"da": "Genbrug og mindre spild", "en": "Reuse and less waste"}[language]).first.check()
    press("Save")
    page.get_by_role(
        "link", name={"da": "Genbrug og mindre spild", "en": "Reuse and less waste"}[language]
    ).first.click()
    assert_good_page(page)
    page.get_by_role("link", name={"da": "Vælg: Reparerede ting", "en": "Choose: Things repaired"}[language]).click()
    assert_good_page(page)
    page.get_by_label(say("Where shall it be?")).fill("80")
    page.get_by_label(say("When?")).fill((clock.today() + timedelta(days=300)).isoformat())
    page.get_by_label(say("Who counts?")).fill("Værkstedet")
    press("Save")
    assert_good_page(page)
    expect(page.get_by_role("img", name=say("The plan as a picture"))).to_be_visible()
    page.get_by_role("link", name=say("Say what went worse, and what you do not know")).click()
    assert_good_page(page)
    page.get_by_label(say("What went worse?")).fill("Støj i gården.")
    page.get_by_label(say("What do you not know?")).fill("Om cyklerne bliver brugt.")
    press("Save")
    expect(page.get_by_text(say("Still to do"))).to_have_count(0)
    page.context.close()
