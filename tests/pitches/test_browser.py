"""A pitch is written step by step, shown, fetched and commented on, in a real browser and in both languages."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fyrtaarn.organisations.models import Ambassador
from fyrtaarn.pitches.models import Pitch
from tests.harness.browser import assert_good_page, sign_in

from .table import TEXTS, Table

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ENGLISH = {
    "write": "Write a pitch", "begin": "Begin", "title": "Title", "problem": "The problem", "for_whom": "For whom",
    "next": "Save and go on", "solution": "The solution", "effect": "What shows that it works",
    "ask": "What we ask for", "department": "Which department do you ask?", "whole": "Save and see the whole",
    "words": "4 words, about 5 seconds to read. At most 60 words.", "saved": "Saved at", "show": "Show it on our page",
    "comments": "Ask an ambassador for comments", "question": "Ask", "send": "Send the comments",
    "comment": "Your comment on this part", "pdf": "Fetch as PDF", "shown": "Shown on your page",
}  # fmt: skip
DANISH = {
    "write": "Skriv en pitch", "begin": "Begynd", "title": "Titel", "problem": "Problemet", "for_whom": "For hvem",
    "next": "Gem, og gå videre", "solution": "Løsningen", "effect": "Hvad viser, at det virker", "ask": "Det beder vi om",
    "department": "Hvilken forvaltning spørger I?", "whole": "Gem og se det hele",
    "words": "4 ord, ca. 5 sekunder at læse. Højst 60 ord.", "saved": "Gemt kl.", "show": "Vis den på vores side",
    "comments": "Bed en ambassadør om kommentarer", "question": "Spørg", "send": "Send kommentarerne",
    "comment": "Din kommentar til denne del", "pdf": "Hent som PDF", "shown": "Vises på jeres side",
}  # fmt: skip


@pytest.mark.parametrize(("language", "say"), [("da", DANISH), ("en", ENGLISH)])
def test_from_the_first_word_to_the_comments(
    page: Page, live_server: Any, table: Table, language: str, say: dict[str, str]
) -> None:
    for person in (table.olga, table.asta):
        person.language = language
        person.save()
    sign_in(page, live_server.url, table.olga)
    page.goto(f"{live_server.url}/organisationer/{table.organisation.slug}/")
    page.get_by_role("link", name=say["write"]).click()
    assert_good_page(page)
    page.get_by_role("button", name=say["begin"], exact=True).click()
    page.get_by_label(say["title"]).fill(TEXTS["title"])
    page.get_by_label(say["problem"]).fill(TEXTS["problem"])
    expect(page.get_by_text(say["words"])).to_be_visible()
    expect(page.locator("#saved")).to_contain_text(say["saved"])
    page.get_by_label(say["for_whom"]).fill(TEXTS["for_whom"])
    assert_good_page(page)
    page.get_by_role("button", name=say["next"]).click()
    page.get_by_label(say["solution"]).fill(TEXTS["solution"])
    page.get_by_label(say["effect"]).fill(TEXTS["effect"])
    page.get_by_role("button", name=say["next"]).click()
    page.get_by_label(say["ask"]).fill(TEXTS["ask"])
    page.get_by_label(say["department"]).select_option(value=str(table.social.pk))
    page.get_by_role("button", name=say["whole"]).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TEXTS["title"])
    assert_good_page(page)
    with page.expect_download() as fetched:
        page.get_by_role("link", name=say["pdf"]).click()
    assert fetched.value.suggested_filename == "mad-paa-soendag.pdf"
    page.get_by_role("button", name=say["show"]).click()
    expect(page.get_by_text(say["shown"], exact=True).first).to_be_visible()

    page.get_by_role("link", name=say["comments"]).click()
    page.locator("#id_ambassador").select_option(value=str(Ambassador.objects.get().pk))
    assert_good_page(page)
    page.get_by_role("button", name=say["question"], exact=True).click()
    assert_good_page(page)

    page.context.clear_cookies()
    sign_in(page, live_server.url, table.asta)
    page.goto(f"{live_server.url}/min/overblik/")
    page.get_by_role("link", name=TEXTS["title"]).first.click()
    page.get_by_label(say["comment"]).first.fill("Hvor mange er det?")
    assert_good_page(page)
    page.get_by_role("button", name=say["send"]).click()
    assert_good_page(page)

    page.context.clear_cookies()
    sign_in(page, live_server.url, table.olga)
    page.goto(f"{live_server.url}/min/pitch/{Pitch.objects.get().pk}/")
    expect(page.get_by_text("Hvor mange er det?")).to_be_visible()
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/organisationer/{table.organisation.slug}/")
    page.get_by_text(TEXTS["title"]).click()
    expect(page.get_by_text(TEXTS["problem"])).to_be_visible()
    assert_good_page(page)
