"""What is stale sinks in lists: whether a listing is fresh is kept, and is part of the order that indexes serve."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("listings", "0002_vectors")]

    operations = [
        migrations.AddField(model_name="listing", name="confirmed", field=models.DateField(null=True)),
        migrations.AddField(model_name="listing", name="fresh", field=models.BooleanField(default=True)),
        # A listing of version 0 is to be read anew: `fyrtaarn check` says so, and the rebuild finds when it was confirmed.
        migrations.RunSQL(
            "UPDATE listings_listing SET analysis_version = 0,"
            " fresh = fresh_until > (now() AT TIME ZONE 'Europe/Copenhagen')::date WHERE fresh_until IS NOT NULL",
            migrations.RunSQL.noop,
        ),
        migrations.AlterModelOptions(name="listing", options={"ordering": ("-fresh", "-published", "-pk")}),
        migrations.RemoveIndex(model_name="listing", name="listing_newest"),
        migrations.RemoveIndex(model_name="listing", name="listing_newest_of_kind"),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                fields=["-fresh", "-published", "-id"], condition=Q(("ended", None)), name="listing_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                fields=["kind", "-fresh", "-published", "-id"],
                condition=Q(("ended", None)),
                name="listing_newest_of_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                fields=["fresh_until"], condition=Q(("ended", None), ("fresh", True)), name="listing_to_sink"
            ),
        ),
    ]
