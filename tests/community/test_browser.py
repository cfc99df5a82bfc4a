"""An introduction from what the search suggests to an agreement, and the pages on the way, in a real browser."""

from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from fyrtaarn.areas.models import LocalBody
from fyrtaarn.community import actions
from fyrtaarn.community.models import Asking, Introduction
from fyrtaarn.community.notices import letter_path
from fyrtaarn.foundation import clock
from fyrtaarn.listings.folding import fold
from fyrtaarn.listings.models import Listing
from tests.agreements.conftest import make_active
from tests.harness.browser import assert_good_page, sign_in
from tests.harness.people import make_employee
from tests.portal.conftest import make_challenge, make_solution

from .conftest import Place, make_place, make_sent
from .test_fits import NEED, OFFER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place(kolding: Any) -> Place:
    """A district in which an offer of the organisation fits a need of the department."""
    place = make_place(kolding)
    pair = place.pair
    make_challenge(pair.editor, kolding, published=True, department=pair.department, districts=[place.district], **NEED)
    make_solution(pair.owner, pair.organisation, published=True, **OFFER)
    fold()
    return place


def read_as(page: Page, site: str, person: Any, language: str) -> None:
    """Go on as somebody else, None for a visitor, in the language."""
    page.context.clear_cookies()
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site}])
    if person is not None:
        sign_in(page, site, person)


@pytest.mark.parametrize("language", ["da", "en"])
def test_an_introduction_ends_in_an_agreement(page: Page, live_server: Any, place: Place, language: str) -> None:
    site, pair = live_server.url, place.pair

    def says(text: str, **values: Any) -> str:
        with translation.override(language):
            return gettext(text) % values if values else gettext(text)

    def press(text: str) -> None:
        page.get_by_role("button", name=says(text), exact=True).first.click()

    read_as(page, site, place.manager, language)
    page.goto(f"{site}{place.board}")
    assert_good_page(page)
    page.get_by_role("link", name=says("Suggestions"), exact=True).first.click()
    expect(page.get_by_text("Fritidsjob til unge").first).to_be_visible()
    assert_good_page(page)
    page.get_by_role("link", name=says("Introduce them")).first.click()
    assert_good_page(page)
    press("Continue")
    assert_good_page(page)
    press("Send to all")
    expect(page.get_by_text(says("Waiting for answers")).first).to_be_visible()
    assert_good_page(page)
    introduction = Introduction.objects.get()
    here = page.url

    read_as(page, site, None, language)
    letter = Asking.objects.get(party__department=pair.department).letters.get(person=pair.editor)
    page.goto(site + letter_path(letter))
    assert_good_page(page)
    press("Yes, please")
    expect(page.get_by_text(says("Thank you. You are told when all have said yes."))).to_be_visible()

    read_as(page, site, pair.owner, language)
    page.goto(f"{site}/min/introduktioner/")
    assert_good_page(page)
    page.get_by_role("link", name=introduction.title).click()
    press("Yes, please")
    expect(page.get_by_role("heading", name=says("All have said yes"))).to_be_visible()
    actions.bring_together(introduction.pk)
    page.reload()
    assert_good_page(page)
    page.get_by_role("link", name=says("Go to the dialogue")).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    introduction.refresh_from_db()
    agreement = make_active(pair)

    read_as(page, site, place.manager, language)
    page.goto(here)
    page.get_by_role("link", name=says("They have met"), exact=True).click()
    assert_good_page(page)
    press("Save")
    page.get_by_role("link", name=says("Note what came of it")).click()
    page.get_by_role("radio", name=says("An agreement")).check()
    page.get_by_label(says("in a few words").capitalize()).fill("De begynder på mandag.")
    page.get_by_label(says("Which agreement?")).select_option(label=agreement.title)
    assert_good_page(page)
    press("Save")
    expect(page.get_by_text("De begynder på mandag.")).to_be_visible()
    expect(page.get_by_role("link", name=agreement.title)).to_be_visible()
    assert_good_page(page)


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_type_is_good(page: Page, live_server: Any, place: Place, language: str) -> None:
    told = {"title": "Tom sal", "email": "", "phone": "", "text": "Fri om tirsdagen", "follow_up": clock.today()}
    note = actions.write_note(place.manager, place.district, uuid4(), told)
    need = Listing.objects.get(kind="challenge")
    actions.set_aside(place.manager, place.district, need, place.pair.offered)
    introduction = make_sent(place)
    body = LocalBody.objects.create(
        municipality=place.district.municipality, district=place.district, name="Byforum", slug="byforum", kind="other"
    )
    asked = {"local_body": body, "title": "En bænk", "text": "Ved stien", "asked_on": clock.today(), "source": ""}
    wish = actions.add_wish(place.manager, {**asked, "state": "taken", "taken_by": "Vejen", "became": ""})
    administrator: Any = make_employee(place.district.municipality, "municipality_administrator")
    board, public = place.board, ("/kolding/bydele/", "/kolding/bydele/vamdrup/")
    hers = (
        "", "om-mig/", "noter/", "noter/ny/", f"noter/{note.pk}/", "forslag/lagt-til-side/", "behov-og-tilbud/",
        f"behov-og-tilbud/{need.pk}/", "oensker/", f"oensker/{wish.pk}/", "introduktioner/ny/",
        f"introduktioner/{introduction.pk}/",
    )  # fmt: skip
    administration = "/kolding/administration/community-managere/"
    places = (
        (None, public),
        (place.manager, tuple(f"{board}{path}" for path in hers)),
        (administrator, (administration, f"{administration}ny/")),
    )
    for person, paths in places:
        read_as(page, live_server.url, person, language)
        for path in paths:
            page.goto(live_server.url + path)
            assert_good_page(page)
