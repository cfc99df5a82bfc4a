"""The money of all pools agrees with the books, and every krone can be followed from who gave it to its receipt."""

import csv
import io
from collections import Counter
from typing import Any

import pytest
from django.test import Client

from fyrtaarn.grants import figures, way
from fyrtaarn.grants.actions import changes, grants, instalments
from fyrtaarn.ledger import actions as ledger
from fyrtaarn.ledger import movements
from fyrtaarn.ledger.models import Entry, Reason
from tests.harness.browser import html_faults
from tests.harness.people import make_employee

from .conftest import THOUSAND, Given, in_days, make_funding, make_given

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(kolding: Any) -> Given:
    """A pool from which much has come and gone: paid, failed, paid back, ended, set aside, taken back."""
    funding = make_funding(kolding, 100 * THOUSAND)
    book = funding.pool.book
    ledger.open_contributor(book, "kultur", "Kulturforvaltningen")
    for lines, reason in (
        (movements.contribution_decided("kultur", 70 * THOUSAND), Reason.CONTRIBUTION_DECIDED),
        (movements.contribution_paid("kultur", 70 * THOUSAND), Reason.CONTRIBUTION_PAID),
    ):
        entry = ledger.post(book, lines, reason=reason, text="Kultur", by=None, document="B-2")
    given = make_given(funding, 120 * THOUSAND)
    first = instalments.approve(given.manager, given.instalments()[0])
    paid = instalments.note_paid(given.manager, first, in_days(0), "U-1")
    instalments.note_failed(given.manager, paid, "Forkert konto.")
    instalments.note_paid(given.manager, first, in_days(0), "U-2")
    asked = changes.demand(given.manager, given.grant, 10 * THOUSAND, "Ikke brugt.", in_days(3))
    changes.note_demand_paid(given.manager, asked, in_days(0), "I-1")
    grants.end_early(given.manager, given.grant, "De lukker.")
    ledger.post(
        book,
        movements.contribution_decided("kultur", 5 * THOUSAND),
        reason=Reason.CONTRIBUTION_DECIDED,
        text="K",
        by=None,
    )
    late = ledger.post(
        book, movements.contribution_paid("kultur", 5 * THOUSAND), reason=Reason.CONTRIBUTION_PAID, text="K", by=None
    )
    ledger.reverse(late, why="Den var ikke kommet.", by=given.manager)
    assert entry.amount
    return given


def test_every_ore_of_every_payment_has_one_origin(moved: Given) -> None:
    book = moved.funding.pool.book
    origins = way.origins_of(book)
    assert [(one.contributor, one.oere) for one in origins] == [
        ("Socialforvaltningen", 100 * THOUSAND),
        ("Kulturforvaltningen", 70 * THOUSAND),
        ("Kulturforvaltningen", 5 * THOUSAND),
    ]
    for origin in origins:
        assert sum(origin.now.values()) == origin.oere
    for entry in Entry.objects.filter(book=book, reason__in=("paid_out", "payment_failed", "claim_paid")):
        of_it = [leg.oere for origin in origins for leg in origin.legs if leg.entry == entry]
        moved_oere = entry.postings.get(account__kind="cash")
        assert sum(of_it) == moved_oere.debit + moved_oere.credit
    now: Counter[str] = Counter()
    for origin in origins:
        now.update(origin.now)
    balances: Counter[str] = Counter()
    for account in book.accounts.filter(kind__in=way.HOLDING):
        balances[account.kind] += account.balance
    assert {kind: oere for kind, oere in now.items() if kind in way.HOLDING} == {k: v for k, v in balances.items() if v}
    assert now["recipient"] == 96 * THOUSAND - 10 * THOUSAND
    assert origins[2].now == {"contributor": 5 * THOUSAND}, "what was taken back is its own money"


def test_the_figures_agree_with_the_books(moved: Given) -> None:
    kolding = moved.funding.municipality
    found = figures.money_of_pools(kolding, figures.givers_of(kolding))[0]
    assert found.free == moved.balance("free", "")
    assert found.committed == 0
    assert [(one.granted, one.paid) for one in figures.by_district(kolding)] == [(120 * THOUSAND, 86 * THOUSAND)]
    assert [one.granted for one in figures.by_theme(kolding)] == [120 * THOUSAND]


def test_the_pages_and_their_files(client: Client, moved: Given, at_most_queries: Any) -> None:
    place = "/kolding/bevillinger/penge/"
    follow = f"{place}{moved.funding.pool.slug}/"
    auditor: Any = make_employee(moved.funding.municipality, "auditor")
    for person in (moved.manager, auditor):
        client.force_login(person)
        for address in (place, follow, f"{follow}?post=2"):
            with at_most_queries(12):
                page = client.get(address)
            assert page.status_code == 200
            assert html_faults(page.content.decode()) == []
    assert "U-2" in client.get(f"{follow}?post=2").content.decode()
    for name in ("puljer", "bidragydere", "bydele", "temaer"):
        assert client.get(f"{place}?fil={name}")["Content-Type"].startswith("text/csv")
    content = b"".join(client.get(f"{follow}?format=csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert {row[1] for row in rows[1:]} == {"Socialforvaltningen", "Kulturforvaltningen"}
    for faulty in (f"{place}?fil=andet", f"{follow}?post=x", f"{follow}?post=999999", f"{place}findes-ikke/"):
        assert client.get(faulty).status_code == 404
    client.force_login(moved.owner)
    assert client.get(place).status_code == client.get(follow).status_code == 403


def test_pages_of_a_pool_without_money(client: Client, kolding: Any) -> None:
    manager: Any = make_employee(kolding, "fund_manager")
    client.force_login(manager)
    assert html_faults(client.get("/kolding/bevillinger/penge/").content.decode()) == []
