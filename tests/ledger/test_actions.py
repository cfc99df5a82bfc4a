"""Posting, reversing and closing."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from fyrtaarn.engine.money import Line
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.ledger import actions, movements, queries
from fyrtaarn.ledger.models import AccountKind, Book, Entry, Reason
from fyrtaarn.ledger.movements import FREE, Place
from fyrtaarn.ledger.rules import NotEnough
from tests.harness.people import make_employee

pytestmark = pytest.mark.django_db


def post(book: Book, lines: Any, reason: Reason = Reason.GRANTED, **more: Any) -> Entry:
    return actions.post(book, lines, reason=reason, text="Efter aftale", **{"by": None, **more})


def fund(book: Book, amount: int = 100_00, **more: Any) -> None:
    """Money that the social department has decided and paid."""
    post(book, movements.contribution_decided("social", amount), Reason.CONTRIBUTION_DECIDED, **more)
    post(book, movements.contribution_paid("social", amount), Reason.CONTRIBUTION_PAID, **more)


def test_money_is_free_when_it_is_paid_and_not_before(book: Book, manager: Any) -> None:
    entry = post(book, movements.contribution_decided("social", 500), by=manager, document="Bilag 7")
    assert (entry.number, entry.day, entry.by, entry.document) == (1, clock.today(), manager, "Bilag 7")
    assert queries.balance_of(book, FREE) == 0
    with pytest.raises(NotEnough) as refusal:
        post(book, movements.granted("workshop", 500))
    assert (refusal.value.account.kind, refusal.value.wanted) == (AccountKind.FREE, 500)
    post(book, movements.contribution_paid("social", 300))
    assert queries.totals(book) == {
        **dict.fromkeys(AccountKind.values, 0), "cash": 300, "receivable": 200, "pledged": 200, "free": 300,
    }  # fmt: skip
    assert [entry.number for entry in book.entries.all()] == [1, 2]


def test_the_way_of_a_grant_from_decision_to_leftover(book: Book) -> None:
    fund(book, 1000)
    for lines in (
        movements.set_aside("spring", 800),
        movements.granted("workshop", 700, round_key="spring"),
        movements.released("spring", 100),
        movements.approved("workshop", "recipient", 400),
        movements.approval_withdrawn("workshop", "recipient", 100),
        movements.paid_out("recipient", 300),
        movements.payment_failed("recipient", 300),
        movements.paid_out("recipient", 300),
        movements.claimed("recipient", 120),
        movements.claim_paid("recipient", 100),
        movements.claim_waived("recipient", 20),
        movements.grant_closed("workshop", 400),
        movements.leftover_owed({"social": 500, "culture": 0}),
        movements.leftover_kept("social", 50),
        movements.leftover_paid("social", 450),
    ):
        post(book, lines)
    left = {place: amount for place, amount in queries.balances(book).items() if amount}
    assert left == {movements.CASH: 350, FREE: 350}.copy()


def test_the_same_key_again_gives_the_same_entry(book: Book) -> None:
    fund(book)
    key = uuid4()
    first = post(book, movements.granted("workshop", 5), key=key)
    assert post(book, movements.granted("workshop", 5), key=key) == first
    with pytest.raises(actions.BadEntry):
        post(book, movements.granted("workshop", 6), key=key)
    assert queries.balance_of(book, movements.grant("workshop")) == 5


def test_what_is_no_entry_is_a_mistake_of_ours(book: Book) -> None:
    with pytest.raises(actions.BadEntry):
        post(book, [Line(FREE, credit=1), Line(movements.CASH, debit=2)])
    with pytest.raises(actions.BadEntry):
        post(book, movements.leftover_owed({"social": 0}))
    with pytest.raises(actions.NoSuchAccount):
        post(book, movements.contribution_decided("nobody", 1))
    assert not Entry.objects.exists()


def test_an_entry_is_reversed_once(book: Book, manager: Any) -> None:
    fund(book)
    entry = post(book, movements.granted("workshop", 10_00))
    back = actions.reverse(entry, why="Tastefejl", by=manager)
    assert (back.reason, back.reverses, back.text, back.amount) == (Reason.REVERSED, entry, "Tastefejl", 10_00)
    assert queries.balance_of(book, FREE) == 100_00
    for again in (entry, back):
        with pytest.raises(Refused):
            actions.reverse(again, why="Igen", by=manager)


def test_a_reversal_sent_again_is_the_same(book: Book) -> None:
    fund(book)
    entry, key = post(book, movements.granted("workshop", 1)), uuid4()
    assert actions.reverse(entry, why="Fejl", by=None, key=key) == actions.reverse(entry, why="Fejl", by=None, key=key)


def test_what_is_spent_cannot_be_reversed(book: Book, manager: Any) -> None:
    fund(book)
    paid = book.entries.get(number=2)
    post(book, movements.granted("workshop", 1))
    with pytest.raises(NotEnough):
        actions.reverse(paid, why="Fejl", by=manager)


def test_only_who_keeps_the_books_closes_them(book: Book, auditor: Any, koebenhavn: Any) -> None:
    fund(book)
    for other in (auditor, make_employee(koebenhavn, "fund_manager")):
        with pytest.raises(Refused):
            actions.close_through(book, clock.today() - timedelta(days=1), by=other)


def test_days_go_one_way(book: Book, manager: Any) -> None:
    today = clock.today()
    fund(book, day=today - timedelta(days=5))
    for day, reason in ((-6, "senere dag"), (1, "fremtiden")):
        with pytest.raises(Refused, match=reason):
            post(book, movements.granted("workshop", 1), day=today + timedelta(days=day))
    closed = actions.close_through(book, today - timedelta(days=3), by=manager)
    assert closed.closed_through == today - timedelta(days=3)
    with pytest.raises(Refused, match="lukket"):
        post(book, movements.granted("workshop", 1), day=today - timedelta(days=3))
    assert post(book, movements.granted("workshop", 1), day=today - timedelta(days=2)).number == 3
    for day in (0, -4):
        with pytest.raises(Refused):
            actions.close_through(book, today + timedelta(days=day), by=manager)


def test_history_keeps_the_closing_and_not_the_counting(book: Book, manager: Any) -> None:
    fund(book)
    assert book.events.count() == 1
    actions.close_through(book, clock.today() - timedelta(days=1), by=manager)
    assert book.events.count() == 2


def test_accounts_are_opened_once(book: Book) -> None:
    before = book.accounts.count()
    actions.open_contributor(book, "social", "Et andet navn")
    assert book.accounts.count() == before
    assert book.accounts.get(kind="owed", key="social").label == "Socialforvaltningen"


def test_any_balance_on_any_day(book: Book) -> None:
    days = [date(2024, 2, 29), date(2025, 1, 1), date(2026, 11, 1)]
    for place, day in enumerate(days):
        fund(book, 100 * (place + 1), day=day)
        post(book, movements.set_aside("spring", 10), day=day)
    on = [day + timedelta(days=gap) for day in days for gap in (-1, 0, 1)]
    assert [queries.balances(book, day)[FREE] for day in on] == [0, 90, 90, 90, 280, 280, 280, 570, 570]
    assert [queries.balance_of(book, FREE, day) for day in on] == [0, 90, 90, 90, 280, 280, 280, 570, 570]
    assert queries.totals(book, days[1])["free"] == 280
    line = next(one for one in queries.trial_balance(book, days[1], days[1]) if one.account.kind == "free")
    assert (line.opening, line.debit, line.credit, line.closing) == (90, 10, 200, 280)
    free = book.accounts.get(kind="free")
    statement = queries.statement(free, days[1], days[2])
    assert (statement.opening, [line.balance for line in statement.lines()]) == (90, [290, 280, 580, 570])
    assert queries.statement(free, days[0] - timedelta(days=9), days[0] - timedelta(days=1)).closing == 0


def test_the_way_of_a_krone(book: Book) -> None:
    fund(book)
    grant = post(book, movements.granted("workshop", 30))
    approved = post(book, movements.approved("workshop", "recipient", 30))
    paid = post(book, movements.paid_out("recipient", 30))
    assert list(queries.trace(book, "workshop")) == [grant, approved]
    assert list(queries.trace(book, "recipient")) == [approved, paid]
    assert queries.balance_of(book, Place(AccountKind.GRANT, "workshop")) == 0
    assert queries.balance_of(book, Place(AccountKind.GRANT, "nothing")) == 0
