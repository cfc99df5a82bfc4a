"""Postings become arrays: one row a listing and one row a term, in place of one row for each pair."""

from hashlib import blake2b

import django.db.models.deletion
from django.db import migrations, models


def every_listing(apps):
    """The numbers of the terms that all listings of each kind hold, by kind."""
    kinds = apps.get_model("listings", "Listing").objects.order_by().values_list("kind", flat=True).distinct()
    return {
        kind: int.from_bytes(blake2b(f"{kind}/*".encode(), digest_size=8).digest(), "big", signed=True)
        for kind in kinds
    }


def pack(apps, schema_editor):
    every = every_listing(apps)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE TEMPORARY TABLE held ON COMMIT DROP AS
            SELECT listing_id, term, weight FROM listings_posting
            UNION ALL
            SELECT listing.id, every.number, 1::smallint FROM unnest(%s::text[], %s::bigint[]) AS every (kind, number)
            JOIN listings_listing listing USING (kind) WHERE listing.ended IS NULL AND listing.analysis_version > 0
            """,
            [list(every), list(every.values())],
        )
        cursor.execute(
            """
            INSERT INTO listings_termvector (listing_id, terms, weights)
            SELECT listing_id, string_agg(int8send(term), ''::bytea ORDER BY term),
                   string_agg(int2send(weight), ''::bytea ORDER BY term)
            FROM held GROUP BY listing_id
            """
        )
        cursor.execute("UPDATE listings_term SET frequency = 0")
        cursor.execute(
            """
            UPDATE listings_term SET frequency = packed.frequency, listings = packed.listings, weights = packed.weights
            FROM (
                SELECT term, count(*) AS frequency,
                       string_agg(int4send(listing_id::int), ''::bytea ORDER BY weight, listing_id) AS listings,
                       string_agg(int2send(weight), ''::bytea ORDER BY weight, listing_id) AS weights
                FROM held GROUP BY term
            ) AS packed WHERE packed.term = listings_term.id
            """
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def unpack(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO listings_posting (listing_id, term, weight)
            SELECT listing_id, number, weight FROM (
                SELECT listing_id,
                       ('x' || encode(substring(terms FROM 8 * place + 1 FOR 8), 'hex'))::bit(64)::bigint AS number,
                       ('x' || encode(substring(weights FROM 2 * place + 1 FOR 2), 'hex'))::bit(16)::int AS weight
                FROM listings_termvector, generate_series(0, octet_length(terms) / 8 - 1) AS place
            ) AS held WHERE NOT number = ANY(%s::bigint[])
            """,
            [list(every_listing(apps).values())],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("listings", "0001_listings")]

    operations = [
        migrations.CreateModel(
            name="TermVector",
            fields=[
                (
                    "listing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="vector",
                        serialize=False,
                        to="listings.listing",
                    ),
                ),
                ("terms", models.BinaryField()),
                ("weights", models.BinaryField()),
            ],
        ),
        migrations.AddField(model_name="term", name="listings", field=models.BinaryField(default=b"")),
        migrations.AddField(model_name="term", name="weights", field=models.BinaryField(default=b"")),
        # Kept as they are, not compressed: a search reads the end of them alone.
        migrations.RunSQL(
            "ALTER TABLE listings_term ALTER listings SET STORAGE EXTERNAL, ALTER weights SET STORAGE EXTERNAL;"
            "ALTER TABLE listings_termvector ALTER terms SET STORAGE EXTERNAL, ALTER weights SET STORAGE EXTERNAL",
            migrations.RunSQL.noop,
        ),
        migrations.RunPython(pack, unpack),
        migrations.RunSQL(
            migrations.RunSQL.noop,
            "ALTER TABLE listings_posting DROP CONSTRAINT listings_posting_pkey,"
            " ADD PRIMARY KEY (listing_id, term) INCLUDE (weight)",
        ),
        migrations.DeleteModel(name="Posting"),
    ]
