"""Ambassadors are seen by all where they let all see them, else by their colleagues. See ambassadors/rules.py."""

from django.db import migrations

from fyrtaarn.foundation.separation import also_seen_by, separate

COLLEAGUES = """
    user_id = (SELECT reader.id())
    OR department_id IN (
        SELECT id FROM areas_department WHERE municipality_id = ANY ((SELECT reader.employed_in())::bigint[])
    )
"""
ITS_AMBASSADOR = "SELECT FROM organisations_ambassador one WHERE one.id = ambassador_id"


class Migration(migrations.Migration):
    beside_previous = "The tables are new, so no earlier version reads them."
    dependencies = [("organisations", "0004_ambassadors"), ("people", "0005_separation")]
    operations = [
        separate("organisations_ambassador", COLLEAGUES),
        also_seen_by("public", "organisations_ambassador", "shown AND state = 'active'"),
        separate("organisations_ambassador_themes", f"EXISTS ({ITS_AMBASSADOR} AND ({COLLEAGUES}))"),
        also_seen_by("shown", "organisations_ambassador_themes", f"EXISTS ({ITS_AMBASSADOR})"),
    ]
