"""Who writes for a call is told when it is extended or called off, by who looks after the pool and sees no drafts."""

from django.db import migrations

from fyrtaarn.foundation.separation import function

# who belongs to a team that writes, or has sent what is not decided; for those who look after the call's pool
APPLICANTS = function(
    "errand.applicants_in(wanted bigint)",
    "SETOF bigint",
    """
    SELECT DISTINCT membership.user_id
    FROM applications_application application
    JOIN organisations_membership membership ON membership.organisation_id = application.organisation_id
    WHERE application.call_id = wanted AND application.state IN ('draft', 'sent', 'returned')
    AND membership.starts <= reader.today() AND (membership.ends IS NULL OR membership.ends > reader.today())
    AND application.municipality_id = ANY (reader.municipalities('{fund_manager,municipality_administrator}'))
    """,
)


class Migration(migrations.Migration):
    beside_previous = "The function is new, so no earlier version calls it."
    dependencies = [("applications", "0002_separation")]
    operations = [APPLICANTS]
