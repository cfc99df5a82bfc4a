"""The portal's pages in a real browser, in both languages; the form for a challenge also without a script and by keyboard."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from fyrtaarn.portal import actions
from fyrtaarn.portal.models import Challenge
from tests.harness.browser import DESK, assert_good_page, html_faults, sign_in

from .conftest import make_challenge, make_solution

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Ældre mænd lærer at lave mad"
SITUATION = "Mange ældre mænd, der er blevet alene, kan ikke lave mad. De spiser alene og kommer ikke ud."


@pytest.fixture
def plain_page(chromium: Browser) -> Iterator[Page]:
    """A page in a browser without scripts."""
    context = chromium.new_context(locale="da-DK", viewport=DESK, java_script_enabled=False)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.fixture
def page_of_answers(chromium: Browser) -> Iterator[Page]:
    """A page in which an answer that is no success (409) is no fault of a script."""
    context = chromium.new_context(locale="da-DK", viewport=DESK)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def in_language(page: Page, live_server: Any, language: str) -> None:
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}])


def test_a_challenge_saves_itself_while_she_types_and_shows_what_fits(
    page: Page, live_server: Any, kolding: Any, editor: Any, organisation: Any, owner: Any
) -> None:
    make_solution(owner, organisation, published=True)
    sign_in(page, live_server.url, editor)
    page.goto(f"{live_server.url}/kolding/udfordringer/ny/")
    page.get_by_label("Titel").fill(TITLE)
    page.get_by_label("Hvordan er situationen?").fill(SITUATION)
    expect(page.locator("#saved")).to_contain_text("Gemt som kladde")
    expect(page.locator("#beside")).to_contain_text("Fællesspisning for ældre")
    expect(page).to_have_url(f"{live_server.url}/kolding/udfordringer/{Challenge.objects.get().pk}/rediger/")
    page.get_by_label("Hvilken forandring ønsker I?").fill("Flere laver mad selv.")
    page.get_by_label("Titel").focus()
    page.wait_for_timeout(100)
    page.wait_for_function("() => !document.querySelector('.htmx-request')")
    page.reload()
    expect(page.get_by_label("Hvilken forandring ønsker I?")).to_have_value("Flere laver mad selv.")
    page.get_by_label("Titel").fill(f"{TITLE} igen")
    page.get_by_role("button", name="Se det igennem").click()
    page.get_by_role("button", name="Offentliggør", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{TITLE} igen")
    expect(page.get_by_role("link", name="Inviter Fællesspisning for ældre")).to_be_visible()
    assert Challenge.objects.get().state == "published"


def test_a_challenge_is_published_without_a_script(
    plain_page: Page, live_server: Any, kolding: Any, editor: Any, organisation: Any, owner: Any
) -> None:
    make_solution(owner, organisation, published=True)
    page = plain_page
    sign_in(page, live_server.url, editor)
    page.goto(f"{live_server.url}/kolding/udfordringer/ny/")
    page.get_by_label("Titel").fill(TITLE)
    page.get_by_role("button", name="Gem, og se, hvad der passer").click()
    expect(page.get_by_label("Titel")).to_have_value(TITLE)
    page.get_by_role("button", name="Se det igennem").click()
    page.get_by_role("button", name="Offentliggør", exact=True).click()
    page.get_by_role("link", name="Fortæl, hvordan situationen er.").click()
    page.get_by_label("Hvordan er situationen?").fill(SITUATION)
    page.get_by_role("button", name="Gem, og se, hvad der passer").click()
    expect(page.locator("#beside")).to_contain_text("Fællesspisning for ældre")
    page.get_by_role("button", name="Gem, og gå videre").click()
    page.get_by_label("Et forsøg").check(force=True)
    page.get_by_role("button", name="Gem, og gå videre").click()
    expect(page.locator("main")).to_contain_text("Et forsøg")
    page.get_by_role("button", name="Offentliggør", exact=True).click()
    challenge = Challenge.objects.get()
    assert (challenge.state, challenge.possibilities) == ("published", ["trial"])


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the control with these words has the focus."""
    for _step in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const e = document.activeElement;"
            " return [e.innerText, ...[...(e.labels || [])].map(l => l.innerText)].join(' ') }"
        )
        if words in focused:
            return
    raise AssertionError(f"{words} is not reached by the keyboard")


def test_a_challenge_is_published_by_keyboard_alone(page: Page, live_server: Any, kolding: Any, editor: Any) -> None:
    sign_in(page, live_server.url, editor)
    page.goto(f"{live_server.url}/kolding/udfordringer/ny/")
    tab_to(page, "Titel")
    page.keyboard.type(TITLE)
    tab_to(page, "Hvordan er situationen?")
    page.keyboard.type(SITUATION)
    tab_to(page, "Gem, og gå videre")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hvor og hvornår")).to_be_visible()
    tab_to(page, "Hvor?")
    page.keyboard.type("Vonsild")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Offentliggør")).to_be_visible()
    tab_to(page, "Offentliggør")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hvad der er sket")).to_be_visible()
    assert Challenge.objects.get().where == "Vonsild"


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pages_of_challenges_are_good(
    page: Page, live_server: Any, kolding: Any, editor: Any, colleague: Any, other_department: Any,
    organisation: Any, owner: Any, language: str,
) -> None:  # fmt: skip
    make_solution(owner, organisation, published=True)
    make_challenge(colleague, kolding, published=True, title="Ensomme ældre ved spisebordet")
    draft = make_challenge(editor, kolding)
    challenge = make_challenge(editor, kolding, whom="De ældste", possibilities=["trial"], partners=[other_department])
    actions.publish_challenge(editor, challenge)
    ended = make_challenge(editor, kolding, published=True, title="Ældre spiste alene")
    actions.end_challenge(editor, ended, "solve", "Det lykkedes.")
    in_language(page, live_server, language)
    sign_in(page, live_server.url, editor)
    wizard = f"/kolding/udfordringer/{draft.pk}/rediger/"
    for address in (
        "/kolding/udfordringer/ny/",
        wizard,
        f"{wizard}rammer/",
        f"{wizard}gennemse/",
        challenge.path,
        ended.path,
        f"/kolding/udfordringer/{challenge.pk}/afslut/close/",
        "/min/udfordringer/",
        "/kolding/forvaltninger/",
        f"/kolding/forvaltninger/{other_department.slug}/",
    ):
        page.goto(live_server.url + address)
        assert_good_page(page)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pages_of_solutions_are_good(
    page: Page, live_server: Any, kolding: Any, editor: Any, organisation: Any, owner: Any, language: str
) -> None:
    make_challenge(editor, kolding, published=True)
    solution = make_solution(owner, organisation, published=True, evidence="Det virker.", price_note="fra 80 kr.")
    actions.change_solution(owner, solution, {}, 1, [{"title": "Vejle", "year": 2024, "note": "Gik godt"}])
    in_language(page, live_server, language)
    sign_in(page, live_server.url, owner)
    for address in (
        "/min/loesninger/ny/",
        f"/min/loesninger/{solution.pk}/rediger/",
        solution.path,
        "/min/loesninger/",
        f"/organisationer/{organisation.slug}/",
    ):
        page.goto(live_server.url + address)
        assert_good_page(page)


def test_the_page_of_a_conflict_is_good(
    page_of_answers: Page, live_server: Any, kolding: Any, editor: Any, colleague: Any, other_department: Any
) -> None:
    page = page_of_answers
    draft = make_challenge(editor, kolding)
    actions.change_challenge(editor, draft, {"partners": [other_department]}, 1)
    sign_in(page, live_server.url, editor)
    page.goto(f"{live_server.url}/kolding/udfordringer/{draft.pk}/rediger/")
    actions.change_challenge(colleague, draft, {"title": "Et andet navn"}, 2)
    page.get_by_label("Hvem handler det om?").fill("De ældste")
    expect(page.locator("#saved")).to_contain_text("En anden har gemt kladden")
    page.get_by_role("button", name="Gem, og gå videre").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("En anden nåede at gemme først")
    expect(page.get_by_role("table")).to_contain_text("Et andet navn")
    assert_good_page(page)
    page.get_by_role("button", name="Gem min oven på").click()
    expect(page.get_by_role("heading", name="Hvor og hvornår")).to_be_visible()
    draft.refresh_from_db()
    assert (draft.title, draft.whom) == ("Ældre spiser alene", "De ældste")


def test_the_html_is_valid(
    client: Client, kolding: Any, editor: Any, department: Any, organisation: Any, owner: Any
) -> None:
    solution = make_solution(owner, organisation, published=True)
    challenge = make_challenge(editor, kolding, published=True)
    draft = make_challenge(editor, kolding)
    wizard = f"/kolding/udfordringer/{draft.pk}/rediger/"
    pages = {
        editor: ("/kolding/udfordringer/ny/", wizard, f"{wizard}rammer/", f"{wizard}gennemse/", challenge.path),
        owner: ("/min/loesninger/ny/", f"/min/loesninger/{solution.pk}/rediger/", solution.path),
        None: (
            challenge.path,
            solution.path,
            f"/kolding/forvaltninger/{department.slug}/",
            f"/organisationer/{organisation.slug}/",
        ),
    }
    for person, addresses in pages.items():
        client.logout()
        if person:
            client.force_login(person)
        for address in addresses:
            assert html_faults(client.get(address).content.decode()) == [], address


def test_a_draft_that_could_not_be_saved_while_typing_says_so(
    page_of_answers: Page, live_server: Any, kolding: Any, editor: Any
) -> None:
    page = page_of_answers
    sign_in(page, live_server.url, editor)
    page.goto(f"{live_server.url}/kolding/udfordringer/ny/")
    Session.objects.all().delete()
    page.get_by_label("Titel").fill(TITLE)
    expect(page.locator("#saved")).to_contain_text("Det blev ikke gemt lige nu")
    expect(page.get_by_label("Titel")).to_have_value(TITLE)
