"""What its owner has not confirmed in time stands after all that is fresh, and says so."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fyrtaarn.engine.matching import Document
from fyrtaarn.foundation import clock
from fyrtaarn.listings import jobs
from fyrtaarn.listings.codes import EVERYBODY
from fyrtaarn.listings.freshness import is_fresh, sink_stale
from fyrtaarn.listings.models import Listing
from fyrtaarn.listings.search import Scope, search
from fyrtaarn.listings.search.listed import read_page
from fyrtaarn.site.queries import newest
from tests.listings.samples import found, titles

pytestmark = pytest.mark.django_db
Make = Callable[..., Listing]


def days(number: int) -> date:
    return clock.today() + timedelta(days=number)


def test_the_last_day_is_the_one_before() -> None:
    assert is_fresh(None, date(2026, 5, 2))
    assert is_fresh(date(2026, 5, 3), date(2026, 5, 2))
    assert not is_fresh(date(2026, 5, 2), date(2026, 5, 2))


def test_stale_ones_stand_after_all_fresh_ones(make_listing: Make, kolding: Any) -> None:
    make_listing("offer", "A ældst", "cykler")
    make_listing("offer", "B ikke bekræftet", "cykler", fresh_until=days(0))
    make_listing("offer", "C bekræftet", "cykler", fresh_until=days(1))
    make_listing("offer", "D ikke bekræftet", "cykler", fresh_until=days(-200))
    make_listing("offer", "E nyest", "cykler")
    order = ["E nyest", "C bekræftet", "A ældst", "D ikke bekræftet", "B ikke bekræftet"]
    assert found() == order
    assert found("cykler", sort="newest") == order
    assert found(sort="name") == sorted(order)
    shown = [listing.title for listing in newest("offer", kolding)]
    assert shown == order[: len(shown)] != []


@pytest.mark.parametrize("fresh", [0, 3, 4, 5, 12])
def test_pages_hold_together_across_the_border(make_listing: Make, fresh: int) -> None:
    moment = clock.now()
    for number in range(12):  # three at each moment, so that keys decide too
        stale = {"fresh_until": days(-number - 1)} if (number * 5) % 12 >= fresh else {}
        make_listing("offer", f"Nummer {number:02}", published=moment + timedelta(days=number // 3), **stale)
    whole = found(size=50)
    assert [title for title in whole if Listing.objects.get(title=title).fresh] == whole[:fresh]
    pages = [search(Scope(), size=4)]
    while pages[-1].after:
        pages.append(search(Scope(), size=4, after=pages[-1].after))
    assert [titles(page) for page in pages] == [whole[:4], whole[4:8], whole[8:]]
    back = [pages[-1]]
    while back[-1].before:
        back.append(search(Scope(), size=4, before=back[-1].before))
    assert [titles(page) for page in back] == [whole[8:], whole[4:8], whole[:4]]


def test_the_job_lets_sink_what_has_become_stale_and_once_only(
    make_listing: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_listing("offer", "Uden dato")
    make_listing("offer", "Næste uge", fresh_until=days(7))
    make_listing("offer", "I morgen", fresh_until=days(1))
    updated = list(Listing.objects.order_by("pk").values_list("updated", flat=True))
    assert sink_stale() == 0
    tomorrow = days(1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    jobs.sink_what_is_stale(0)
    assert found() == ["Næste uge", "Uden dato", "I morgen"]
    assert sink_stale() == 0
    assert list(Listing.objects.order_by("pk").values_list("updated", flat=True)) == updated


def test_confirming_brings_it_up_at_once(make_listing: Make) -> None:
    old = make_listing("offer", "Gammel", fresh_until=days(-1), published=clock.now())
    make_listing("offer", "Ældre", published=clock.now() - timedelta(days=9))
    assert found() == ["Ældre", "Gammel"]
    make_listing("offer", "Gammel", again=old, fresh_until=days(90), published=old.published)
    assert found() == ["Gammel", "Ældre"]


@pytest.mark.parametrize(
    ("language", "words"), [("da", "Ikke bekræftet siden 3. januar 2020"), ("en", "Not confirmed since 3 January 2020")]
)
def test_the_list_says_since_when(client: Client, make_listing: Make, language: str, words: str) -> None:
    make_listing("offer", "Gammel", confirmed=date(2020, 1, 3), fresh_until=date(2020, 7, 3))
    make_listing("offer", "Frisk", confirmed=clock.today(), fresh_until=days(180))
    page = client.get("/soeg/", headers={"accept-language": language}).content.decode()
    assert page.count(words) == 1
    assert page.index("Frisk") < page.index("Gammel") < page.index(words)


def test_a_page_after_another_begins_in_the_index(make_listing: Make, kolding: Any) -> None:
    pivot = make_listing("offer", "Midt", fresh_until=days(-1))
    with CaptureQueriesContext(connection) as captured:
        read_page([[EVERYBODY], ["kind:offer"]], [EVERYBODY], "newest", str(pivot.pk), "", 20)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {captured.captured_queries[-1]['sql']}")
        plan = [line for (line,) in cursor.fetchall()]
    condition = next(line for line in plan if "Index Cond" in line)
    assert any("listing_newest" in line for line in plan)
    assert "ROW(fresh, published, id) <" in condition
    assert not any("Sort" in line for line in plan)


@pytest.mark.django_db(transaction=True)
def test_the_migration_sinks_what_is_stale_already_and_can_be_undone(make_listing: Make) -> None:
    stale = make_listing("offer", "Gammel", fresh_until=days(0))
    fresh = make_listing("offer", "Frisk", fresh_until=days(1))
    never = make_listing("offer", "Uden dato")
    try:
        call_command("migrate", "listings", "0002", verbosity=0)
    finally:
        call_command("migrate", verbosity=0)  # also what rests on them
    rows = {row.pk: (row.fresh, row.analysis_version > 0) for row in Listing.objects.order_by("pk")}
    assert rows == {stale.pk: (False, False), fresh.pk: (True, False), never.pk: (True, True)}


def test_the_answer_to_a_question_still_subtracts(make_listing: Make) -> None:
    make_listing("offer", "Cykler", "cykler", fresh_until=days(0))
    make_listing("offer", "Cykler", "cykler", fresh_until=days(1))
    fresh, stale = search(Scope(), question=Document("", title="cykler", language="da")).hits
    assert fresh.match.score > stale.match.score
    assert not stale.listing.fresh
