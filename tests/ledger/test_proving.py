"""Adding the books up anew finds what somebody changed by going round the triggers."""

from typing import Any

import pytest
from django.db import connection

from fyrtaarn.ledger import actions, movements
from fyrtaarn.ledger.models import Book, Reason
from fyrtaarn.ledger.proving import faults_in_books


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE ledger_account SET balance = balance + 1 WHERE kind = 'free'", ["says 101 øre, its lines 100"]),
        ("UPDATE ledger_daytotal SET balance = balance + 1 WHERE balance > 0", ["is not what its lines say"]),
        ("UPDATE ledger_posting SET credit = credit - 1 WHERE credit > 0", ["says", "is not what", "is not whole"]),
        ("DELETE FROM ledger_daytotal", ["is not what its lines say"]),
        ("UPDATE ledger_entry SET amount = 7", ["is not whole"]),
        ("UPDATE ledger_entry SET number = number + 1 WHERE number = 2", ["the latest numbered 3"]),
        ("UPDATE ledger_book SET next_number = 9", ["has 2 entries"]),
        ("UPDATE ledger_book SET latest_day = '2020-01-01'", ["has 2 entries"]),
        ("UPDATE ledger_entry SET day = '2020-01-01' WHERE number = 2", ["is not what", "earlier day"]),
    ],
)
@pytest.mark.django_db
def test_what_was_changed_behind_the_triggers_is_found(book: Book, change: str, found: list[str]) -> None:
    for lines in (movements.contribution_decided("social", 100), movements.contribution_paid("social", 100)):
        actions.post(book, lines, reason=Reason.CONTRIBUTION_PAID, text="Bidrag", by=None)
    assert list(faults_in_books()) == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(change)
        cursor.execute("SET LOCAL session_replication_role = origin")
    faults = " ".join(faults_in_books())
    for words in found:
        assert words in faults


@pytest.mark.django_db
def test_lines_that_stray_into_another_book_are_found(book: Book, kolding: Any) -> None:
    actions.post(book, movements.contribution_decided("social", 1), reason=Reason.GRANTED, text="Bidrag", by=None)
    other = actions.open_book(kolding, "En anden pulje")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE ledger_account SET key = 'other', book_id = %s WHERE kind = 'pledged' AND book_id = %s",
            [other.pk, book.pk],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert f"has lines in book {other.pk}" in " ".join(faults_in_books())
