"""For which organisations a reader acts, and what each may see of claims and of letters that invite to a team."""

from django.db import migrations

from fyrtaarn.foundation.separation import function, separate

ORGANISATIONS = function(
    "reader.organisations()",
    "bigint[]",
    """
    SELECT coalesce(array_agg(organisation_id), '{}') FROM organisations_membership
    WHERE user_id = reader.id() AND starts <= reader.today() AND (ends IS NULL OR ends > reader.today())
    """,
)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_initial"), ("people", "0005_separation")]
    operations = [
        ORGANISATIONS,
        separate(
            "organisations_teaminvitation",
            """
            organisation_id = ANY ((SELECT reader.organisations())::bigint[])
            OR token = (SELECT reader.letter())
            """,
        ),
        separate(
            "organisations_claim",
            """
            user_id = (SELECT reader.id())
            OR organisation_id IN (
                SELECT id FROM organisations_organisation WHERE home_id = ANY (
                    (SELECT reader.municipalities('{municipality_administrator,community_manager}'))::bigint[]
                )
            )
            """,
        ),
    ]
