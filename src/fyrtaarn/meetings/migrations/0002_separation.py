"""A dialogue is its two parties' alone: see rules.sides_of, which says the same in Python."""

from django.db import migrations

from fyrtaarn.foundation.separation import function, only_for, separate

SPOKEN_DEPARTMENTS = function(
    "reader.spoken_departments()",
    "bigint[]",
    "SELECT reader.departments('{department_editor,contact_person,community_manager}')",
)

SPOKEN_LISTINGS = function(
    "reader.spoken_listings()",
    "SETOF bigint",
    "SELECT id FROM listings_listing WHERE organisation_id IS NULL AND departments && reader.spoken_departments()",
)

PARTIES = """
    department_id = ANY ((SELECT reader.spoken_departments())::bigint[])
    OR organisation_id = ANY ((SELECT reader.organisations())::bigint[])
    OR sought_id IN (SELECT reader.spoken_listings())
    OR offered_id IN (SELECT reader.spoken_listings())
    OR (
        opener_id = (SELECT reader.id())
        AND municipality_id = ANY ((SELECT reader.municipalities('{municipality_administrator}'))::bigint[])
        AND EXISTS (
            SELECT FROM listings_listing own
            WHERE own.id = CASE opened_by WHEN 'sought' THEN sought_id ELSE offered_id END
            AND own.organisation_id IS NULL
        )
    )
"""

# what somebody has answered cannot be taken back, also by one who is no party to the dialogue
IS_ANSWERED = function(
    "errand.is_answered(wanted_kind text, subject bigint)",
    "boolean",
    """
    SELECT EXISTS (
        SELECT FROM meetings_meeting meeting JOIN listings_listing listing ON listing.id = meeting.sought_id
        WHERE listing.kind = wanted_kind AND listing.subject_id = subject
    )
    """,
)

# those in dialogue are told what becomes of its subject, whoever decides on it
IN_DIALOGUE = function(
    "errand.in_dialogue(wanted_kind text, subject bigint)",
    "SETOF bigint",
    """
    SELECT DISTINCT meeting.organisation_id
    FROM meetings_meeting meeting JOIN listings_listing listing ON listing.id = meeting.sought_id
    WHERE listing.kind = wanted_kind AND listing.subject_id = subject
    AND meeting.state IN ('proposed', 'open', 'agreed')
    """,
)

class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_initial"),
        ("listings", "0007_separation"),
        ("organisations", "0003_separation"),
    ]
    operations = [
        SPOKEN_DEPARTMENTS,
        SPOKEN_LISTINGS,
        IS_ANSWERED,
        IN_DIALOGUE,
        separate("meetings_meeting", PARTIES),
        separate("meetings_message", "EXISTS (SELECT FROM meetings_meeting meeting WHERE meeting.id = meeting_id)"),
        separate(
            "meetings_reading",
            """
            user_id = (SELECT reader.id())
            AND EXISTS (SELECT FROM meetings_meeting meeting WHERE meeting.id = meeting_id)
            """,
        ),
        only_for(
            "of_meeting",
            "foundation_step",
            "meetings.meeting",
            "EXISTS (SELECT FROM meetings_meeting meeting WHERE meeting.id = subject_id)",
        ),
        only_for(
            "of_message",
            "foundation_storedfile",
            "meetings.message",
            "EXISTS (SELECT FROM meetings_message message WHERE message.id = subject_id)",
        ),
    ]
