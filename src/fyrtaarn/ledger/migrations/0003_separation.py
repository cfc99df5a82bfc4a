"""Entries are seen by fund managers and auditors, and by the recipient whose money they move. See ledger/rules.py."""

from django.db import migrations

from fyrtaarn.foundation.separation import also_seen_by, function, separate, separate_growing

AUDITED_BOOKS = function(
    "reader.audited_books()",
    "SETOF bigint",
    """
    SELECT id FROM ledger_book
    WHERE municipality_id = ANY ((SELECT reader.municipalities('{fund_manager,auditor}'))::bigint[])
    """,
)
WORKING_BOOKS = function(
    "reader.working_books()",
    "SETOF bigint",
    "SELECT id FROM ledger_book WHERE municipality_id = ANY ((SELECT reader.employed_in())::bigint[])",
)
OWN_ACCOUNTS = function(
    "reader.own_accounts()",
    "SETOF bigint",
    "SELECT id FROM ledger_account WHERE organisation_id = ANY ((SELECT reader.organisations())::bigint[])",
)
OWN_ENTRIES = function(
    "reader.own_entries()",
    "SETOF bigint",
    "SELECT entry_id FROM ledger_posting WHERE account_id IN (SELECT reader.own_accounts())",
)

# what a pool has in all, on any day: public figures, which name no account
BOOK_TOTALS = function(
    "errand.book_totals(wanted bigint, at_end_of date)",
    "TABLE (kind text, balance numeric)",
    """
    SELECT account.kind, sum(latest.balance)
    FROM ledger_account account CROSS JOIN LATERAL (
        SELECT total.balance FROM ledger_daytotal total
        WHERE total.account_id = account.id AND total.day <= at_end_of ORDER BY total.day DESC LIMIT 1
    ) latest
    WHERE account.book_id = wanted
    GROUP BY account.kind
    """,
)

AUDITED, WORKED_IN = "book_id IN (SELECT reader.audited_books())", "book_id IN (SELECT reader.working_books())"
POSTED_BY_ME = f"by_id = (SELECT reader.id()) AND {WORKED_IN}"  # who posts sees what she has posted
OWN_LINE = "account_id IN (SELECT reader.own_accounts())"


class Migration(migrations.Migration):
    beside_previous = "The tables are new to the last release."

    dependencies = [
        ("ledger", "0002_kept_by_the_database"),
        ("organisations", "0003_separation"),
        ("people", "0009_auditor"),
    ]
    operations = [
        AUDITED_BOOKS,
        WORKING_BOOKS,
        OWN_ACCOUNTS,
        OWN_ENTRIES,
        BOOK_TOTALS,
        separate("ledger_book", "municipality_id = ANY ((SELECT reader.employed_in())::bigint[])"),
        also_seen_by("auditors", "ledger_book", "id IN (SELECT reader.audited_books())"),
        separate_growing(
            "ledger_account",
            f"{WORKED_IN} OR {AUDITED} OR organisation_id = ANY ((SELECT reader.organisations())::bigint[])",
            WORKED_IN,
        ),
        separate_growing(
            "ledger_entry", f"{AUDITED} OR ({POSTED_BY_ME}) OR id IN (SELECT reader.own_entries())", POSTED_BY_ME
        ),
        separate_growing(
            "ledger_posting",
            f"{OWN_LINE} OR EXISTS (SELECT FROM ledger_entry entry"
            f" WHERE entry.id = entry_id AND ({AUDITED} OR ({POSTED_BY_ME})))",
            f"EXISTS (SELECT FROM ledger_account account WHERE account.id = account_id AND {WORKED_IN})",
        ),
        separate_growing("ledger_daytotal", "EXISTS (SELECT FROM ledger_account account WHERE account.id = account_id)"),
        separate("ledger_financeaccount", WORKED_IN),
        also_seen_by("auditors", "ledger_financeaccount", AUDITED),
    ]
