"""The books added up anew, from their lines: what the database should never let differ, for `fyrtaarn check`."""

from collections.abc import Iterator

from django.db import connection

BALANCES = """
    SELECT 'account ' || a.id || ' of book ' || a.book_id || ' says ' || a.balance || ' øre, its lines ' || l.balance
    FROM ledger_account a CROSS JOIN LATERAL (
        SELECT coalesce(sum(p.debit - p.credit), 0)
            * CASE WHEN a.kind IN ('cash', 'receivable', 'claim') THEN 1 ELSE -1 END AS balance
        FROM ledger_posting p WHERE p.account_id = a.id
    ) l
    WHERE a.balance <> l.balance
"""
DAYS = """
    WITH moved AS (
        SELECT p.account_id, e.day, sum(p.debit) AS debit, sum(p.credit) AS credit
        FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id GROUP BY 1, 2
    ), ended AS (
        SELECT m.*, sum(debit - credit) OVER (PARTITION BY account_id ORDER BY day)
            * CASE WHEN a.kind IN ('cash', 'receivable', 'claim') THEN 1 ELSE -1 END AS balance
        FROM moved m JOIN ledger_account a ON a.id = m.account_id
    )
    SELECT 'account ' || account_id || ' on ' || day || ' is not what its lines say'
    FROM ended FULL JOIN ledger_daytotal t USING (account_id, day)
    WHERE (t.debit, t.credit, t.balance) IS DISTINCT FROM (ended.debit, ended.credit, ended.balance)
"""
ENTRIES = """
    SELECT 'entry ' || e.number || ' of book ' || e.book_id || ' is not whole'
    FROM ledger_entry e LEFT JOIN ledger_posting p ON p.entry_id = e.id
    GROUP BY e.id
    HAVING count(p.id) <> e.lines OR coalesce(sum(p.debit), 0) <> e.amount OR coalesce(sum(p.credit), 0) <> e.amount
"""
STRAYING = """
    SELECT 'entry ' || e.number || ' of book ' || e.book_id || ' has lines in book ' || a.book_id
    FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id JOIN ledger_account a ON a.id = p.account_id
    WHERE a.book_id <> e.book_id
"""
NUMBERS = """
    SELECT 'book ' || b.id || ' has ' || count(e.id) || ' entries, the latest numbered ' || coalesce(max(e.number), 0)
        || ' on ' || coalesce(max(e.day)::text, 'no day')
    FROM ledger_book b LEFT JOIN ledger_entry e ON e.book_id = b.id
    GROUP BY b.id
    HAVING (count(e.id), max(e.day)) IS DISTINCT FROM (b.next_number - 1, b.latest_day)
    OR coalesce(min(e.number), 1) <> 1 OR coalesce(max(e.number), 0) <> count(e.id)
"""
BACK_DATED = """
    SELECT 'entry ' || number || ' of book ' || book_id || ' is of an earlier day than the one before it'
    FROM (SELECT *, lag(day) OVER (PARTITION BY book_id ORDER BY number) AS before FROM ledger_entry) e
    WHERE day < before
"""
SEARCHES = (BALANCES, DAYS, ENTRIES, STRAYING, NUMBERS, BACK_DATED)


def faults_in_books() -> Iterator[str]:
    """What does not add up in any book, in words; nothing, as long as nobody has gone round the database's triggers."""
    with connection.cursor() as cursor:
        for search in SEARCHES:
            cursor.execute(search)
            yield from (fault for (fault,) in cursor.fetchall())
