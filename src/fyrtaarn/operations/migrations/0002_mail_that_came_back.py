"""Operators are also told of mail that came back."""

from importlib import import_module

from django.db import migrations

from fyrtaarn.foundation.separation import function, replaced

earlier = import_module("fyrtaarn.operations.migrations.0001_undelivered_mail")

UNDELIVERED = replaced(
    earlier.UNDELIVERED,
    function(
        "errand.undelivered_mail(handed_over_before timestamptz, most integer)",
        "TABLE (key text, created timestamptz, refused boolean, bounced boolean)",
        """
        SELECT key, created, last_error <> '', bounced IS NOT NULL FROM foundation_outgoingmail
        WHERE (sent IS NULL AND claimed < handed_over_before OR bounced IS NOT NULL) AND EXISTS (
            SELECT FROM people_nationalrole
            WHERE user_id = reader.id() AND kind = 'operator'
            AND starts <= reader.today() AND (ends IS NULL OR ends > reader.today())
        )
        ORDER BY created DESC, id DESC LIMIT most
        """,
    ),
)


class Migration(migrations.Migration):
    beside_previous = "It answers with one column more, which the last release does not read."
    dependencies = [("operations", "0001_undelivered_mail"), ("foundation", "0006_answers_by_mail")]
    operations = [UNDELIVERED]
