"""A note is its author's alone; what is set aside belongs to the board of the district."""

from django.db import migrations

from fyrtaarn.foundation.separation import separate


class Migration(migrations.Migration):
    beside_previous = "The last release knows none of these tables."

    dependencies = [("community", "0005_notes")]
    operations = [
        separate("community_note", "author_id = (SELECT reader.id())"),
        separate("community_setaside", "district_id = ANY ((SELECT reader.districts())::bigint[])"),
    ]
