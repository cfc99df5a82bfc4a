"""Where a reader holds roles, and the letters that invite to one."""

from django.db import migrations

from fyrtaarn.foundation.separation import also_seen_by, function, separate

OWN_ROLES = """
    FROM people_role
    WHERE user_id = reader.id() AND kind = ANY (kinds)
    AND starts <= reader.today() AND (ends IS NULL OR ends > reader.today())
"""

# in the whole of it or in one of its departments
MUNICIPALITIES = function(
    "reader.municipalities(kinds text[])",
    "bigint[]",
    f"SELECT coalesce(array_agg(DISTINCT municipality_id), '{{}}') {OWN_ROLES}",
)

# a role without a department holds in all of them
DEPARTMENTS = function(
    "reader.departments(kinds text[])",
    "bigint[]",
    f"""
    WITH own AS (SELECT municipality_id, department_id {OWN_ROLES})
    SELECT coalesce(array_agg(department.id), '{{}}')
    FROM areas_department department
    WHERE department.id IN (SELECT department_id FROM own)
    OR department.municipality_id IN (SELECT municipality_id FROM own WHERE department_id IS NULL)
    """,
)

EMPLOYED_IN = function(
    "reader.employed_in()",
    "bigint[]",
    """
    SELECT coalesce(array_agg(DISTINCT municipality_id), '{}') FROM people_role
    WHERE user_id = reader.id() AND kind NOT IN ('council_member', 'reader')
    AND starts <= reader.today() AND (ends IS NULL OR ends > reader.today())
    """,
)

EMAIL = function("reader.email()", "text", "SELECT email FROM people_user WHERE id = reader.id()")


class Migration(migrations.Migration):
    dependencies = [("people", "0004_encrypted_second_steps"), ("foundation", "0004_separation")]
    operations = [
        MUNICIPALITIES,
        DEPARTMENTS,
        EMPLOYED_IN,
        EMAIL,
        also_seen_by("addressee", "foundation_outgoingmail", "recipient = (SELECT reader.email())"),
        separate(
            "people_invitation",
            """
            municipality_id = ANY ((SELECT reader.municipalities('{municipality_administrator}'))::bigint[])
            OR token = (SELECT reader.letter())
            """,
        ),
    ]
