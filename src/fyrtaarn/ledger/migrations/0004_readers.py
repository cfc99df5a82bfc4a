"""A municipality's administrators read its books as its fund managers do; everybody knows that there is a book."""

from importlib import import_module

from django.db import migrations

from fyrtaarn.foundation.separation import also_seen_by, function

earlier = import_module("fyrtaarn.ledger.migrations.0003_separation").AUDITED_BOOKS
later = function(
    "reader.audited_books()",
    "SETOF bigint",
    """
    SELECT id FROM ledger_book WHERE municipality_id = ANY (
        (SELECT reader.municipalities('{fund_manager,municipality_administrator,auditor}'))::bigint[]
    )
    """,
)
CREATE, IN_ITS_PLACE = "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"  # policies stand on it, so it cannot go first


class Migration(migrations.Migration):
    beside_previous = "The tables are new to the last release."

    dependencies = [("ledger", "0003_separation")]
    operations = [
        migrations.RunSQL(later.sql.replace(CREATE, IN_ITS_PLACE), earlier.sql.replace(CREATE, IN_ITS_PLACE)),
        # its name, how many entries it has and how far it is closed: what stands on a pool's public page
        also_seen_by("everybody", "ledger_book", "true"),
    ]
