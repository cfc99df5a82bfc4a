"""What has grown of a case is seen by those who see the case."""

from django.db import migrations

from fyrtaarn.foundation.separation import separate


class Migration(migrations.Migration):
    beside_previous = "The table is new, so no earlier version reads it."
    dependencies = [("entrance", "0006_growth")]
    operations = [
        separate("entrance_casegrowth", "EXISTS (SELECT FROM entrance_case WHERE entrance_case.id = case_id)"),
    ]
