"""What the search page weighs: files, bytes and statements. Its times are in bench/pages."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page, Response

from fyrtaarn.areas.models import District
from fyrtaarn.listings.folding import fold
from tests.harness.strictness import statements_of

ROOT = Path(__file__).resolve().parents[2]
KB = 1024
MOST_STATEMENTS = 6
MOST_HTML = 10 * KB
MOST_STYLE_AND_SCRIPT, MOST_FILES = 80 * KB, 6
MOST_FONTS = 80 * KB
MAP = ("leaflet", "/map.", "/map/")
ADDRESSES = ["/soeg/", "/soeg/?q=unge+reparerer+cykler", "/soeg/?q=cykler&slags=offer&maalgruppe=1", "/kolding/soeg/"]

Make = Callable[..., Any]


@pytest.fixture
def many(make_listing: Make, kolding: Any) -> None:
    """More than a page of listings, with places and topics."""
    places = [
        District.objects.create(
            municipality=kolding, name=f"Bydel {n}", slug=f"bydel-{n}", latitude=55.5, longitude=9.5
        )
        for n in range(12)
    ]
    for number in range(30):
        text = "Unge lærer at reparere cykler i gården sammen med ældre naboer. " * 4
        make_listing(
            "offer", f"Cykelværksted {number}", text, districts=(places[number % 12].pk,), goals=(number % 17 + 1,)
        )
    fold()


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_search_page_asks_little_and_writes_nothing(client: Client, many: None, address: str) -> None:
    client.get(address)
    reset_queries()
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    statements = statements_of(captured)
    assert page.status_code == 200
    assert len(statements) <= MOST_STATEMENTS + address.startswith("/kolding/"), "\n".join(statements)
    assert not [sql for sql in statements if not sql.lstrip().startswith(("SELECT", "WITH"))]
    assert len(gzip.compress(page.content, 6)) <= MOST_HTML


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_search_page_is_light_in_a_browser(page: Page, live_server: Any, make_listing: Make) -> None:
    for number in range(30):
        make_listing("offer", f"Cykelværksted {number}", "Unge – og ældre – reparerer “cykler” for 5 €.")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{live_server.url}/soeg/?q=cykler", wait_until="networkidle")
    assert all(answer.url.startswith((live_server.url, "data:")) for answer in answers)
    assert not [answer.url for answer in answers if any(part in answer.url for part in MAP)]
    of_page = [answer for answer in answers if answer.request.resource_type in ("stylesheet", "script")]
    assert 0 < len(of_page) <= MOST_FILES
    assert sum(len(gzip.compress(answer.body(), 6)) for answer in of_page) <= MOST_STYLE_AND_SCRIPT
    fonts = [answer for answer in answers if answer.request.resource_type == "font"]
    assert fonts
    assert all("Latin1" in answer.url for answer in fonts)
    assert sum(len(answer.body()) for answer in fonts) <= MOST_FONTS
    pictures = [answer for answer in answers if answer.request.resource_type in ("image", "other")]
    assert sum(len(answer.body()) for answer in pictures if answer.url.startswith("http")) <= 20 * KB


def test_every_icon_of_a_page_is_in_the_file_of_icons() -> None:
    drawn = (ROOT / "src/fyrtaarn/foundation/static/vendor/dkfds/img/all-svg-icons.svg").read_text()
    templates = "".join(file.read_text() for file in (ROOT / "src").rglob("templates/**/*.html"))
    named = set(re.findall(r'<c-icon name="([a-z-]+)"', templates)) | {"error", "warning", "success", "info"}
    assert {name for name in named if f'id="{name}"' not in drawn} == set()
