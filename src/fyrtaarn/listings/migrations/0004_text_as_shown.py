"""The text of a solution no longer ends with its organisation's name, which it is still found by."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("listings", "0003_freshness")]

    operations = [
        # A listing of version 0 is to be read anew: `fyrtaarn check` says so.
        migrations.RunSQL(
            "UPDATE listings_listing SET analysis_version = 0 WHERE kind = 'solution'", migrations.RunSQL.noop
        ),
    ]
