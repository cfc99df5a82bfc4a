"""A plan is for the parties of its agreement or the team that it is about. See effects/rules.py."""

from django.db import migrations

from fyrtaarn.foundation.separation import separate

TEAM = "ANY ((SELECT reader.organisations())::bigint[])"
MINE = f"""
    organisation_id = {TEAM}
    OR agreement_id IN (SELECT reader.agreements())
    OR EXISTS (SELECT FROM listings_listing offer WHERE offer.id = offer_id AND offer.organisation_id = {TEAM})
"""


class Migration(migrations.Migration):
    beside_previous = "The tables are new, so no earlier version reads them."
    dependencies = [
        ("effects", "0002_plans"),
        ("agreements", "0002_separation"),
        ("organisations", "0005_ambassador_separation"),
    ]
    operations = [
        separate("effects_plan", MINE),
        separate("effects_plannedoutcome", "EXISTS (SELECT FROM effects_plan plan WHERE plan.id = plan_id)"),
        separate(
            "effects_plannedindicator",
            "EXISTS (SELECT FROM effects_plannedoutcome planned WHERE planned.id = planned_id)",
        ),
    ]
