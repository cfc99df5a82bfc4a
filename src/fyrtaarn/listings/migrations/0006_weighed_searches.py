"""Saved searches are weighed beforehand. Those that are there already are weighed by the next job, or before the next
listing meets them; backwards, the rebuild of the index writes the numbers of their terms."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("listings", "0005_shelves")]

    operations = [
        migrations.RemoveIndex(model_name="savedsearch", name="saved_search_terms"),
        migrations.RemoveField(model_name="savedsearch", name="terms"),
        migrations.AddField(model_name="savedsearch", name="terms", field=models.BinaryField(null=True)),
        migrations.AddField(model_name="savedsearch", name="shares", field=models.BinaryField(null=True)),
        migrations.AddField(
            model_name="savedsearch", name="language", field=models.CharField(blank=True, default="", max_length=2),
            preserve_default=False,
        ),
        migrations.AddField(model_name="savedsearch", name="folded", field=models.BooleanField(default=False)),
        migrations.AddIndex(
            model_name="savedsearch",
            index=models.Index(fields=["id"], condition=Q(("folded", False)), name="searches_to_fold"),
        ),
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("searches", models.BinaryField()),
                ("shares", models.BinaryField()),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE listings_searchterm ALTER searches SET STORAGE EXTERNAL, ALTER shares SET STORAGE EXTERNAL",
            migrations.RunSQL.noop,
        ),
    ]
