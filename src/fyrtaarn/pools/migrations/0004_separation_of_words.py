"""A department's own people say what it gives and has paid; who looks after the pool and auditors read it."""

from importlib import import_module

from django.db import migrations

from fyrtaarn.foundation.separation import also_seen_by, separate, separate_growing

earlier = import_module("fyrtaarn.pools.migrations.0002_separation")

SPOKEN_FOR = """
    pools_contributor.department_id = ANY ((SELECT reader.departments('{contact_person,department_lead}'))::bigint[])
"""
LOOKED_AFTER = earlier.pool_of(f"({earlier.MANAGED} OR {earlier.AUDITED})", "pools_contributor.pool_id")


def of_contribution(condition: str) -> str:
    giver = earlier.row_of("pools_contributor", "pools_contribution.contributor_id", condition)
    return str(earlier.row_of("pools_contribution", "contribution_id", giver))


def of_part(condition: str) -> str:
    whole = of_contribution(condition).replace("= contribution_id", "= pools_contributionpart.contribution_id")
    return str(earlier.row_of("pools_contributionpart", "part_id", whole))


class Migration(migrations.Migration):
    beside_previous = "The tables are new, so no earlier version reads them."
    dependencies = [("pools", "0003_those_who_give")]
    operations = [
        separate_growing(
            "pools_confirmation",
            of_contribution(f"({SPOKEN_FOR} OR {LOOKED_AFTER})"),
            f"by_id = (SELECT reader.id()) AND {of_contribution(SPOKEN_FOR)}",
        ),
        separate("pools_sentpayment", of_part(SPOKEN_FOR)),
        also_seen_by("looked_after", "pools_sentpayment", of_part(LOOKED_AFTER)),
    ]
