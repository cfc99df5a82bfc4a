"""A pitch is its team's; who is asked sees the version that she is asked about. See pitches/rules.py."""

from django.db import migrations

from fyrtaarn.foundation.separation import also_seen_by, function, only_for, separate

# as which ambassador the reader can be asked today
AMBASSADORSHIPS = function(
    "reader.ambassadorships()",
    "bigint[]",
    """
    SELECT coalesce(array_agg(one.id), '{}')
    FROM organisations_ambassador one JOIN areas_department department ON department.id = one.department_id
    WHERE one.user_id = reader.id() AND one.state <> 'ended'
    AND department.municipality_id = ANY (reader.employed_in())
    """,
)
ASKED_VERSIONS = function(
    "reader.asked_versions()",
    "bigint[]",
    """
    SELECT coalesce(array_agg(version_id), '{}') FROM pitches_pitchreview
    WHERE ambassador_id = ANY (reader.ambassadorships()) AND state <> 'withdrawn'
    """,
)

# whom the reader's teams have asked, also when they are shown to nobody else any more
ASKED_AMBASSADORS = function(
    "reader.asked_ambassadors()",
    "bigint[]",
    """
    SELECT coalesce(array_agg(DISTINCT review.ambassador_id), '{}')
    FROM pitches_pitchreview review JOIN pitches_pitchversion version ON version.id = review.version_id
    WHERE version.organisation_id = ANY (reader.organisations())
    """,
)

TEAM = "organisation_id = ANY ((SELECT reader.organisations())::bigint[])"
ASKED = "ambassador_id = ANY ((SELECT reader.ambassadorships())::bigint[])"
OF_ITS_TEAM = f"EXISTS (SELECT FROM pitches_pitchversion WHERE pitches_pitchversion.id = version_id AND {TEAM})"


def of_review(condition: str) -> str:
    return f"EXISTS (SELECT FROM pitches_pitchreview WHERE pitches_pitchreview.id = review_id AND {condition})"


class Migration(migrations.Migration):
    beside_previous = "The tables are new, so no earlier version reads them."
    dependencies = [
        ("pitches", "0001_pitches"),
        ("foundation", "0004_separation"),
        ("organisations", "0005_ambassador_separation"),
    ]
    operations = [
        AMBASSADORSHIPS,
        ASKED_VERSIONS,
        ASKED_AMBASSADORS,
        also_seen_by(
            "asked_for_comments",
            "organisations_ambassador",
            "id = ANY ((SELECT reader.asked_ambassadors())::bigint[])",
        ),
        separate("pitches_pitch", TEAM),
        separate("pitches_pitchversion", TEAM),
        also_seen_by("asked", "pitches_pitchversion", "id = ANY ((SELECT reader.asked_versions())::bigint[])"),
        also_seen_by("public", "pitches_pitchversion", "shown"),
        separate("pitches_pitchreview", f"{ASKED} OR {OF_ITS_TEAM}"),
        separate("pitches_pitchcomment", of_review(ASKED)),
        also_seen_by("ready", "pitches_pitchcomment", of_review(f"state = 'done' AND {OF_ITS_TEAM}")),
        only_for(
            "of_pitch", "foundation_step", "pitches.pitch",
            "EXISTS (SELECT FROM pitches_pitch WHERE pitches_pitch.id = subject_id)",
        ),
        only_for(
            "of_pitch_review", "foundation_step", "pitches.pitchreview",
            "EXISTS (SELECT FROM pitches_pitchreview WHERE pitches_pitchreview.id = subject_id)",
        ),
    ]
