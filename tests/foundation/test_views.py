"""My notices and the demonstration's mail."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.template import engines
from django.template.loaders.filesystem import Loader
from django.test import Client
from playwright.sync_api import Page

from fyrtaarn.foundation import clock, notices
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.notices import NoticeKind, tell
from tests.harness.browser import assert_good_page, html_faults, sign_in
from tests.harness.people import make_user


@pytest.fixture(autouse=True)
def trial_kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A kind of notice of a room called "trial"."""
    monkeypatch.setattr(notices, "KINDS", {})
    monkeypatch.setattr("fyrtaarn.foundation.views.KINDS", notices.KINDS)
    notices.register(NoticeKind("trial.interest", "Interesse", "Udfordringer"))
    cached = engines["django"].engine.template_loaders[0]  # type: ignore[attr-defined]
    cached.loaders.append(Loader(cached.engine, [Path(__file__).parent / "templates"]))
    yield
    cached.loaders.pop()


def notice(person: Any, challenge: str = "Ensomhed", path: str = "/komponenter/") -> Notice:
    with transaction.atomic():
        return tell("trial.interest", [person], path=path, params={"challenge": challenge, "who": "<b>Vi</b>"})[0]


@pytest.fixture
def anna(client: Client, db: None) -> Any:
    person = make_user("Anna")
    client.force_login(person)  # type: ignore[arg-type]
    return person


class TestNotices:
    def test_unread_first_then_newest(self, client: Client, anna: Any) -> None:
        for number in range(4):
            made = notice(anna, f"Nummer {number}")
            Notice.objects.filter(pk=made.pk).update(created=clock.now() - timedelta(days=10 - number))
        notices.mark_read(Notice.objects.filter(params__challenge="Nummer 3"))
        html = client.get("/min/beskeder/").content.decode()
        places = [html.index(f"Nummer {number}") for number in (2, 1, 0, 3)]
        assert places == sorted(places)
        assert "&lt;b&gt;Vi&lt;/b&gt;" in html

    def test_reading_the_page_marks_nothing(self, client: Client, anna: Any) -> None:
        notice(anna)
        client.get("/min/beskeder/")
        assert notices.unread_count(anna) == 1

    def test_opening_leads_there_and_marks_as_read(self, client: Client, anna: Any) -> None:
        made = notice(anna)
        address = f"/min/beskeder/{made.pk}/aabn/"
        assert client.get(address).status_code == 405
        answer = client.post(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/komponenter/")
        assert notices.unread_count(anna) == 0

    @pytest.mark.parametrize("verb", ["aabn", "laest"])
    def test_anothers_notice_is_not_there(self, client: Client, anna: Any, verb: str) -> None:
        bob = make_user("Bob")
        made = notice(bob)
        assert client.post(f"/min/beskeder/{made.pk}/{verb}/").status_code == 404
        assert notices.unread_count(bob) == 1

    def test_mark_one_or_all_as_read(self, client: Client, anna: Any) -> None:
        bob = make_user("Bob")
        first = notice(anna)
        notice(anna)
        notice(bob)
        client.post(f"/min/beskeder/{first.pk}/laest/")
        assert notices.unread_count(anna) == 1
        client.post("/min/beskeder/laest/")
        assert (notices.unread_count(anna), notices.unread_count(bob)) == (0, 1)

    def test_pages_do_not_grow_in_queries(self, client: Client, anna: Any, at_most_queries: Any) -> None:
        for number in range(30):
            notice(anna, f"Nummer {number}")
        with at_most_queries(8):
            html = client.get("/min/beskeder/").content.decode()
        assert 'rel="next"' in html
        assert html_faults(html) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_person_reads_her_notices(page: Page, live_server: Any) -> None:
    anna = make_user("Anna")
    notice(anna)
    notice(anna, "Stilhed i klassen")
    sign_in(page, live_server.url, anna)
    page.goto(f"{live_server.url}/min/beskeder/")
    assert_good_page(page)
    page.goto(f"{live_server.url}/min/beskeder/")
    page.locator("article", has_text="Stilhed").locator("form").first.get_by_role("button").click()
    page.wait_for_url("**/komponenter/")
    assert notices.unread_count(anna) == 1
