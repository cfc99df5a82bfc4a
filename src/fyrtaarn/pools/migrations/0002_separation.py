"""Pools are changed by the municipality's fund managers and administrators; all but drafts are seen by everybody."""

from django.db import migrations

from fyrtaarn.foundation.separation import also_seen_by, only_for, separate

MANAGED = """
    municipality_id = ANY ((SELECT reader.municipalities('{fund_manager,municipality_administrator}'))::bigint[])
"""
AUDITED = "municipality_id = ANY ((SELECT reader.municipalities('{auditor}'))::bigint[])"
EMPLOYED = "municipality_id = ANY ((SELECT reader.employed_in())::bigint[])"


def pool_of(condition: str, key: str = "pool_id") -> str:
    return f"EXISTS (SELECT FROM pools_pool pool WHERE pool.id = {key} AND {condition})"


def row_of(table: str, key: str, condition: str = "true") -> str:
    return f"EXISTS (SELECT FROM {table} WHERE {table}.id = {key} AND {condition})"


OF_POOL = ("pools_contributor", "pools_closedyear")
OF_ROWS = {
    "pools_contribution": ("pools_contributor", "contributor_id"),
    "pools_criterion": ("pools_poolrules", "rules_id"),
    "pools_stage": ("pools_poolrules", "rules_id"),
    "pools_leftovershare": ("pools_closedyear", "closed_year_id"),
}
"""What belongs to a row of another table is changed by those who manage its pool, and seen by all who see that row."""


def managed_by(table: str, key: str) -> str:
    return row_of(table, key, pool_of(MANAGED, f"{table}.pool_id"))


OF_CONTRIBUTION = row_of(
    "pools_contribution", "contribution_id", managed_by("pools_contributor", "pools_contribution.contributor_id")
)


class Migration(migrations.Migration):
    beside_previous = "The tables are new, so no earlier version reads them."
    dependencies = [
        ("pools", "0001_initial"),
        ("foundation", "0004_separation"),
        ("people", "0009_auditor"),
    ]
    operations = [
        separate("pools_pool", MANAGED),
        also_seen_by("public", "pools_pool", "state <> 'draft'"),
        also_seen_by("auditor", "pools_pool", AUDITED),
        *(separate(table, pool_of(MANAGED)) for table in (*OF_POOL, "pools_poolrules", "pools_call", "pools_poolduty")),
        *(also_seen_by("of_pool", table, pool_of("true")) for table in OF_POOL),
        *(
            also_seen_by("public", table, f"state <> 'draft' AND {pool_of('true')}")
            for table in ("pools_poolrules", "pools_call")
        ),
        *(
            also_seen_by("auditor", table, pool_of(AUDITED))
            for table in ("pools_poolrules", "pools_call", "pools_poolduty")
        ),
        also_seen_by("own", "pools_poolduty", "user_id = (SELECT reader.id())"),
        also_seen_by("employee", "pools_poolduty", pool_of(EMPLOYED)),
        *(separate(table, managed_by(of, key)) for table, (of, key) in OF_ROWS.items()),
        *(also_seen_by("of_row", table, row_of(of, key)) for table, (of, key) in OF_ROWS.items()),
        separate("pools_contributionpart", OF_CONTRIBUTION),
        also_seen_by("of_row", "pools_contributionpart", row_of("pools_contribution", "contribution_id")),
        only_for(
            "of_pool",
            "foundation_step",
            "pools.pool",
            row_of("pools_pool", "subject_id", f"(pools_pool.{MANAGED.strip()} OR pools_pool.{AUDITED})"),
        ),
        only_for(
            "of_call",
            "foundation_step",
            "pools.call",
            row_of("pools_call", "subject_id", pool_of(f"({MANAGED} OR {AUDITED})", "pools_call.pool_id")),
        ),
        only_for(
            "of_contribution_part",
            "foundation_step",
            "pools.contributionpart",
            row_of(
                "pools_contributionpart",
                "subject_id",
                row_of(
                    "pools_contribution",
                    "pools_contributionpart.contribution_id",
                    row_of(
                        "pools_contributor",
                        "pools_contribution.contributor_id",
                        pool_of(f"({MANAGED} OR {AUDITED})", "pools_contributor.pool_id"),
                    ),
                ),
            ),
        ),
    ]
