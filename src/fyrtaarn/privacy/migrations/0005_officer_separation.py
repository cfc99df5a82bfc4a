"""Registers are for a municipality's data officers, decisions for those who look after its data, viewings for the two."""

from django.db import migrations

from fyrtaarn.foundation.separation import function, only_for, separate_growing

OFFICERS = "municipality_id = ANY ((SELECT reader.municipalities('{data_officer}'))::bigint[])"
LOOKING_AFTER = (
    "municipality_id = ANY ((SELECT reader.municipalities('{municipality_administrator,data_officer}'))::bigint[])"
)
VIEWER = "viewer_id = (SELECT reader.id())"
MINE = "by_id = (SELECT reader.id())"

# who asks for access is found by a data officer of the municipality alone, in matters that she is no party to
ORGANISATIONS = function(
    "errand.organisations_of(wanted bigint)",
    "SETOF bigint",
    """
    WITH found AS (
        SELECT id FROM organisations_organisation WHERE home_id = wanted
        UNION
        SELECT organisation_id FROM meetings_meeting WHERE municipality_id = wanted
        UNION
        SELECT party.organisation_id FROM agreements_party party
        JOIN agreements_agreement agreement ON agreement.id = party.agreement_id
        WHERE agreement.municipality_id = wanted
        UNION
        SELECT organisation_id FROM organisations_verification WHERE municipality_id = wanted
    )
    SELECT id FROM found WHERE id IS NOT NULL AND wanted = ANY (reader.municipalities('{data_officer}'))
    """,
)
PEOPLE = function(
    "errand.people_of(wanted bigint)",
    "SETOF bigint",
    """
    WITH found AS (
        SELECT user_id AS id FROM people_role WHERE municipality_id = wanted
        UNION
        SELECT user_id FROM organisations_membership WHERE organisation_id IN (SELECT errand.organisations_of(wanted))
        UNION
        SELECT claim.user_id FROM organisations_claim claim
        JOIN organisations_organisation organisation ON organisation.id = claim.organisation_id
        WHERE organisation.home_id = wanted
        UNION
        SELECT opener_id FROM meetings_meeting WHERE municipality_id = wanted
        UNION
        SELECT message.author_id FROM meetings_message message
        JOIN meetings_meeting meeting ON meeting.id = message.meeting_id
        WHERE meeting.municipality_id = wanted
        UNION
        SELECT party.contact_id FROM agreements_party party
        JOIN agreements_agreement agreement ON agreement.id = party.agreement_id
        WHERE agreement.municipality_id = wanted
    )
    SELECT id FROM found WHERE id IS NOT NULL AND wanted = ANY (reader.municipalities('{data_officer}'))
    """,
)


class Migration(migrations.Migration):
    beside_previous = "It guards tables, and adds functions, that the last release does not use."
    dependencies = [
        ("privacy", "0004_officer"),
        ("people", "0008_data_officer"),
        ("agreements", "0002_separation"),
        ("organisations", "0003_separation"),
        ("meetings", "0002_separation"),
    ]
    operations = [
        ORGANISATIONS,
        PEOPLE,
        separate_growing("privacy_register", OFFICERS, f"{OFFICERS} AND {MINE}"),
        separate_growing("privacy_archivedecision", LOOKING_AFTER, f"{LOOKING_AFTER} AND {MINE}"),
        separate_growing("privacy_due", LOOKING_AFTER),
        separate_growing("privacy_removal", f"municipality_id IS NULL OR {LOOKING_AFTER}"),
        separate_growing("privacy_viewing", f"person_id = (SELECT reader.id()) OR {VIEWER}", VIEWER),
        only_for("of_register", "foundation_step", "privacy.register", MINE),
        only_for("of_archivedecision", "foundation_step", "privacy.archivedecision", MINE),
    ]
