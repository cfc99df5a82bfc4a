"""The books' pages: who reads them, what they show on any day, files and bad input."""

import csv
import io
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.ledger import actions, movements, views
from fyrtaarn.ledger.models import AccountKind, Book, Entry, FinanceAccount, Reason
from tests.harness.browser import html_faults_of
from tests.harness.people import make_employee, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ledger.urls")]
PAGES = ("book", "book-journal", "book-file")
CONFUSING = (
    "?starts=2026-13-45&last_day=x",
    "?starts=0001-01-01",
    "?last_day=0001-01-01",
    "?starts=9999-12-31&last_day=9999-12-31",
    "?starts=2026-05-01&last_day=2026-01-01",
    "?om=999999999999999999999",
    "?om=%00&fra=i+gaar&til=9999-99-99&haendelse=ingen&efter=%00",
    "?format=exe",
)


def address(book: Book, page: str, **own: Any) -> str:
    return reverse(f"pool:{page}", kwargs={"municipality": book.municipality.slug, "pool": book.pk, **own})


@pytest.fixture
def posted(book: Book, manager: Any) -> Book:
    """Money of two days, of which one entry has been reversed."""
    day = clock.today() - timedelta(days=3)
    for lines, reason in (
        (movements.contribution_decided("social", 100_00), Reason.CONTRIBUTION_DECIDED),
        (movements.contribution_paid("social", 100_00), Reason.CONTRIBUTION_PAID),
    ):
        actions.post(book, lines, reason=reason, text="Årets bidrag", by=manager, document="=Bilag 12", day=day)
    granted = movements.granted("workshop", 40_50)
    entry = actions.post(book, granted, reason=Reason.GRANTED, text="Tilskud til værkstedet", by=None)
    actions.reverse(entry, why="Forkert beløb", by=manager)
    actions.post(book, granted, reason=Reason.GRANTED, text="Tilskud til værkstedet", by=manager)
    return book


def all_pages(book: Book) -> list[str]:
    free = book.accounts.get(kind="free")
    return [
        *(address(book, page) for page in (*PAGES, "book-mapping")),
        address(book, "book-account", account=free.pk),
        *(address(book, "book-entry", number=number) for number in (1, 3, 4)),
    ]


def rows(client: Client, url: str) -> list[list[str]]:
    content = b"".join(client.get(url)).decode("utf-8-sig")  # type: ignore[arg-type]
    return list(csv.reader(io.StringIO(content), delimiter=";"))


def test_fund_managers_auditors_and_administrators_read_the_books(
    client: Client, posted: Book, manager: Any, auditor: Any, kolding: Any, koebenhavn: Any
) -> None:
    for reader, answers in (
        (manager, (200, 200)),
        (make_employee(kolding, "municipality_administrator"), (200, 200)),
        (auditor, (200, 403)),
        (make_employee(kolding, "buyer"), (403, 403)),
        (make_employee(koebenhavn, "fund_manager"), (403, 403)),
        (make_employee(koebenhavn, "auditor"), (403, 403)),
        (make_user(), (403, 403)),
    ):
        client.force_login(reader)
        for url in all_pages(posted):
            answer = answers["oekonomisystem" in url]
            assert client.get(url).status_code == answer, (reader, url)
    client.logout()
    assert all(client.get(url).status_code == 302 for url in all_pages(posted))


def test_the_pages_are_well_formed_and_cost_little(
    client: Client, posted: Book, manager: Any, kolding: Any, at_most_queries: Any
) -> None:
    empty, pages = actions.open_book(kolding, "En tom pulje"), {}
    client.force_login(manager)
    for url in (*all_pages(posted), *(address(empty, page) for page in PAGES)):
        for language in ("da", "en"):
            manager.language = language
            manager.save()
            with at_most_queries(12):
                pages[f"{url} {language}"] = client.get(url).content.decode()
    assert html_faults_of(pages) == []


def test_balances_of_any_day(client: Client, posted: Book, auditor: Any) -> None:
    client.force_login(auditor)
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    url = address(posted, "book")
    before = {row[0]: row[1:] for row in rows(client, f"{url}?starts={yesterday}&last_day={yesterday}&format=csv")}
    assert before["Fri til at bevilge"] == ["100,00", "0,00", "0,00", "100,00"]
    now = {row[0]: row[1:] for row in rows(client, f"{url}?starts={clock.today()}&last_day={clock.today()}&format=csv")}
    assert now["Fri til at bevilge"] == ["100,00", "81,00", "40,50", "59,50"]
    page = client.get(url).content.decode()
    assert "59,50 kr." in page
    assert f'value="{clock.today()}"' in page
    assert "Bevilget, endnu ikke godkendt til udbetaling: Værkstedet" in page


def test_a_statement_and_the_way_to_what_it_is_about(client: Client, posted: Book, auditor: Any) -> None:
    client.force_login(auditor)
    grant = posted.accounts.get(kind="grant")
    page = client.get(address(posted, "book-account", account=grant.pk)).content.decode()
    assert page.count("Tilskud til værkstedet") == 2
    about = f"{address(posted, 'book-journal')}?om={grant.pk}"
    assert about in page
    journal = client.get(about).content.decode()
    assert "Kun det, der handler om Værkstedet" in journal
    assert "Årets bidrag" not in journal
    assert client.get(address(posted, "book-account", account=grant.pk + 999)).status_code == 404
    assert client.get(address(posted, "book-entry", number=99)).status_code == 404


def test_the_journal_is_searched_filtered_and_taken_home(client: Client, posted: Book, auditor: Any) -> None:
    client.force_login(auditor)
    url = address(posted, "book-journal")
    assert [row[0] for row in rows(client, f"{url}?format=csv")] == ["Nummer", "5", "4", "3", "2", "1"]
    assert [row[6] for row in rows(client, f"{url}?format=csv")][-2:] == ["100,00", "100,00"]
    assert [row[0] for row in rows(client, f"{url}?haendelse=reversed&format=csv")] == ["Nummer", "4"]
    today = clock.today().isoformat()
    assert [row[0] for row in rows(client, f"{url}?fra={today}&soeg=forkert&format=csv")] == ["Nummer", "4"]
    assert rows(client, f"{url}?til={clock.today() - timedelta(days=1)}&format=csv")[1][4] == "'=Bilag 12"
    other = actions.open_book(posted.municipality, "En anden")
    assert (
        rows(client, f"{address(other, 'book-journal')}?om={posted.accounts.get(kind='grant').pk}&format=csv")[1:] == []
    )


def test_the_posting_file_balances_entry_by_entry(client: Client, posted: Book, manager: Any) -> None:
    client.force_login(manager)
    mapping = address(posted, "book-mapping")
    assert client.post(mapping, {"cash": "9.22.05", "free": "9.59.99"}).status_code == 302
    assert client.post(mapping, {"cash": "9.22.05", "free": "9.59.98"}).status_code == 302
    heading, *lines = rows(client, f"{address(posted, 'book-file')}?format=csv")
    assert len(heading) == 11
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        sums[line[0]] += Decimal(line[5].replace(",", "."))
    assert sums == dict.fromkeys("12345", Decimal(0))
    assert {line[2] for line in lines} == {"9.22.05", "9.59.98", ""}
    assert [line[9] for line in lines if line[0] == "4"] == ["3", "3"]
    assert lines[0][10] == str(Entry.objects.get(book=posted, number=1).key)
    page = client.get(address(posted, "book-file")).content.decode()
    assert "De her mangler en konto i økonomisystemet" in page
    everything = dict.fromkeys(AccountKind.values, "1")
    client.post(mapping, everything)
    assert "De her mangler" not in client.get(address(posted, "book-file")).content.decode()
    client.post(mapping, {})
    assert not FinanceAccount.objects.exists()


def test_a_bad_mapping_is_refused_in_words(client: Client, posted: Book, manager: Any, auditor: Any) -> None:
    client.force_login(manager)
    mapping = address(posted, "book-mapping")
    for wrong in ({"cash": "9" * 41}, {"cash": "\0"}):
        answer = client.post(mapping, {**wrong, "free": "9.59.99"})
        assert answer.status_code == 422
        assert "9.59.99" in answer.content.decode()
    assert not FinanceAccount.objects.exists()
    with pytest.raises(Refused):
        actions.set_mapping(posted, {AccountKind.CASH: "1"}, by=auditor)


@pytest.mark.parametrize("query", CONFUSING)
def test_whatever_stands_in_the_address_there_is_a_page(client: Client, posted: Book, manager: Any, query: str) -> None:
    client.force_login(manager)
    for url in all_pages(posted):
        if "oekonomisystem" not in url:
            assert client.get(url + query).status_code == 200, url


def test_a_long_statement_is_read_only_as_far_as_it_is_shown(
    client: Client, posted: Book, auditor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_LINES", 3)
    client.force_login(auditor)
    free = posted.accounts.get(kind="free")
    page = address(posted, "book-account", account=free.pk)
    with CaptureQueriesContext(connection) as asked:
        text = client.get(page).content.decode()
    assert "Her er kun de første 3." in text
    assert text.count("/posteringer/") == 3
    assert "59,50 kr." in text, "the closing balance is of all lines"
    assert any("ledger_posting" in one["sql"] and "LIMIT 4" in one["sql"] for one in asked.captured_queries)
    assert len(rows(client, f"{page}?format=csv")) == 1 + 4
