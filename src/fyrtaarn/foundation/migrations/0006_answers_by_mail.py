"""A mail knows the thread that its answer belongs to, and whether it came back."""

from importlib import import_module

from django.db import migrations, models

from fyrtaarn.foundation.separation import function, replaced

earlier = import_module("fyrtaarn.foundation.migrations.0004_separation")

# the two shorter ones stay for as long as processes of the release before may run beside this one
MAIL_NOTICES = function(
    "errand.mail_notices(notices bigint[], addresses text[], titles text[], texts text[], moment timestamptz,"
    " threads text[])",
    "void",
    """
    WITH one AS (
        SELECT * FROM unnest(notices, addresses, titles, texts, threads) AS one (notice, address, title, text, thread)
    ), written AS (
        INSERT INTO foundation_outgoingmail (key, recipient, subject, text, thread, created, due, attempts, last_error)
        SELECT 'notice-' || notice, address, title, text, thread, moment, moment, 0, '' FROM one
        RETURNING id, key
    )
    UPDATE foundation_notice SET mail_id = written.id
    FROM one JOIN written ON written.key = 'notice-' || one.notice
    WHERE foundation_notice.id = one.notice
    """,
    volatile=True,
)

WRITE_MAIL = function(
    "errand.write_mail(mail_key text, address text, title text, body text, moment timestamptz, answers_to text)",
    "bigint",
    """
    INSERT INTO foundation_outgoingmail (key, recipient, subject, text, thread, created, due, attempts, last_error)
    VALUES (mail_key, address, title, body, answers_to, moment, moment, 0, '')
    ON CONFLICT (key) DO NOTHING
    RETURNING id
    """,
    volatile=True,
)

COUNT_MAIL = replaced(
    earlier.COUNT_MAIL,
    function(
        "errand.count_mail(handed_over_before timestamptz)",
        "TABLE (waiting bigint, undelivered bigint)",
        """
        SELECT count(*) FILTER (WHERE sent IS NULL AND claimed IS NULL),
            count(*) FILTER (WHERE sent IS NULL AND claimed < handed_over_before OR bounced IS NOT NULL)
        FROM foundation_outgoingmail WHERE sent IS NULL OR bounced IS NOT NULL
        """,
    ),
)


class Migration(migrations.Migration):
    beside_previous = "The functions that the last release calls stay, and the new columns have values without it."
    dependencies = [("foundation", "0005_clock_watch")]
    operations = [
        migrations.AddField("outgoingmail", "thread", models.CharField(blank=True, db_default="", max_length=60)),
        migrations.AddField("outgoingmail", "bounced", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "outgoingmail",
            models.Index(fields=("bounced",), condition=models.Q(bounced__isnull=False), name="mail_come_back"),
        ),
        MAIL_NOTICES,
        WRITE_MAIL,
        COUNT_MAIL,
    ]
