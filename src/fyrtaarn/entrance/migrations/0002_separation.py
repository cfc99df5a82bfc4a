"""A case is its asker's and its departments' alone: see rules.is_asker and rules.handles, which say the same in Python."""

from django.db import migrations

from fyrtaarn.foundation.separation import function, only_for, separate

HANDLED_DEPARTMENTS = function(
    "reader.handled_departments()",
    "bigint[]",
    "SELECT reader.departments('{contact_person,community_manager,department_lead}')",
)

ASKER = """
    key::text = (SELECT reader.letter())
    OR asker_id = (SELECT reader.id())
    OR organisation_id = ANY ((SELECT reader.organisations())::bigint[])
"""
HANDLER = """
    departments && (SELECT reader.handled_departments())::bigint[]
    OR (sorted_by_id = (SELECT reader.id()) AND municipality_id = ANY ((SELECT reader.employed_in())::bigint[]))
    OR (
        state = 'received' AND department_id IS NULL
        AND municipality_id = ANY ((SELECT reader.municipalities('{contact_person,community_manager}'))::bigint[])
    )
"""
OF_A_CASE = "EXISTS (SELECT FROM entrance_case WHERE entrance_case.id = case_id)"
OF_A_HANDLED_CASE = f"EXISTS (SELECT FROM entrance_case WHERE entrance_case.id = case_id AND ({HANDLER}))"


class Migration(migrations.Migration):
    beside_previous = "The tables are new, so no earlier version reads them."
    dependencies = [
        ("entrance", "0001_entrance"),
        ("foundation", "0004_separation"),
        ("people", "0007_council_secretary_and_department_lead"),
        ("organisations", "0003_separation"),
    ]
    operations = [
        HANDLED_DEPARTMENTS,
        separate("entrance_case", f"{ASKER} OR {HANDLER}"),
        separate(
            "entrance_casemessage",
            f"CASE side WHEN 'internal' THEN {OF_A_HANDLED_CASE} ELSE {OF_A_CASE} END",
        ),
        separate("entrance_casetask", OF_A_HANDLED_CASE),
        separate("entrance_rating", OF_A_CASE),
        separate(
            "entrance_absence",
            """
            EXISTS (
                SELECT FROM entrance_contactprofile profile
                JOIN areas_department department ON department.id = profile.department_id
                WHERE profile.id = contact_id
                AND department.municipality_id = ANY ((SELECT reader.employed_in())::bigint[])
            )
            """,
        ),
        separate(
            "entrance_savedanswer", "department_id = ANY ((SELECT reader.handled_departments())::bigint[])"
        ),
        only_for(
            "of_case",
            "foundation_step",
            "entrance.case",
            "EXISTS (SELECT FROM entrance_case WHERE entrance_case.id = subject_id)",
        ),
        only_for(
            "of_case_message",
            "foundation_storedfile",
            "entrance.casemessage",
            "EXISTS (SELECT FROM entrance_casemessage WHERE entrance_casemessage.id = subject_id)",
        ),
    ]
