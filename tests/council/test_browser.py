"""A piece of advice from a stranger's proposal to a late answer, in a real browser."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fyrtaarn.council import actions
from fyrtaarn.council.models import Advice, AgendaProposal
from fyrtaarn.foundation import clock
from tests.harness.browser import assert_good_page, sign_in

from .conftest import Board, make_meeting, make_minutes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_a_proposal_to_a_late_answer(page: Page, live_server: Any, board: Board) -> None:
    raad = f"{live_server.url}/kolding/raad/"
    make_meeting(board)
    wording = make_minutes(board)
    page.goto(raad)
    assert_good_page(page)
    page.get_by_role("link", name="Foreslå noget").click()
    page.get_by_label("Hvad skal rådet tale om?").fill("Tomme lokaler")
    page.get_by_label("Hvorfor, og hvad skal der komme ud af det?").fill("De står tomme hver aften.")
    page.get_by_label("Dit navn").fill("Nora Nabo")
    page.get_by_label("Din e-mailadresse").fill("nora@example.dk")
    assert_good_page(page)
    page.get_by_role("button", name="Send forslaget").click()
    expect(page.get_by_text("nora@example.dk")).to_be_visible()
    proposal = AgendaProposal.objects.get()
    page.goto(f"{raad}forslag/brev/{proposal.token}/")
    page.get_by_role("button", name="Bekræft og send").click()
    expect(page.get_by_text("Venter på sekretæren")).to_be_visible()
    assert_good_page(page)

    sign_in(page, live_server.url, board.secretary)
    page.goto(f"{raad}forslag/{proposal.pk}/")
    page.get_by_role("link", name="Sæt det på en dagsorden").click()
    page.get_by_label("Hvorfor tager I det op?").fill("Et godt emne.")
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("heading", name="2. Tomme lokaler")).to_be_visible()
    assert_good_page(page)
    page.goto(f"{raad}anbefalinger/ny/")
    page.get_by_label("Forvaltning", exact=True).select_option(label="Socialforvaltningen")
    page.get_by_label("Anbefalingen på én linje").fill("Åbn ti lokaler")
    page.get_by_label("Anbefalingen og grundene til den").fill("Begynd med ti.")
    page.get_by_role("button", name="Gem").click()
    page.get_by_role("link", name="Giv anbefalingen").click()
    page.get_by_role("button", name="Giv anbefalingen").click()
    expect(page.get_by_text("Venter på svar")).to_be_visible()
    Advice.objects.update(due=clock.today() - timedelta(days=9))
    for private in (f"moeder/{wording.meeting_id}/referat/1/", "medlemmer/", "moeder/", "anbefalinger/", "forslag/"):
        page.goto(raad + private)
        assert_good_page(page)

    given = Advice.objects.get()
    page.context.clear_cookies()
    page.goto(f"{raad}anbefalinger/{given.pk}/")
    expect(page.get_by_role("alert").get_by_text("Svaret er 9 dage forsinket.")).to_be_visible()
    assert_good_page(page)
    actions.answer_advice(board.lead, given, "follows", "Det gør vi.")
    page.reload()
    expect(page.get_by_text("Besvaret 9 dage for sent")).to_be_visible()
    page.goto(f"{raad}aar/{clock.today().year}/")
    expect(page.get_by_text("0 af 1")).to_be_visible()
    assert_good_page(page)
