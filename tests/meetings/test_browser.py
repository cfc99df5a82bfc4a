"""The pages of the dialogues in a real browser."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from fyrtaarn.meetings import actions
from fyrtaarn.meetings.models import Meeting, Reading
from tests.harness.browser import assert_good_page, sign_in

from .conftest import Pair, make_listing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_type_is_good(page: Page, live_server: Any, pair: Pair, language: str) -> None:
    other = make_listing("sought", pair.municipality, title="Ensomme ældre", departments=[pair.department.pk])
    third = make_listing("sought", pair.municipality, title="Tomme lokaler", departments=[pair.department.pk])
    asked = actions.open_meeting(pair.owner, other, pair.offered, "Vi har plads til fire.")
    talking = actions.accept(pair.editor, actions.open_meeting(pair.owner, pair.sought, pair.offered, "Må vi?"), "Ja.")
    ended = actions.decline(pair.editor, actions.open_meeting(pair.owner, third, pair.offered, "Må vi?"), "Ikke nu.")
    page.set_extra_http_headers({"Accept-Language": language})
    sign_in(page, live_server.url, pair.editor)
    for path in (
        "/min/dialoger/",
        f"/min/dialoger/{asked.pk}/",
        f"/min/dialoger/{asked.pk}/nej/",
        f"/min/dialoger/{talking.pk}/",
        f"/min/dialoger/{talking.pk}/slut/",
        f"/min/dialoger/{ended.pk}/igen/",
        f"/min/dialoger/ny/?offered={pair.offered.pk}",
        f"/min/dialoger/ny/?sought={pair.sought.pk}",
    ):
        page.goto(live_server.url + path)
        assert_good_page(page)


def test_messages_come_and_go_without_loading_the_page(page: Page, live_server: Any, pair: Pair) -> None:
    meeting = actions.accept(pair.editor, actions.open_meeting(pair.owner, pair.sought, pair.offered, "Må vi?"), "Ja.")
    sign_in(page, live_server.url, pair.owner)
    page.goto(f"{live_server.url}/min/dialoger/{meeting.pk}/")
    expect(page.get_by_role("button", name="Markér som læst")).to_have_count(0)  # the page marks what it shows
    assert Reading.objects.filter(user=pair.owner, until__gte=meeting.messages.last().created).exists()
    page.evaluate("document.title = 'the same page'")
    page.get_by_label("Besked").fill("Vi kan om tirsdagen.")
    page.get_by_label("Filer").set_input_files({"name": "plan.txt", "mimeType": "text/plain", "buffer": b"Uge 1"})
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Vi kan om tirsdagen.")).to_be_visible()
    expect(page.get_by_role("link", name="plan.txt")).to_be_visible()
    expect(page.get_by_label("Besked")).to_have_value("")
    actions.write(pair.editor, meeting, "Tirsdag er fint.")
    page.get_by_label("Besked").fill("Jeg er midt i")
    page.evaluate("htmx.trigger('#newest', 'refresh')")
    expect(page.get_by_text("Tirsdag er fint.")).to_be_visible()
    expect(page.get_by_label("Besked")).to_have_value("Jeg er midt i")
    assert page.title() == "the same page"
    page.get_by_label("Besked").fill("   ")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_good_page(page)


def test_a_keyboard_is_enough_to_answer(page: Page, live_server: Any, pair: Pair) -> None:
    meeting = actions.open_meeting(pair.owner, pair.sought, pair.offered, "Må vi?")
    sign_in(page, live_server.url, pair.editor)
    page.goto(f"{live_server.url}/min/dialoger/{meeting.pk}/")
    page.get_by_label("Et par ord").focus()
    page.keyboard.type("Kom forbi.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kom forbi.")).to_be_visible()
    assert Meeting.objects.get().state == "open"


def test_an_answer_after_signing_out_is_told_of_and_kept(page: Page, live_server: Any, pair: Pair) -> None:
    meeting = actions.accept(pair.editor, actions.open_meeting(pair.owner, pair.sought, pair.offered, "Må vi?"), "Ja.")
    sign_in(page, live_server.url, pair.editor)
    desk = page.context.new_page()  # not `page`, which fails at each refusal
    desk.goto(f"{live_server.url}/min/dialoger/{meeting.pk}/")
    desk.fill("[name=text]", "Kom forbi på tirsdag.")
    Session.objects.all().delete()
    desk.evaluate("htmx.trigger('#newest', 'refresh')")
    desk.wait_for_load_state("networkidle")
    expect(desk.locator("[name=login]")).to_have_count(0)
    desk.get_by_role("button", name="Send", exact=True).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Du er blevet logget ud")
    expect(desk.locator("[name=text]")).to_have_value("Kom forbi på tirsdag.")
