"""The search room in a real browser, and a search that tells what came of it."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.core.signals import request_started
from playwright.sync_api import Page

from fyrtaarn.listings.models import Listing
from fyrtaarn.people.actions import appoint
from fyrtaarn.vocabulary import actions
from fyrtaarn.vocabulary.models import AskedQuestion
from tests.harness.browser import assert_good_page, sign_in
from tests.harness.people import make_user
from tests.listings.samples import listed
from tests.vocabulary.conftest import begin
from tests.vocabulary.test_asked import ask_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROOM = "/administration"


def test_the_search_room_is_good_for_everybody(page: Page, live_server: Any, kolding: Any) -> None:
    concepts = begin()
    editor = make_user("Rosa Redaktør")
    appoint(editor, "vocabulary_editor")
    cykler = concepts["c:cykler"]
    actions.change_concept(cykler, replace(cykler.entry, danish=("jernhest",)), version=1, by=editor)
    ask_on(3, "padel", nothing=1)
    sign_in(page, live_server.url, editor)
    for path in (
        "/soegninger/",
        "/ord/",
        "/ord/kladde/",
        "/ord/versioner/1/",
        "/ord/import/",
        "/ord/proev/",
        "/emner/",
    ):
        page.goto(live_server.url + ROOM + path)
        assert_good_page(page)
    page.goto(live_server.url + cykler.path)
    assert_good_page(page)


def test_a_search_tells_what_came_of_it_without_cookies(page: Page, live_server: Any, kolding: Any) -> None:
    listed(kolding, "Cykelbaggården", "Vi sætter cykler i stand.")
    Listing.objects.update(path="/om/")
    came: list[Mapping[str, Any]] = []  # a browser tells for certain only on the wire what it sends while a page closes

    def note(environ: Mapping[str, Any], **_rest: object) -> None:
        if environ["PATH_INFO"] == "/soeg/spurgt/":
            came.append(environ)

    request_started.connect(note)
    with page.expect_response("**/soeg/spurgt/"):
        page.goto(f"{live_server.url}/soeg/?q=cykler")
    page.locator(".hit-title a").click()
    row = opened_row()  # a browser does not tell a page that it has left what came of its last request
    assert (row.asked, row.nothing, row.opened, row.opened_late) == (1, 0, 1, 0)
    assert len(came) == 2
    assert not any("HTTP_COOKIE" in one or "HTTP_REFERER" in one for one in came)


def opened_row() -> AskedQuestion:
    """The question, once it has been told that a result was opened, or as it is after ten seconds."""
    for _ in range(100):
        row = AskedQuestion.objects.get(text="cykler")
        if row.opened:
            break
        time.sleep(0.1)
    return row
