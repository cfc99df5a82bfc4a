"""An application from the call to the receipt: on a phone in Danish, and in English by keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from fyrtaarn.applications.models import Application
from fyrtaarn.organisations.models import Organisation
from tests.harness.browser import PHONE, assert_good_page, sign_in

from .conftest import Round, make_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]
MOST_TABS = 150


@pytest.fixture
def around(kolding: Any) -> Round:
    found = make_round(kolding, own_share=10)
    Organisation.objects.filter(pk=found.organisation.pk).update(what="Vi laver mad.", for_whom="Ældre.")
    return found


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the control has the focus, as who uses no mouse does."""
    for _press in range(MOST_TABS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {target}")


def assert_good(page: Page) -> None:
    """The page at all widths, and then on the phone again."""
    assert_good_page(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]


def test_on_a_phone(page: Page, live_server: Any, around: Round) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    sign_in(page, live_server.url, around.owner)
    page.goto(f"{live_server.url}/min/ansoegninger/")
    assert_good(page)
    page.get_by_role("link", name="Søg: Ansøg nu").click()
    assert_good(page)
    page.get_by_role("button", name="Begynd", exact=True).click()
    expect(page.get_by_label("Hvad vil I gøre?")).to_have_value("Vi laver mad.")
    page.get_by_label("Titel").fill("Fællesspisning")
    expect(page.locator("#saved")).to_contain_text("Gemt kl.")
    assert_good(page)
    page.get_by_role("button", name="Gem, og gå videre").click()
    page.get_by_label("Hvad ændrer sig?").first.fill("Flere spiser sammen")
    page.get_by_label("Hvordan måler I det?").first.fill("Vi tæller")
    assert_good(page)
    page.get_by_role("button", name="Gem, og gå videre").click()
    page.locator("#id_lines-0-text").fill("Gryder")
    page.locator("#id_lines-0-oere").fill("12.500,50")
    page.locator("#id_lines-1-text").fill("Egen tid")
    page.locator("#id_lines-1-source").select_option("own")
    page.locator("#id_lines-1-oere").fill("2.500")
    expect(page.locator("[data-sum=pool]")).to_have_text("12.500,50 kr.")
    expect(page.locator("[data-sum=total]")).to_have_text("15.000,50 kr.")
    assert_good(page)
    page.get_by_role("button", name="Gem, og gå videre").click()
    assert_good(page)
    page.get_by_role("button", name="Gem og tjek").click()
    assert_good(page)
    page.get_by_role("link", name="Skriv, hvordan det klarer sig bagefter.").click()
    page.get_by_label("Hvordan klarer det sig bagefter?").fill("Deltagerne betaler for maden.")
    page.get_by_label("Vi har oplyst al statsstøtte").check()
    page.get_by_role("button", name="Gem og tjek").click()
    page.get_by_role("button", name="Send ansøgningen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kvittering")
    assert_good(page)
    page.get_by_role("link", name="Se ansøgningen").click()
    assert_good(page)
    page.context.clear_cookies()
    sign_in(page, live_server.url, around.manager)
    page.goto(f"{live_server.url}/kolding/ansoegninger/")
    assert_good(page)
    page.get_by_role("link", name=Application.objects.get().number).click()
    assert_good(page)
    page.get_by_role("link", name="Spørg ansøgeren").click()
    assert_good(page)


def test_by_keyboard(page: Page, live_server: Any, around: Round) -> None:
    around.owner.language = "en"
    around.owner.save()
    sign_in(page, live_server.url, around.owner)
    page.goto(f"{live_server.url}/min/ansoegninger/ny/{around.call.pk}/")
    tab_to(page, page.get_by_role("button", name="Begin", exact=True))
    page.keyboard.press("Enter")
    title = page.get_by_label("Title")
    title.wait_for()
    tab_to(page, title)
    page.keyboard.type("Eating together")
    tab_to(page, page.get_by_role("button", name="Save and go on"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/effekt/")
    tab_to(page, page.locator("#id_goals-0-text"))
    page.keyboard.type("More people eat together")
    tab_to(page, page.locator("#id_goals-0-measure"))
    page.keyboard.type("We count")
    page.keyboard.press("Enter")  # as in any form: save and go on
    page.wait_for_url("**/budget/")
    tab_to(page, page.locator("#id_lines-0-text"))
    page.keyboard.type("Pots")
    tab_to(page, page.locator("#id_lines-0-oere"))
    page.keyboard.type("12,500.50")
    tab_to(page, page.locator("#id_lines-1-text"))
    page.keyboard.type("Our time")
    tab_to(page, page.locator("#id_lines-1-source"))
    page.keyboard.type("Own")
    tab_to(page, page.locator("#id_lines-1-oere"))
    page.keyboard.type("2,500")
    expect(page.locator("[data-sum=total]")).to_have_text("DKK 15,000.50")
    assert_good_page(page)
    tab_to(page, page.get_by_role("button", name="Save and go on"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/oekonomi/")
    tab_to(page, page.get_by_label("How will it carry itself afterwards?"))
    page.keyboard.type("The guests pay for the food.")
    tab_to(page, page.get_by_label("We have told of all state aid"))
    page.keyboard.press("Space")
    assert_good_page(page)
    tab_to(page, page.get_by_role("button", name="Save and go on"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/tjek/")
    assert_good_page(page)
    tab_to(page, page.get_by_role("button", name="Send the application"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Receipt")
    assert Application.objects.get().state == "sent"
