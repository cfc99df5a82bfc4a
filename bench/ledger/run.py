"""Posting throughput, and the balance of a book with 1,000,000 postings (or as many as the first argument says).

Entries are posted through the product's own action, by one and by eight at once, in one book and in eight. Then one
book is filled over three years by the database's own triggers, a thousandth of it first, and the balance of an account
on a day of the past is read from the totals of days and added up from all its lines: the same answer, in one run, side
by side, so that what counts is how many times the sum takes longer. The balance may not take longer in the large book
than in the small one.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bench.listings.run import goal  # noqa: E402

POSTINGS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
SMALL = max(POSTINGS // 1000, 100)
POSTED = 400
"""Entries of each trial of posting."""
ROUNDS = 15
MOST_GROWN = 2.0
"""So many times as long may the balance take in the large book as in the small one."""
MOST_OF_THE_SUM = 10.0
"""Per cent of the time to add up that reading may take."""
START = date(2023, 1, 2)
DAYS = 3 * 365
SUM = """
    SELECT coalesce(sum(p.credit - p.debit), 0) FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id
    WHERE p.account_id = %s AND e.day <= %s
"""
FILL = """
DO $$
DECLARE
    number bigint; entry bigint; on_day date;
BEGIN
    FOR number IN 0 .. {entries} - 1 LOOP
        on_day := date '{start}' + (number * {days} / {entries})::int;
        INSERT INTO ledger_entry (book_id, day, at, reason, text, document, key, amount, lines)
        VALUES ({book}, on_day, now(), 'contribution_decided', 'Bidrag', '', gen_random_uuid(), 100, 2) RETURNING id INTO entry;
        INSERT INTO ledger_posting (entry_id, account_id, debit, credit)
        VALUES (entry, {debited}, 100, 0), (entry, {credited}, 0, 100);
        IF number % 500 = 499 THEN
            COMMIT;
        END IF;
    END LOOP;
END $$
"""


def main() -> None:
    open_store()
    from fyrtaarn.areas.models import Municipality

    home = Municipality.objects.order_by("pk").first()
    for threads, books in ((1, 1), (8, 1), (8, 8)):
        print(f"{threads} at once, {books} books: {posting_speed(home, threads, books):.0f} entries a second")
    small, large = filled(home, SMALL), filled(home, POSTINGS)
    met = compare(small, large)
    sys.exit(not met)


def open_store() -> None:
    """Set Django up on a database of its own."""
    os.environ["FYRTAARN_DATA_DIR"] = str(ROOT / "var" / "bench-ledger")
    os.environ["FYRTAARN_LOG_LEVEL"] = "ERROR"
    os.environ.pop("FYRTAARN_DATABASE_URL", None)
    from fyrtaarn.config.commands import setup_django

    setup_django()
    from fyrtaarn.config.commands.migrate import prepare_database

    prepare_database(verbosity=0)


def posting_speed(home: Any, threads: int, books: int) -> float:
    """Entries a second, through the action, each in a transaction of its own that is synced to disk."""
    from django.db import connection

    from fyrtaarn.ledger import actions, movements
    from fyrtaarn.ledger.models import Reason

    opened = [actions.open_book(home, "Prøve") for _number in range(books)]
    for book in opened:
        actions.open_contributor(book, "giver", "Giver")

    def work(number: int) -> None:
        lines = movements.contribution_decided("giver", 100)
        for _turn in range(POSTED // threads):
            actions.post(
                opened[number % books], lines, reason=Reason.CONTRIBUTION_DECIDED, text="Bidrag", by=None, key=uuid4()
            )
        connection.close()

    workers = [Thread(target=work, args=(number,)) for number in range(threads)]
    began = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return POSTED / (time.perf_counter() - began)


def filled(home: Any, postings: int) -> Any:
    """A book with so many lines, made first if it is not there; gives the account that has half of them."""
    from django.db import connection

    from fyrtaarn.ledger import actions
    from fyrtaarn.ledger.models import Account, Book

    name = f"{postings} linjer"
    book = Book.objects.filter(name=name, next_number=postings // 2 + 1).first()
    if book is None:
        book = actions.open_book(home, name)
        actions.open_contributor(book, "giver", "Giver")
        debited, credited = (book.accounts.get(kind=kind).pk for kind in ("receivable", "pledged"))
        words = {"book": book.pk, "debited": debited, "credited": credited, "start": START, "days": DAYS}
        with connection.cursor() as cursor:
            cursor.execute(FILL.format(entries=postings // 2, **words))
            cursor.execute("ANALYZE ledger_entry, ledger_posting, ledger_daytotal")
    return Account.objects.get(book=book, kind="pledged")


def compare(small: Any, large: Any) -> bool:
    """Read and add up in turn; says whether the goals are met."""
    from django.db import connection

    from fyrtaarn.ledger.queries import balance

    days = [START + timedelta(days=DAYS * part // ROUNDS) for part in range(1, ROUNDS + 1)]

    def added_up(account: Any, day: date) -> int:
        with connection.cursor() as cursor:
            cursor.execute(SUM, [account.pk, day])
            return int(cursor.fetchone()[0])

    took: dict[str, list[float]] = {"read small": [], "read large": [], "add up": []}
    for day in days:
        for name, read, account in (
            ("read small", balance, small), ("read large", balance, large), ("add up", added_up, large),
        ):  # fmt: skip
            took[name].append(timed(read, account, day))
        assert balance(large, day) == added_up(large, day)
    read, other, whole = (median(took[name]) * 1000 for name in ("read large", "read small", "add up"))
    print(
        f"balance on a past day of {POSTINGS:,} lines: {read:.2f} ms read, {whole:.1f} ms added up: {whole / read:.0f} times"
    )
    grown = goal("times as long as in a book of a thousandth", read / other, MOST_GROWN)
    return grown and goal("per cent of the time to add up", 100 * read / whole, MOST_OF_THE_SUM)


def timed(read: Callable[[Any, date], int], account: Any, day: date) -> float:
    """Seconds."""
    began = time.perf_counter()
    read(account, day)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
