"""An application is its team's; once it is sent, also those see it who handle it. See applications/rules.py."""

from django.db import migrations

from fyrtaarn.foundation.separation import also_for, also_seen_by, function, only_for, separate, separate_growing

# the pools in which the reader decides today
DECIDING_POOLS = function(
    "reader.deciding_pools()",
    "bigint[]",
    """
    SELECT coalesce(array_agg(pool_id), '{}') FROM pools_poolduty
    WHERE user_id = reader.id() AND duty = 'decider'
    AND starts <= reader.today() AND (ends IS NULL OR ends > reader.today())
    """,
)

TEAM = "organisation_id = ANY ((SELECT reader.organisations())::bigint[])"
OFFICE = """
    sent IS NOT NULL AND (
        municipality_id = ANY (
            (SELECT reader.municipalities('{fund_manager,municipality_administrator,auditor}'))::bigint[]
        )
        OR call_id IN (
            SELECT id FROM pools_call WHERE pool_id = ANY ((SELECT reader.deciding_pools())::bigint[])
        )
    )
"""
OF_TEAM = f"EXISTS (SELECT FROM applications_application a WHERE a.id = application_id AND a.{TEAM})"
SEEN = "EXISTS (SELECT FROM applications_application a WHERE a.id = application_id)"
SEEN_SUBJECT = "EXISTS (SELECT FROM applications_application a WHERE a.id = subject_id)"
ITS_TEAMS_WORDS = ("budgetline", "effectgoal", "declaredaid", "linkedenterprise")


class Migration(migrations.Migration):
    beside_previous = "The tables are new, so no earlier version reads them."
    dependencies = [
        ("applications", "0001_applications"),
        ("foundation", "0004_separation"),
        ("organisations", "0003_separation"),
        ("people", "0007_council_secretary_and_department_lead"),
    ]
    operations = [
        DECIDING_POOLS,
        separate("applications_application", TEAM),
        also_for("office", "applications_application", OFFICE),
        *(
            operation
            for name in ITS_TEAMS_WORDS
            for operation in (
                separate(f"applications_{name}", OF_TEAM),
                also_seen_by("office", f"applications_{name}", SEEN),
            )
        ),
        separate_growing("applications_sentversion", SEEN, OF_TEAM),
        separate("applications_applicantquestion", SEEN),
        only_for("of_application", "foundation_step", "applications.application", SEEN_SUBJECT),
        only_for("of_application", "foundation_storedfile", "applications.application", SEEN_SUBJECT),
    ]
