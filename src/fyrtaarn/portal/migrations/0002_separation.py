"""The contact of a challenge is a party to the dialogues about it as long as she works for the municipality."""

from django.db import migrations

from fyrtaarn.foundation.separation import also_for, function

CHALLENGES_AS_CONTACT = function(
    "reader.challenges_as_contact()",
    "SETOF bigint",
    """
    SELECT listing.id
    FROM portal_challenge challenge
    JOIN listings_listing listing ON listing.kind = 'challenge' AND listing.subject_id = challenge.id
    WHERE challenge.contact_id = reader.id() AND listing.municipality_id = ANY (reader.employed_in())
    """,
)


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial"), ("meetings", "0002_separation")]
    operations = [
        CHALLENGES_AS_CONTACT,
        also_for("contact", "meetings_meeting", "sought_id IN (SELECT reader.challenges_as_contact())"),
    ]
