"""Front pages, my overview, and the pages about the platform."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from playwright.sync_api import Page, expect

from fyrtaarn.agreements.models import Agreement, Party
from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock, overview
from fyrtaarn.foundation.overview import OverviewItem, Section
from fyrtaarn.listings.codes import codes_of
from fyrtaarn.listings.models import Audience, Listing, Unfolded
from tests.harness.browser import assert_good_page, html_faults, sign_in
from tests.harness.people import make_department, make_employee, make_organisation, make_user

Budget = Callable[[int], AbstractContextManager[Any]]


def make_listing(municipality: Any, title: str, kind: str = "challenge", **fields: Any) -> Listing:
    number = Listing.objects.count() + 1
    listing = Listing(
        kind=kind,
        subject_id=number,
        side="sought" if kind == "challenge" else "offered",
        municipality=municipality,
        title=title,
        text="En tekst om sagen.",
        path=f"/{municipality.slug}/udfordringer/{number}-x/",
        **{"audience": Audience.PUBLIC, "published": clock.now() - timedelta(days=number), **fields},
    )
    listing.codes = codes_of(listing)
    listing.save()
    Unfolded.objects.create(listing=listing)  # as publishing notes it for the counts
    return listing


def make_agreement(municipality: Any, title: str, **fields: Any) -> Agreement:
    agreement = Agreement.objects.create(
        municipality=municipality,
        title=title,
        goal="Et mål",
        created_by=make_user(),
        **{
            "state": "completed",
            "public": True,
            "worked": "Vi lærte noget.",
            "did_not_work": "Noget andet.",
            "next_time": "Mere.",
            "starts": date(2025, 1, 1),
            "closed": date(2026, 1, 1),
            **fields,
        },
    )
    Party.objects.create(agreement=agreement, department=make_department(municipality))
    return agreement


def page_of(client: Client, path: str, language: str = "da") -> str:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_front_pages_show_what_is_public_and_nothing_else(client: Client, kolding: Any, koebenhavn: Any) -> None:
    make_listing(kolding, "Ensomme ældre")
    make_listing(koebenhavn, "Cykler, der står stille")
    make_listing(kolding, "Kun for kommunen", audience=Audience.MUNICIPALITY)
    make_listing(kolding, "Kun for ejerne", audience=Audience.OWNERS)
    make_listing(kolding, "Ikke offentliggjort", published=None)
    make_listing(kolding, "Forbi", ended=clock.now())
    make_agreement(kolding, "Frokostklubben")
    make_agreement(kolding, "Hemmelig aftale", public=False)
    make_agreement(kolding, "Aftale i kladde", state="draft")

    national, municipal = page_of(client, "/"), page_of(client, "/kolding/")
    for page in (national, municipal):
        assert "Ensomme ældre" in page
        assert "Frokostklubben" in page
        for hidden in ("Kun for", "Ikke offentliggjort", "Forbi", "Hemmelig aftale", "Aftale i kladde"):
            assert hidden not in page
    assert "Cykler, der står stille" in national
    assert "Cykler, der står stille" not in municipal


@pytest.mark.django_db
def test_the_numbers_are_those_of_the_lists_behind_them(client: Client, kolding: Any, koebenhavn: Any) -> None:
    for number in range(5):
        make_listing(kolding, f"Udfordring {number}")
    make_listing(koebenhavn, "En til")
    make_listing(kolding, "Skjult", audience=Audience.MUNICIPALITY)
    make_listing(koebenhavn, "En løsning", kind="solution", organisation=make_organisation(koebenhavn))
    assert "<strong>6</strong> udfordringer" in page_of(client, "/")
    assert "<strong>1</strong> løsning<" in page_of(client, "/")
    assert "<strong>5</strong> udfordringer" in page_of(client, "/kolding/")
    assert "<strong>0</strong> løsninger" in page_of(client, "/kolding/")
    assert "5 udfordringer · 0 samarbejder" in page_of(client, "/")


@pytest.mark.django_db
def test_a_municipality_shows_what_is_delivered_there_from_elsewhere(
    client: Client, kolding: Any, koebenhavn: Any
) -> None:
    home = make_organisation(koebenhavn)
    make_listing(koebenhavn, "Kun i København", kind="solution", organisation=home)
    make_listing(koebenhavn, "Også i Kolding", kind="solution", organisation=home, delivers_in=[kolding.pk])
    make_listing(koebenhavn, "I hele landet", kind="solution", organisation=home, delivers_everywhere=True)
    page = page_of(client, "/kolding/")
    assert "<strong>2</strong> løsninger" in page
    assert "Også i Kolding" in page
    assert "I hele landet" in page
    assert "Kun i København" not in page


@pytest.mark.django_db
def test_front_pages_need_no_more_queries_with_more_content(
    client: Client, kolding: Any, koebenhavn: Any, at_most_queries: Budget
) -> None:
    for number in range(10):
        make_listing(kolding, f"Udfordring {number}")
        make_listing(kolding, f"Løsning {number}", kind="solution", organisation=make_organisation(kolding))
        make_agreement(kolding, f"Aftale {number}")
    with at_most_queries(12):
        page_of(client, "/")
    with at_most_queries(12):
        page_of(client, "/kolding/")


@pytest.mark.django_db
def test_an_empty_platform_says_what_will_come(client: Client, kolding: Any) -> None:
    page = page_of(client, "/kolding/")
    assert "Ingen udfordringer endnu" in page
    assert "Ingen løsninger endnu" in page


@pytest.mark.django_db
def test_only_open_municipalities_have_a_front_page(client: Client, kolding: Any) -> None:
    Municipality.objects.filter(pk=kolding.pk).update(open=False)
    assert client.get("/kolding/").status_code == 404
    assert client.get("/kolding/farve.css").status_code == 404
    assert "Kolding" not in page_of(client, "/")


@pytest.mark.django_db
def test_a_municipality_has_its_colour(client: Client, kolding: Any) -> None:
    Municipality.objects.filter(pk=kolding.pk).update(accent="#8a2f5c")
    page = page_of(client, "/kolding/")
    assert '<link rel="stylesheet" href="/kolding/farve.css?8a2f5c">' in page
    assert "farve.css" not in page_of(client, "/")
    answer = client.get("/kolding/farve.css?8a2f5c")
    assert answer.headers["Content-Type"] == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "--accent: #8a2f5c;" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("path", ["/", "/kolding/", "/om/", "/tilgaengelighed/", "/privatliv/"])
def test_pages_are_valid_html(client: Client, kolding: Any, path: str, language: str) -> None:
    make_listing(kolding, "Ensomme ældre")
    make_listing(kolding, "En løsning", kind="solution", organisation=make_organisation(kolding))
    make_agreement(kolding, "Frokostklubben")
    assert html_faults(page_of(client, path, language)) == []


@pytest.mark.django_db
def test_the_shared_address_of_accessibility_statements(client: Client) -> None:
    assert client.get("/was").headers["Location"] == "/tilgaengelighed/"


@pytest.mark.django_db
def test_the_living_page_is_only_for_demonstrations(client: Client, settings: LazySettings) -> None:
    settings.DEMO = False
    assert client.get("/komponenter/").status_code == 404
    assert "/komponenter/" not in page_of(client, "/")


@pytest.mark.django_db
def test_the_language_changes_and_the_page_stays(client: Client) -> None:
    assert "Hvor vil du begynde?" in page_of(client, "/")
    answer = client.post("/sprog/", {"language": "en", "next": "/om/?a=b"})
    assert answer.headers["Location"] == "/om/?a=b"
    assert "Where do you want to begin?" in client.get("/").content.decode()


@pytest.mark.django_db
def test_the_language_changes_for_a_signed_in_person_too(client: Client) -> None:
    client.force_login(make_user(language="da"))  # type: ignore[arg-type]
    assert "Log ud" in page_of(client, "/om/")
    client.post("/sprog/", {"language": "en", "next": "/om/"})
    assert "Sign out" in page_of(client, "/om/")


@pytest.mark.django_db
def test_the_language_switch_leads_nowhere_else_and_reads_nothing_on_get(client: Client) -> None:
    answer = client.post("/sprog/", {"language": "en", "next": "https://example.org/"})
    assert answer.headers["Location"] == "/"
    assert client.get("/sprog/").status_code == 405


@pytest.mark.django_db
def test_my_overview_demands_sign_in(client: Client) -> None:
    answer = client.get("/min/overblik/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/konto/login/")


@pytest.mark.django_db
def test_an_empty_overview_says_what_to_do_first(client: Client, kolding: Any) -> None:
    client.force_login(make_user())  # type: ignore[arg-type]
    assert "Tilføj din organisation" in page_of(client, "/min/overblik/")
    client.force_login(make_employee(kolding, "community_manager"))  # type: ignore[arg-type]
    page = page_of(client, "/min/overblik/")
    assert 'href="/kolding/udfordringer/ny/"' in page
    assert "Tilføj din organisation" not in page
    owner = make_user()
    make_organisation(kolding, owner=owner)
    client.force_login(owner)  # type: ignore[arg-type]
    assert "Beskriv, hvad I tilbyder" in page_of(client, "/min/overblik/")


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "_providers", [])

    @overview.provider
    def items(user: Any) -> list[OverviewItem]:
        return [
            OverviewItem(Section.WAITING, "Svar på en interesse", "/min/dialoger/1/", "Ali skrev i går", clock.today()),
            OverviewItem(Section.DEADLINES, "For sent", "/x/", due=clock.today() - timedelta(days=1)),
            OverviewItem(Section.MINE, f"Tilhører {user}", "/kolding/udfordringer/1-x/"),
        ]


@pytest.mark.django_db
@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize("language", ["da", "en"])
def test_my_overview_shows_what_rooms_know(client: Client, language: str) -> None:
    client.force_login(make_user("Mette <Eksempel>", language=language))  # type: ignore[arg-type]
    page = page_of(client, "/min/overblik/", language)
    assert 'href="/min/dialoger/1/"' in page
    assert "Tilhører Mette &lt;Eksempel&gt;" in page
    assert page.count("Senest " if language == "da" else ">By ") == 1
    assert page.count("Skulle være sket" if language == "da" else "Was due on") == 1
    assert html_faults(page) == []


@pytest.mark.django_db
def test_a_long_section_of_my_overview_is_folded_but_whole(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "_providers", [])
    overview.provider(lambda _: [OverviewItem(Section.MINE, f"Ting {number}", "/x/") for number in range(9)])
    client.force_login(make_user())  # type: ignore[arg-type]
    page = page_of(client, "/min/overblik/")
    assert all(f"Ting {number}" in page for number in range(9))
    assert "Vis 3 mere" in page
    assert html_faults(page) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["da", "en"])
def test_front_pages_are_accessible(page: Page, live_server: Any, kolding: Any, language: str) -> None:
    make_listing(kolding, "Ensomme ældre")
    make_listing(kolding, "En løsning", kind="solution", organisation=make_organisation(kolding))
    make_agreement(kolding, "Frokostklubben")
    page.set_extra_http_headers({"Accept-Language": language})
    for path in ("/", "/kolding/", "/om/", "/privatliv/", "/tilgaengelighed/"):
        page.goto(live_server.url + path)
        assert_good_page(page)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("waiting")
def test_my_overview_is_accessible_and_the_phone_has_a_menu(page: Page, live_server: Any) -> None:
    sign_in(page, live_server.url, make_user())
    page.goto(live_server.url + "/min/overblik/")
    assert_good_page(page)
    page.set_viewport_size({"width": 360, "height": 740})
    summary = page.locator(".menu > summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".menu").get_by_role("link", name="Løsninger")).to_be_visible()
    assert_good_page(page)
    page.set_viewport_size({"width": 360, "height": 740})
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.locator(".menu").get_by_role("link", name="Løsninger")).to_be_hidden()


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "heading"), [("da", "Hvor længe"), ("en", "How long")])
def test_each_cell_of_the_cookies_says_on_a_phone_what_it_is(client: Client, language: str, heading: str) -> None:
    client.cookies["sprog"] = language
    text = client.get("/cookies/").content.decode()
    assert text.count("<td data-title=") == text.count("<td") == 12
    assert text.count(f'data-title="{heading}"') == 4
