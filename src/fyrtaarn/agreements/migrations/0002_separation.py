"""Everybody sees a public agreement and its parties; all else is for the parties: see rules.may_see."""

from django.db import migrations

from fyrtaarn.foundation.separation import also_for, also_seen_by, function, only_for, separate

# those in which the reader speaks for a party: see rules.speaks_for
AGREEMENTS = function(
    "reader.agreements()",
    "SETOF bigint",
    """
    SELECT agreement_id FROM agreements_party WHERE department_id = ANY (reader.spoken_departments())
    UNION
    SELECT agreement_id FROM agreements_party WHERE organisation_id = ANY (reader.organisations())
    UNION
    SELECT party.agreement_id
    FROM agreements_party party JOIN areas_department department ON department.id = party.department_id
    WHERE party.contact_id = reader.id() AND department.municipality_id = ANY (reader.employed_in())
    """,
)

HAS_PARTIES = function(
    "errand.has_parties(agreement bigint)",
    "boolean",
    "SELECT EXISTS (SELECT FROM agreements_party WHERE agreement_id = agreement)",
)

MINE = "agreement_id IN (SELECT reader.agreements())"
BEGUN = "created_by_id = (SELECT reader.id()) AND NOT errand.has_parties({0})"


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial"), ("meetings", "0002_separation")]
    operations = [
        AGREEMENTS,
        HAS_PARTIES,
        separate("agreements_agreement", "id IN (SELECT reader.agreements())"),
        also_for("begun", "agreements_agreement", BEGUN.format("id")),
        also_seen_by("public", "agreements_agreement", "public AND state IN ('active', 'completed', 'ended')"),
        also_seen_by(
            "met",
            "agreements_agreement",
            "EXISTS (SELECT FROM meetings_meeting meeting WHERE meeting.id = meeting_id)",
        ),
        separate("agreements_party", MINE),
        also_for(
            "begun",
            "agreements_party",
            f"""
            EXISTS (
                SELECT FROM agreements_agreement agreement
                WHERE agreement.id = agreement_id AND {BEGUN.format("agreement.id")}
            )
            """,
        ),
        also_for(
            "met",
            "agreements_party",
            """
            EXISTS (
                SELECT FROM agreements_agreement agreement
                JOIN meetings_meeting meeting ON meeting.id = agreement.meeting_id
                WHERE agreement.id = agreement_id AND agreement.state = 'draft'
            )
            """,
        ),
        also_seen_by(
            "public",
            "agreements_party",
            """
            EXISTS (
                SELECT FROM agreements_agreement agreement
                WHERE agreement.id = agreement_id AND agreement.public
                AND agreement.state IN ('active', 'completed', 'ended')
            )
            """,
        ),
        separate("agreements_wording", MINE),
        separate(
            "agreements_acceptance", "EXISTS (SELECT FROM agreements_wording wording WHERE wording.id = wording_id)"
        ),
        separate("agreements_review", MINE),
        separate("agreements_statusupdate", MINE),
        only_for(
            "of_agreement", "foundation_step", "agreements.agreement", "subject_id IN (SELECT reader.agreements())"
        ),
        only_for(
            "of_wording",
            "foundation_step",
            "agreements.wording",
            "EXISTS (SELECT FROM agreements_wording wording WHERE wording.id = subject_id)",
        ),
    ]
