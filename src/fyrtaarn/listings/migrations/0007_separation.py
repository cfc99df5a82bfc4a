"""Saved searches are their person's alone."""

import django.contrib.postgres.indexes
from django.db import migrations, models

from fyrtaarn.foundation.separation import separate


class Migration(migrations.Migration):
    dependencies = [("listings", "0006_weighed_searches"), ("foundation", "0004_separation")]
    operations = [
        migrations.AddIndex(
            model_name="listing",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("organisation", None)), fields=["departments"], name="listing_departments"
            ),
        ),
        separate("listings_savedsearch", "user_id = (SELECT reader.id())"),
        separate(
            "listings_savedsearchhit", "EXISTS (SELECT FROM listings_savedsearch kept WHERE kept.id = search_id)"
        ),
    ]
