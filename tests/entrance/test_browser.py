"""A guest's question that needs two departments is answered, closed and rated, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fyrtaarn.entrance import actions
from fyrtaarn.entrance.mail import guest_path
from fyrtaarn.entrance.models import Case
from tests.harness.browser import assert_good_page, sign_in

from .desk import CARE, Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_question_that_needs_two_departments_is_answered(page: Page, live_server: Any, desk: Desk) -> None:
    kolding = f"{live_server.url}/kolding/"
    page.goto(f"{kolding}spoerg/")
    page.get_by_label("Hvad vil du spørge om?").fill(CARE)
    page.get_by_label("Din e-mailadresse").fill("gerda@example.dk")
    assert_good_page(page)
    page.get_by_role("button", name="Send spørgsmålet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Der mangler ét trin: Åbn din mail")
    assert_good_page(page)
    question = Case.objects.get()
    letter, here = live_server.url + guest_path(question), f"{kolding}sager/{question.pk}/"
    page.goto(letter)
    assert_good_page(page)
    page.get_by_role("button", name="Ja, send mit spørgsmål").click()
    expect(page.get_by_text("Du får svar senest")).to_be_visible()
    assert_good_page(page)
    actions.sort_new(question.pk)

    page.context.clear_cookies()
    sign_in(page, live_server.url, desk.manager)
    page.goto(f"{kolding}sager/?vis=ingen")
    assert_good_page(page)
    page.get_by_role("link", name="Vi vil gerne spise").first.click()
    assert_good_page(page)
    page.get_by_role("link", name="Ældre").click()
    expect(page.get_by_label("Forvaltning", exact=True)).to_have_value(str(desk.social.pk))
    assert_good_page(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Karl Kontakt").first).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, live_server.url, desk.karl)
    page.goto(here)
    page.get_by_role("link", name="Spørg en anden forvaltning").click()
    page.get_by_label("Forvaltning").select_option(label="Kulturforvaltningen")
    page.get_by_label("Hvad har I brug for fra dem?").fill("Har I et køkken?")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Har I et køkken?")).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, live_server.url, desk.kaja)
    page.goto(here)
    page.get_by_role("link", name="Sig, hvad der kom ud af det").click()
    assert_good_page(page)
    page.get_by_label("Hvad kom der ud af det?").fill("Ja, om torsdagen.")
    page.get_by_role("button", name="Færdig").click()
    expect(page.get_by_text("Ja, om torsdagen.")).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, live_server.url, desk.karl)
    page.goto(here)
    page.get_by_label("Besked").fill("Kom på torsdag, der er køkken.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Besvaret", exact=True).first).to_be_visible()
    assert_good_page(page)
    page.get_by_role("link", name="Luk", exact=True).click()
    page.get_by_label("Fik svar eller hjælp").check()
    page.get_by_role("button", name="Luk spørgsmålet").click()
    expect(page.get_by_text("Lukket", exact=True).first).to_be_visible()

    page.context.clear_cookies()
    page.goto(letter)
    expect(page.get_by_text("Kom på torsdag, der er køkken.")).to_be_visible()
    expect(page.get_by_text("Ja, om torsdagen.")).to_have_count(0)
    assert_good_page(page)
    page.get_by_label("Ja", exact=True).check()
    page.locator("#hjulpet").get_by_role("button", name="Send").click()
    expect(page.get_by_text("Du har svaret: Ja")).to_be_visible()
