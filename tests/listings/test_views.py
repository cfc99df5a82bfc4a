"""Overview pages and saved searches as people use them, and as robots abuse them."""

import csv
import re
from collections.abc import Callable
from io import StringIO
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.template import engines
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from fyrtaarn.listings.folding import fold
from fyrtaarn.listings.models import Audience, Listing, SavedSearch
from fyrtaarn.topics.models import Theme
from tests.harness.browser import assert_good_page, html_faults, sign_in
from tests.harness.people import make_employee, make_user
from tests.listings.samples import listed

pytestmark = pytest.mark.django_db
Make = Callable[..., Listing]
TOKEN = r"\b[A-Za-z0-9]{64}\b|:[\w-]{6}:[\w-]{43}"
"""What protects a form from forgery, and a moment with its signature: others on each page."""
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def some(kolding: Any, koebenhavn: Any) -> list[Listing]:
    theme = Theme.objects.create(slug="cykler", name="Cykler og håndværk", name_en="Bicycles and crafts")
    return [
        listed(kolding, "Cykelbaggården", "Unge reparerer gamle cykler.", themes=[theme]),
        listed(kolding, "Brødrene Brød", "Et bageri med plads til ro."),
        listed(koebenhavn, "Byhaven", "Cykler og haver.", themes=[theme], latitude=55.7, longitude=12.5),
    ]


def test_everybody_sees_the_overviews(client: Client, some: list[Listing]) -> None:
    for path in ("/udfordringer/", "/loesninger/", "/organisationer/", "/soeg/"):
        assert client.get(path).status_code == 200
        assert client.get(f"/kolding{path}").status_code == 200
    page = client.get("/organisationer/").content.decode()
    assert "3 fundet" in page
    assert html_faults(page) == []
    assert "Byhaven" not in client.get("/kolding/organisationer/").content.decode()
    assert client.post("/soeg/").status_code in (403, 405)


def test_a_question_shows_why(client: Client, some: list[Listing]) -> None:
    page = client.get("/organisationer/?q=reparation+af+cykler").content.decode()
    assert "Hvorfor:" in page
    assert "<mark>cykler</mark>" in page
    assert html_faults(page) == []


@pytest.mark.parametrize("kind", ["signed out", "person", "employee elsewhere"])
def test_an_internal_listing_changes_no_page_of_those_who_may_not_see_it(
    client: Client, some: list[Listing], make_listing: Make, koebenhavn: Any, kind: str
) -> None:
    if kind != "signed out":
        client.force_login(make_user() if kind == "person" else make_employee(koebenhavn, "community_manager"))  # type: ignore[arg-type]
    words = ("cykkler", "gamle cykler til haven", "xylofoner")
    pages = [f"{start}?q={quote(word)}" for start in ("/soeg/", "/kolding/soeg/", "/soeg/forslag/") for word in words]
    pages += ["/soeg/forslag/?q=xylo", "/soeg/forslag/?q=cyk", "/soeg/", "/soeg/?format=csv", "/soeg/?format=atom"]

    def shown() -> list[str]:
        return [re.sub(TOKEN, "", client.get(page).getvalue().decode()) for page in pages]

    fold()
    before = shown()
    for _ in range(2):
        internal = make_listing(
            "offer", "Xylofonhuset", "Cykkler, xylofoner og gamle cykler.", audience=Audience.MUNICIPALITY
        )
        assert shown() == before
        fold()
        assert shown() == before
    make_listing("offer", "Xylofonhuset", "Cykkler og xylofoner.", again=internal)
    assert shown() != before


def test_choices_narrow_and_can_be_removed(client: Client, some: list[Listing]) -> None:
    theme = Theme.objects.get(slug="cykler")
    page = client.get(f"/organisationer/?q=cykler&tema={theme.pk}&kommune={some[2].municipality_id}").content.decode()
    assert "1 fundet" in page
    assert f'href="/organisationer/?q=cykler&amp;tema={theme.pk}"' in page
    assert "Cykler og håndværk <span" in page


def test_nothing_found_says_what_to_do(client: Client, some: list[Listing]) -> None:
    page = client.get("/kolding/organisationer/?q=xqzwk").content.decode()
    assert "Intet passer endnu" in page
    assert "/organisationer/?q=xqzwk" in page
    assert html_faults(page) == []


def test_a_misspelt_word_is_read_as_what_it_stands_for(client: Client, some: list[Listing]) -> None:
    page = client.get("/organisationer/?q=cykelværkted").content.decode()
    assert "<strong>cykelværksted</strong>" in page
    assert "Cykelbaggården" in page


def test_the_page_takes_few_queries_however_much_there_is(
    client: Client, some: list[Listing], kolding: Any, at_most_queries: Any
) -> None:
    for number in range(30):
        listed(kolding, f"Hus {number}", "Cykler og brød", districts=[])
    fold()
    client.force_login(make_user())
    for path in ("/organisationer/", "/soeg/?q=cykler", "/kolding/soeg/?q=cykler+og+br%C3%B8d&sortering=navn"):
        with at_most_queries(12):
            assert client.get(path).status_code == 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parameter=st.sampled_from(
        [
            "q",
            "tema",
            "kommune",
            "verdensmaal",
            "status",
            "organisation",
            "sortering",
            "efter",
            "foer",
            "format",
            "slags",
        ]
    ),
    value=st.one_of(
        st.text(max_size=60), st.integers(-(10**20), 10**20).map(str), st.sampled_from(["'", "%", "\\", "\x00"])
    ),
    path=st.sampled_from(["/soeg/", "/kolding/organisationer/", "/soeg/forslag/"]),
)
def test_no_address_breaks_a_page(client: Client, some: list[Listing], parameter: str, value: str, path: str) -> None:
    extra = "&q=cykler" if parameter != "q" else f"&title={quote(value)}&text={quote(value)}"
    assert client.get(f"{path}?{parameter}={quote(value)}{extra}").status_code == 200


def test_a_huge_question_is_cut(client: Client, some: list[Listing]) -> None:
    assert client.get("/soeg/", {"q": "cykler " * 3000}).status_code == 200
    many = "&".join(f"tema={number}" for number in range(900))
    assert client.get(f"/soeg/?{many}").status_code == 200


def test_the_feed_shows_public_things_alone(
    client: Client, make_listing: Make, some: list[Listing], kolding: Any
) -> None:
    from tests.harness.people import make_employee

    make_listing("wish", "Hemmeligt ønske", "cykler", audience=Audience.MUNICIPALITY)
    client.force_login(make_employee(kolding, "caseworker"))
    assert "Hemmeligt ønske" in client.get("/soeg/?q=cykler").content.decode()
    answer = client.get("/soeg/?q=cykler&format=atom")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    titles = [title.text for title in ElementTree.fromstring(answer.content).iter(f"{ATOM}title")][1:]
    assert sorted(titles) == ["Byhaven", "Cykelbaggården"]


def test_the_list_as_filtered_can_be_taken_home(client: Client, some: list[Listing]) -> None:
    answer = client.get("/kolding/organisationer/?format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["Brødrene Brød", "Cykelbaggården"]
    assert client.get("/organisationer/?format=xlsx").status_code == 200


def test_suggestions_complete_the_last_word(client: Client, some: list[Listing], make_listing: Make) -> None:
    make_listing("wish", "Cyklamengartneriet", "", audience=Audience.MUNICIPALITY)
    fold()
    page = client.get("/soeg/forslag/?q=gamle+cyk").content.decode()
    assert "gamle cykler" in page
    assert "cyklamen" not in page


def test_saving_changing_and_deleting_a_search(client: Client, kolding: Any) -> None:
    person: Any = make_user()
    form = {"name": "Mine cykler", "rhythm": "daily", "soegning": "q=cykler&tema=x&verdensmaal=8", "kommune": "kolding"}
    assert client.post("/min/soegninger/gem/solutions/", form).status_code == 302
    assert not SavedSearch.objects.exists()
    client.force_login(person)
    assert client.post("/min/soegninger/gem/solutions/", form, follow=True).status_code == 200
    search = SavedSearch.objects.get()
    assert (search.user, search.question, search.filters) == (person, "cykler", {"goal": ["8"]})
    assert (search.kind, search.municipality, search.rhythm) == ("solution", kolding, "daily")
    page = client.get("/min/soegninger/").content.decode()
    assert "/kolding/loesninger/?q=cykler&amp;verdensmaal=8" in page
    assert html_faults(page) == []
    client.post(f"/min/soegninger/{search.pk}/", {f"{search.pk}-name": "Cykler", f"{search.pk}-rhythm": "none"})
    search.refresh_from_db()
    assert (search.name, search.rhythm) == ("Cykler", "none")
    client.force_login(make_user())
    assert client.post(f"/min/soegninger/{search.pk}/slet/").status_code == 404
    assert client.post(f"/min/soegninger/{search.pk}/", {}).status_code == 404
    client.force_login(person)
    client.post(f"/min/soegninger/{search.pk}/slet/")
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "x" * 500}, {"rhythm": "hourly"}, {"name": "\x00"}])
def test_a_wrong_form_says_so_and_loses_nothing(client: Client, wrong: dict[str, str]) -> None:
    client.force_login(make_user())
    form = {"name": "Cykler", "rhythm": "daily", "soegning": "q=cykler", "kommune": "", **wrong}
    answer = client.post("/min/soegninger/gem/search/", form)
    assert answer.status_code == 422
    assert "q=cykler" in answer.content.decode()
    assert not SavedSearch.objects.exists()
    assert client.post("/min/soegninger/gem/findes-ikke/", form).status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_visitor_finds_filters_and_saves(live_server: Any, page: Page, kolding: Any) -> None:
    theme = Theme.objects.create(slug="haver", name="Haver", name_en="Gardens")
    for number in range(25):
        listed(kolding, f"Byhave {number}", "En have for unge", themes=[theme], latitude=55.5, longitude=9.5)
    listed(kolding, "Cykelbaggården", "Unge reparerer cykler.")
    page.goto(f"{live_server.url}/organisationer/")
    assert_good_page(page)
    page.get_by_role("link", name="Next").or_(page.get_by_role("link", name="Næste")).click()
    expect(page.locator(".hit")).to_have_count(6)
    page.get_by_label("Hvad leder du efter?").fill("reparation af cykler")
    page.get_by_role("button", name="Søg").click()
    expect(page.locator(".hit").first).to_contain_text("Cykelbaggården")
    expect(page.locator(".hit").first).to_contain_text("Hvorfor:")
    assert_good_page(page)
    page.goto(f"{live_server.url}/organisationer/?q=have")
    page.locator("summary", has_text="Tema").click() if page.locator("summary", has_text="Tema").count() else None
    sign_in(page, live_server.url, make_user())
    page.goto(f"{live_server.url}/organisationer/?q=have&tema={theme.pk}")
    page.get_by_text("Gem søgningen, og hør").click()
    page.get_by_role("button", name="Gem søgningen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gemte søgninger")
    assert_good_page(page)
    page.context.add_cookies([{"name": "sprog", "value": "en", "url": live_server.url}])
    page.goto(f"{live_server.url}/kolding/soeg/?q=a+garden+for+young+people+in+the+city")
    expect(page.locator(".hit").first).to_contain_text("Why:")
    assert_good_page(page)
    page.goto(f"{live_server.url}/kolding/soeg/?q=zzzzzz")
    assert_good_page(page)


def test_a_row_is_escaped_and_its_status_looks_like_the_component(client: Client, kolding: Any) -> None:
    row = listed(kolding, "Brød & <b>kage</b>", "Vi bager <script>")
    Listing.objects.filter(pk=row.pk).update(path='/x/"y"/', fresh=False)
    page = client.get("/organisationer/").content.decode()
    assert "Brød &amp; &lt;b&gt;kage&lt;/b&gt;" in page
    assert "Vi bager &lt;script&gt;" in page
    assert 'href="/x/&quot;y&quot;/"' in page
    status = engines["django"].from_string("{% cotton status kind='warn' %}Ikke bekræftet for nylig{% endcotton %}")
    assert status.render().strip() in page
