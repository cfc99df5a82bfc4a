"""The pages of the agreements in a real browser."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fyrtaarn.agreements import actions
from fyrtaarn.agreements.models import Agreement
from fyrtaarn.foundation import clock
from tests.harness.browser import assert_good_page, sign_in
from tests.meetings.conftest import Pair

from .conftest import EXPERIENCE, make_active, make_free_draft, terms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_type_is_good(page: Page, live_server: Any, pair: Pair, language: str) -> None:
    agreement = make_active(pair)
    actions.tell_status(pair.owner, agreement, "attention", "Vi mangler en bil.")
    review = actions.plan_review(pair.editor, agreement, clock.today() + timedelta(days=3), "Er vi på vej?")
    actions.hold_review(pair.owner, review, "on_track", "Fire er begyndt.")
    ahead = actions.plan_review(pair.editor, agreement, clock.today() + timedelta(days=30))
    change = actions.propose_change(pair.owner, agreement, terms(goal="Otte unge."), "Mere plads.", agreement.version)
    draft = make_free_draft(pair, title="Fælles have", starts=None, ends=None)
    done = make_free_draft(pair, title="Cykelværksted")
    actions.complete(
        pair.owner, actions.accept(pair.owner, actions.propose(pair.editor, done, done.version)), EXPERIENCE
    )
    inside = f"/samarbejder/{agreement.pk}/"
    page.set_extra_http_headers({"Accept-Language": language})
    for public in ("/samarbejder/", "/kolding/samarbejder/", f"/samarbejder/{done.pk}/"):
        page.goto(live_server.url + public)
        assert_good_page(page)
    sign_in(page, live_server.url, pair.editor)
    for private in (
        "/min/samarbejder/",
        "/min/samarbejder/ny/",
        inside,
        f"{inside}tekster/",
        f"{inside}tekster/{change.pk}/nej/",
        f"{inside}udskriv/",
        f"{inside}afslut/",
        f"{inside}opfoelgning/{ahead.pk}/",
        f"{inside}parter/{agreement.parties.first().pk}/kontakt/",
        f"/samarbejder/{draft.pk}/",
        f"/samarbejder/{draft.pk}/rediger/",
        f"/samarbejder/{draft.pk}/parter/?navn=teknik",
    ):
        page.goto(live_server.url + private)
        assert_good_page(page)


def test_the_second_editor_keeps_her_text_beside_the_others(page: Page, live_server: Any, pair: Pair) -> None:
    draft = make_free_draft(pair)
    sign_in(page, live_server.url, pair.editor)
    page.goto(f"{live_server.url}/samarbejder/{draft.pk}/rediger/")
    actions.change_draft(pair.owner, draft, terms(goal="Fra Olga"), draft.version)
    page.get_by_label("Mål", exact=True).fill("Fra Eva")
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("cell", name="Fra Olga")).to_be_visible()
    expect(page.get_by_label("Mål", exact=True)).to_have_value("Fra Eva")
    assert_good_page(page)
    page.get_by_role("button", name="Gem").click()
    expect(page).to_have_url(f"{live_server.url}/samarbejder/{draft.pk}/")
    assert Agreement.objects.get().goal == "Fra Eva"
