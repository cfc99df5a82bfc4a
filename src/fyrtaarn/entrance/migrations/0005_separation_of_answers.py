"""What is not published yet is its department's alone."""

from django.db import migrations

from fyrtaarn.foundation.separation import separate


class Migration(migrations.Migration):
    beside_previous = "The table is new, so no earlier version reads it."
    dependencies = [("entrance", "0004_public_answers")]
    operations = [
        separate(
            "entrance_publicanswer",
            "published IS NOT NULL OR department_id = ANY ((SELECT reader.handled_departments())::bigint[])",
        ),
    ]
