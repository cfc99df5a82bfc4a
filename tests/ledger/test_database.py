"""The database keeps the books, whoever asks: direct SQL as the web, the worker and the owner."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from fyrtaarn.foundation import clock
from fyrtaarn.ledger import actions, movements
from fyrtaarn.ledger.models import DEBIT_KINDS, AccountKind, Book, DayTotal, Entry, Reason
from tests.separation.conftest import Connect

pytestmark = pytest.mark.django_db(transaction=True)
LESSER = pytest.mark.parametrize("part", ["web", "worker"])
EVERYBODY = pytest.mark.parametrize("part", ["web", "worker", "owner"])
CHANGES = (
    "UPDATE ledger_entry SET text = 'Noget andet'",
    "UPDATE ledger_entry SET amount = 1",
    "UPDATE ledger_posting SET debit = 1",
    "UPDATE ledger_account SET balance = 1000000",
    "UPDATE ledger_account SET label = 'Et andet navn'",
    "UPDATE ledger_daytotal SET balance = 1000000",
    "UPDATE ledger_book SET next_number = 1",
    "UPDATE ledger_book SET latest_day = '2020-01-01'",
    "UPDATE ledger_book SET closed_through = CURRENT_DATE + 1",
    "DELETE FROM ledger_entry",
    "DELETE FROM ledger_posting",
    "DELETE FROM ledger_account",
    "DELETE FROM ledger_daytotal",
    "DELETE FROM ledger_book",
    "TRUNCATE ledger_posting",
    "TRUNCATE ledger_daytotal",
    "TRUNCATE ledger_entry CASCADE",
    "TRUNCATE ledger_account CASCADE",
    "TRUNCATE ledger_book CASCADE",
    "INSERT INTO ledger_daytotal (account_id, day, debit, credit, balance) VALUES (1, CURRENT_DATE, 0, 0, 5)",
)
REFUSALS = (psycopg.errors.IntegrityError, psycopg.errors.InsufficientPrivilege)


@pytest.fixture
def login(connect: Connect, manager: Any, part: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection as the login; the web reads as the fund manager."""
    if part == "owner":
        given = connection.get_connection_params()
        address = {name: given[name] for name in ("host", "port", "user", "password", "dbname") if given.get(name)}
        with psycopg.connect(**address, autocommit=True) as made:
            yield made
        return
    made = connect(part)
    made.execute("SELECT set_config('fyrtaarn.reader', %s, false)", [str(manager.pk)])
    yield made


@pytest.fixture
def funded(book: Book) -> Book:
    """A book with 100 øre that are free."""
    for lines in (movements.contribution_decided("social", 100), movements.contribution_paid("social", 100)):
        actions.post(book, lines, reason=Reason.CONTRIBUTION_PAID, text="Bidrag", by=None)
    return book


@contextmanager
def entry(
    login: psycopg.Connection[Any], book: Book, manager: Any, *, amount: int = 10, lines: int = 2, days: int = 0
) -> Iterator[int]:
    """An entry of so many days from today, in one transaction with the lines that are posted in the block."""
    with login.transaction():
        row = login.execute(
            "INSERT INTO ledger_entry (book_id, day, at, reason, text, document, by_id, key, amount, lines)"
            " VALUES (%s, %s, now(), 'granted', 'Prøve', '', %s, %s, %s, %s) RETURNING id",
            [book.pk, clock.today() + timedelta(days=days), manager.pk, uuid4(), amount, lines],
        ).fetchone()
        assert row is not None
        yield row[0]


def lines(login: psycopg.Connection[Any], number: int, *posted: tuple[int, int, int]) -> None:
    if posted:
        values = ", ".join(f"({number}, {account}, {debit}, {credit})" for account, debit, credit in posted)
        login.execute(f"INSERT INTO ledger_posting (entry_id, account_id, debit, credit) VALUES {values}")


def account(book: Book, kind: str, key: str = "") -> int:
    return int(book.accounts.values_list("pk", flat=True).get(kind=kind, key=key))


def everything() -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT array_agg(b.*::text) FROM ledger_book b), (SELECT array_agg(a.*::text) FROM ledger_account a),"
            " (SELECT array_agg(e.*::text) FROM ledger_entry e), (SELECT array_agg(p.*::text) FROM ledger_posting p),"
            " (SELECT array_agg(d.*::text) FROM ledger_daytotal d)"
        )
        return tuple(cursor.fetchone())


@EVERYBODY
def test_what_is_in_the_books_stays(login: Any, funded: Book) -> None:
    before = everything()
    for change in CHANGES:
        with pytest.raises(REFUSALS):
            login.execute(change)
    assert everything() == before


@EVERYBODY
def test_an_entry_that_balances_is_posted(login: Any, funded: Book, manager: Any) -> None:
    free, grant = account(funded, "free"), account(funded, "grant", "workshop")
    with entry(login, funded, manager) as number:
        lines(login, number, (free, 10, 0), (grant, 0, 10))
    posted = Entry.objects.get(pk=number)
    assert (posted.number, funded.accounts.get(kind="free").balance) == (3, 90)
    assert DayTotal.objects.get(account=grant).balance == 10


@EVERYBODY
def test_what_does_not_balance_is_refused(login: Any, funded: Book, manager: Any) -> None:
    free, grant, round_ = (account(funded, *one) for one in (("free",), ("grant", "workshop"), ("round", "spring")))
    before = everything()
    for wrong in (
        [],
        [(free, 10, 0)],
        [(free, 10, 0), (grant, 0, 9)],
        [(free, 9, 0), (grant, 0, 9)],
        [(free, 10, 0), (grant, 0, 9), (round_, 0, 1)],
        [(free, 10, 0), (grant, 0, 10), (round_, 0, 1)],
        [(free, 10, 0), (grant, -10, 0)],
        [(free, 10, 10), (grant, 10, 10)],
        [(free, 10, 0), (free, 0, 10)],
        [(free, 0, 0), (grant, 0, 0)],
    ):
        with pytest.raises(psycopg.errors.IntegrityError), entry(login, funded, manager) as number:
            lines(login, number, *wrong)
    assert everything() == before


@EVERYBODY
def test_nobody_spends_more_than_there_is(login: Any, funded: Book, manager: Any) -> None:
    free, grant, cash = account(funded, "free"), account(funded, "grant", "workshop"), account(funded, "cash")
    before = everything()
    for amount, wrong in (
        (101, [(free, 101, 0), (grant, 0, 101)]),
        (1, [(grant, 1, 0), (free, 0, 1)]),
        (101, [(free, 101, 0), (cash, 0, 101)]),
    ):
        with (
            pytest.raises(psycopg.errors.CheckViolation),
            entry(login, funded, manager, amount=amount) as number,
        ):
            lines(login, number, *wrong)
    assert everything() == before


@EVERYBODY
def test_a_line_is_not_added_later(login: Any, funded: Book, manager: Any) -> None:
    free, round_ = account(funded, "free"), account(funded, "round", "spring")
    earlier = funded.entries.get(number=1).pk
    before = everything()
    with pytest.raises(psycopg.errors.CheckViolation):
        lines(login, earlier, (free, 5, 0), (round_, 0, 5))
    assert everything() == before


@EVERYBODY
def test_an_entry_stays_in_its_book_and_a_statement_in_its_entry(
    login: Any, funded: Book, manager: Any, kolding: Any
) -> None:
    other = actions.open_book(kolding, "En anden pulje")
    before = everything()
    with pytest.raises(psycopg.errors.CheckViolation), entry(login, funded, manager) as number:
        lines(login, number, (account(funded, "free"), 10, 0), (account(other, "free"), 0, 10))
    both = (
        "INSERT INTO ledger_posting (entry_id, account_id, debit, credit) VALUES ({0}, {2}, 10, 0), ({1}, {2}, 0, 10)"
    )
    with (
        pytest.raises(psycopg.errors.CheckViolation),
        entry(login, funded, manager) as first,
        entry(login, funded, manager) as second,
    ):
        login.execute(both.format(first, second, account(funded, "free")))
    assert everything() == before


@EVERYBODY
def test_days_go_one_way(login: Any, funded: Book, manager: Any) -> None:
    free, grant = account(funded, "free"), account(funded, "grant", "workshop")
    for days in (-1, 1, 400):
        with pytest.raises(psycopg.errors.CheckViolation), entry(login, funded, manager, days=days) as number:
            lines(login, number, (free, 10, 0), (grant, 0, 10))


@EVERYBODY
def test_what_is_closed_is_closed(login: Any, book: Book, manager: Any) -> None:
    actions.close_through(book, clock.today() - timedelta(days=2), by=manager)
    receivable, pledged = account(book, "receivable", "social"), account(book, "pledged")
    with pytest.raises(psycopg.errors.CheckViolation), entry(login, book, manager, days=-2) as number:
        lines(login, number, (receivable, 10, 0), (pledged, 0, 10))
    for earlier in ("NULL", "CURRENT_DATE - 3", "CURRENT_DATE"):
        with pytest.raises(psycopg.errors.CheckViolation):
            login.execute(f"UPDATE ledger_book SET closed_through = {earlier}")
    with entry(login, book, manager, days=-1) as number:
        lines(login, number, (receivable, 10, 0), (pledged, 0, 10))


@EVERYBODY
def test_numbers_have_no_gaps_whatever_is_asked_for(login: Any, funded: Book, manager: Any) -> None:
    free, grant = account(funded, "free"), account(funded, "grant", "workshop")
    with pytest.raises(psycopg.errors.CheckViolation), entry(login, funded, manager, amount=9) as number:
        lines(login, number, (free, 10, 0), (grant, 0, 10))
    with login.transaction():
        row = login.execute(
            "INSERT INTO ledger_entry (book_id, number, day, at, reason, text, document, by_id, key, amount, lines)"
            " VALUES (%s, 99, %s, now(), 'granted', 'Prøve', '', %s, %s, 10, 2) RETURNING id, number",
            [funded.pk, clock.today(), manager.pk, uuid4()],
        ).fetchone()
        assert row is not None
        lines(login, row[0], (free, 10, 0), (grant, 0, 10))
    assert (row[1], list(funded.entries.values_list("number", flat=True))) == (3, [1, 2, 3])


@EVERYBODY
def test_a_reversal_is_what_it_reverses_turned_round(login: Any, funded: Book, manager: Any) -> None:
    lines_of = (account(funded, "free"), account(funded, "grant", "workshop"), account(funded, "round", "spring"))
    free, grant, round_ = lines_of
    granted = actions.post(funded, movements.granted("workshop", 10), reason=Reason.GRANTED, text="Ja", by=None)
    actions.post(funded, movements.set_aside("spring", 10), reason=Reason.SET_ASIDE, text="Ja", by=None)

    def reverse(*wanted: tuple[int, int, int]) -> None:
        with login.transaction():
            row = login.execute(
                "INSERT INTO ledger_entry (book_id, day, at, reason, text, document, by_id, key, amount, lines,"
                " reverses_id) VALUES (%s, %s, now(), 'reversed', 'Prøve', '', %s, %s, %s, 2, %s) RETURNING id",
                [funded.pk, clock.today(), manager.pk, uuid4(), wanted[0][1] + wanted[0][2], granted.pk],
            ).fetchone()
            assert row is not None
            lines(login, row[0], *wanted)

    for wrong in ([(free, 0, 9), (grant, 9, 0)], [(free, 0, 10), (round_, 10, 0)], [(free, 10, 0), (grant, 0, 10)]):
        with pytest.raises(psycopg.errors.CheckViolation):
            reverse(*wrong)
    reverse((free, 0, 10), (grant, 10, 0))
    with pytest.raises(psycopg.errors.IntegrityError):
        reverse((free, 0, 10), (grant, 10, 0))


@EVERYBODY
def test_books_and_accounts_begin_empty(login: Any, book: Book) -> None:
    for wrong in (
        f"INSERT INTO ledger_account (book_id, kind, key, label, balance) VALUES ({book.pk}, 'round', 'x', '', 5)",
        f"INSERT INTO ledger_account (book_id, kind, key, label) VALUES ({book.pk}, 'gold', 'x', '')",
        f"INSERT INTO ledger_book (municipality_id, name, next_number) VALUES ({book.municipality_id}, 'x', 9)",
        f"INSERT INTO ledger_book (municipality_id, name, latest_day) VALUES ({book.municipality_id}, 'x', '2020-01-01')",
    ):
        with pytest.raises(psycopg.errors.IntegrityError):
            login.execute(wrong)


@LESSER
def test_the_lesser_logins_have_no_right_to_it_either(login: Any, part: str) -> None:
    for table, rights in (
        ("entry", ("UPDATE", "DELETE", "TRUNCATE")), ("posting", ("UPDATE", "DELETE", "TRUNCATE")),
        ("account", ("UPDATE", "DELETE", "TRUNCATE")), ("daytotal", ("INSERT", "UPDATE", "DELETE", "TRUNCATE")),
        ("book", ("DELETE", "TRUNCATE")),
    ):  # fmt: skip
        for right in rights:
            row = login.execute("SELECT has_table_privilege(%s, %s)", [f"ledger_{table}", right]).fetchone()
            assert row == (False,), (table, right)


def test_the_database_knows_the_sides_of_the_accounts() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'ledger_add_up'")
        source = cursor.fetchone()[0]
    listed = source.split("a.kind IN (")[1].split(")")[0]
    assert {AccountKind(kind.strip(" '")) for kind in listed.split(",")} == DEBIT_KINDS
