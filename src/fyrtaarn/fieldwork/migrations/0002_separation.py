"""A stay is its two parties' alone; offers are seen by all but for drafts. See fieldwork/rules.py."""

from django.db import migrations

from fyrtaarn.foundation.separation import also_seen_by, function, only_for, separate

HOSTED = """
    ANY ((SELECT reader.departments('{department_editor,contact_person,department_lead,community_manager}'))::bigint[])
"""
GUEST = "organisation_id = ANY ((SELECT reader.organisations())::bigint[])"

# the days for which the reader hosts
HOSTED_PERIODS = function(
    "reader.hosted_periods()",
    "SETOF bigint",
    f"""
    SELECT period.id
    FROM fieldwork_fieldworkperiod period JOIN fieldwork_fieldworkoffer offer ON offer.id = period.offer_id
    WHERE offer.department_id = {HOSTED}
    """,
)

# how many places are taken, so that everybody sees what is free without seeing who comes
TAKEN_PLACES = function(
    "errand.taken_places(wanted bigint)",
    "TABLE (period bigint, taken bigint)",
    """
    SELECT period.id, count(*)
    FROM fieldwork_fieldworkperiod period JOIN fieldwork_stay stay ON stay.period_id = period.id
    WHERE period.offer_id = wanted AND stay.state = 'agreed'
    GROUP BY period.id
    """,
)

STAY = "EXISTS (SELECT FROM fieldwork_stay stay WHERE stay.id = stay_id)"


class Migration(migrations.Migration):
    beside_previous = "All tables and functions here are new to the last release, and steps of others stay shown."

    dependencies = [
        ("fieldwork", "0001_fieldwork"),
        ("foundation", "0004_separation"),
        ("people", "0007_council_secretary_and_department_lead"),
        ("organisations", "0003_separation"),
    ]
    operations = [
        HOSTED_PERIODS,
        TAKEN_PLACES,
        separate("fieldwork_fieldworkoffer", f"department_id = {HOSTED}"),
        also_seen_by("public", "fieldwork_fieldworkoffer", "state <> 'draft'"),
        separate("fieldwork_stay", f"period_id IN (SELECT reader.hosted_periods()) OR {GUEST}"),
        separate("fieldwork_signeddeclaration", STAY),
        separate("fieldwork_learned", STAY),
        also_seen_by("public", "fieldwork_learned", "host_agrees AND guest_agrees"),
        only_for(
            "of_stay",
            "foundation_step",
            "fieldwork.stay",
            "EXISTS (SELECT FROM fieldwork_stay stay WHERE stay.id = subject_id)",
        ),
    ]
