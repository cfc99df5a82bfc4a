"""What operators are told of mail that was not delivered: which and when, not to whom nor what stands in it."""

from django.db import migrations

from fyrtaarn.foundation.separation import function

UNDELIVERED = function(
    "errand.undelivered_mail(handed_over_before timestamptz, most integer)",
    "TABLE (key text, created timestamptz, refused boolean)",
    """
    SELECT key, created, last_error <> '' FROM foundation_outgoingmail
    WHERE sent IS NULL AND claimed < handed_over_before AND EXISTS (
        SELECT FROM people_nationalrole
        WHERE user_id = reader.id() AND kind = 'operator'
        AND starts <= reader.today() AND (ends IS NULL OR ends > reader.today())
    )
    ORDER BY created DESC, id DESC LIMIT most
    """,
)


class Migration(migrations.Migration):
    beside_previous = "It only adds a function, which the last release does not call."
    dependencies = [("people", "0006_operators"), ("foundation", "0004_separation")]
    operations = [UNDELIVERED]
