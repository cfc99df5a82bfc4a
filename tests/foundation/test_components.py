"""Every component in every state, as the living page shows them."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from fyrtaarn import foundation, site
from tests.harness.browser import assert_good_page, html_faults

COMPONENTS = Path(foundation.__file__).parent / "templates/cotton"
LIVING_PAGE = "/komponenter/"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_living_page_is_valid_html(client: Client, language: str) -> None:
    answer = client.get(LIVING_PAGE, headers={"accept-language": language})
    assert html_faults(answer.content.decode()) == []


def test_no_component_has_style_or_script_inside() -> None:
    for path in COMPONENTS.glob("*.html"):
        source = path.read_text()
        assert not re.search(r"""\sstyle=|\son[a-z]+=["']|<style|<script(?![^>]*\ssrc=)""", source), path.name


def test_every_component_declares_what_it_is_given() -> None:
    """Otherwise a page's own variable of the same name would slip in."""
    for path in COMPONENTS.glob("*.html"):
        source = path.read_text()
        used = set(re.findall(r"{{ (\w+)", source)) - {"slot", "attrs", "map_tiles", "forloop"}
        declared = re.search(r"<c-vars ([^>]*)/>", source)
        names = set(re.findall(r":?([\w-]+)=", declared[1])) if declared else set()
        loops = re.findall(r"{% for ([\w, ]+) in", source)
        blocks = re.findall(r"{% blocktranslate trimmed with ([^%]+)%}", source)
        inner = {name for found in loops for name in found.split(", ")} | set(re.findall(r"(\w+)=", " ".join(blocks)))
        assert used - names - inner == set(), path.name


def test_every_component_is_on_the_living_page() -> None:
    shown = (Path(site.__file__).parent / "templates/site/components.html").read_text()
    inside_others = {"field", "icon"}
    names = {path.stem.replace("_", "-") for path in COMPONENTS.glob("*.html")} - inside_others
    assert [name for name in sorted(names) if not re.search(rf"<c-{name}[\s/>]", shown)] == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["da", "en"])
def test_all_components_are_accessible(page: Page, live_server: Any, language: str) -> None:
    page.set_extra_http_headers({"Accept-Language": language})
    page.goto(live_server.url + LIVING_PAGE)
    assert_good_page(page)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_scripts_add_comfort(page: Page, live_server: Any) -> None:
    page.goto(live_server.url + LIVING_PAGE)
    expect(page.locator(".error-summary")).to_be_focused()

    text = page.locator("#id_text")
    text.fill("æ" * 388 + "\n")
    expect(page.locator("#id_text-limit")).to_have_text("10 tegn tilbage")

    places = page.locator("#id_places")
    places.get_by_label("Vamdrup").check()
    places.get_by_role("searchbox").fill("sj")
    expect(places.get_by_label("Sjølund")).to_be_visible()
    expect(places.get_by_label("Vamdrup")).to_be_visible()  # already chosen, so it stays in sight
    expect(places.get_by_label("Almind")).to_be_hidden()

    expect(page.locator(".map .map-land").first).to_be_attached()
    expect(page.locator(".map .map-point")).to_have_text(["2", ""])  # two in Kolding share a mark
    page.locator(".map .map-point").first.click()
    expect(page.locator(".leaflet-popup").get_by_role("link", name="Kolding")).to_be_visible()
    expect(page.get_by_role("button", name="Udskriv")).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_everything_is_there_without_scripts(chromium: Browser, live_server: Any) -> None:
    context = chromium.new_context(locale="da-DK", java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(live_server.url + LIVING_PAGE)
    expect(page.locator(".map-list").get_by_role("link", name="Kolding")).to_be_visible()
    expect(page.locator(".map")).to_be_hidden()
    expect(page.locator("#id_text-limit")).to_have_text("Højst 400 tegn")
    expect(page.get_by_role("button", name="Udskriv")).to_be_hidden()
    page.locator(".menu > summary").click()
    expect(page.locator(".menu").get_by_role("link", name="Udfordringer")).to_be_visible()
    context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nothing_moves_for_those_who_do_not_want_it(chromium: Browser, live_server: Any) -> None:
    context = chromium.new_context(locale="da-DK", reduced_motion="reduce")
    page = context.new_page()
    page.goto(live_server.url + "/")
    assert page.evaluate("document.getAnimations().length") == 0
    context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_the_first_stop_leads_to_the_content(page: Page, live_server: Any) -> None:
    page.goto(live_server.url + "/om/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Gå til sidens indhold")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
