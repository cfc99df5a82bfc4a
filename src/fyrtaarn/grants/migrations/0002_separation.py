"""A grant's facts are public; its money, reports and papers are the recipient's and the fund managers'."""

from django.db import migrations

from fyrtaarn.foundation.separation import also_for, also_seen_by, function, only_for, separate

MANAGED = "{0}municipality_id = ANY ((SELECT reader.municipalities('{{fund_manager,municipality_administrator}}'))::bigint[])"
AUDITED = "{0}municipality_id = ANY ((SELECT reader.municipalities('{{auditor}}'))::bigint[])"
RECEIVED = "organisation_id = ANY ((SELECT reader.organisations())::bigint[])"

# the pools that an employee decides on today
POOLS_TO_DECIDE = function(
    "reader.pools_to_decide()",
    "SETOF bigint",
    """
    SELECT duty.pool_id
    FROM pools_poolduty duty JOIN pools_pool pool ON pool.id = duty.pool_id
    WHERE duty.user_id = reader.id() AND duty.duty = 'decider'
    AND duty.starts <= reader.today() AND (duty.ends IS NULL OR duty.ends > reader.today())
    AND pool.municipality_id = ANY (reader.employed_in())
    """,
)


def applications(name: str, readers: str) -> migrations.RunSQL:
    return function(
        f"reader.{name}()",
        "SETOF bigint",
        f"""
        SELECT application.id
        FROM applications_application application JOIN pools_call call ON call.id = application.call_id
        WHERE application.state <> 'draft' AND ({readers})
        """,
    )


# never what her own organisation asks for
DECIDABLE = applications(
    "decidable_applications",
    f"NOT application.{RECEIVED} AND ({MANAGED.format('application.')}"
    " OR call.pool_id IN (SELECT reader.pools_to_decide()))",
)
AUDITABLE = applications("auditable_applications", f"NOT application.{RECEIVED} AND {AUDITED.format('application.')}")
APPLIED_FOR = applications("applied_for", f"application.{RECEIVED}")


def decisions(name: str, applications: str, states: str = "true") -> migrations.RunSQL:
    return function(
        f"reader.{name}()",
        "SETOF bigint",
        f"SELECT id FROM grants_decision WHERE application_id IN (SELECT reader.{applications}()) AND {states}",
    )


DECIDABLE_DECISIONS = decisions("decidable_decisions", "decidable_applications")
AUDITABLE_DECISIONS = decisions("auditable_decisions", "auditable_applications")
RECEIVED_DECISIONS = decisions("received_decisions", "applied_for")


def grants(name: str, readers: str) -> migrations.RunSQL:
    return function(f"reader.{name}()", "SETOF bigint", f"SELECT id FROM grants_grant WHERE {readers}")


POOL = "pool_id IN (SELECT reader.pools_to_decide())"
GRANTS = grants("grants", f"{RECEIVED} OR {MANAGED.format('')} OR {POOL}")
AUDITED_GRANTS = grants("audited_grants", AUDITED.format(""))

# which enterprises are one single undertaking with one of them, as any of them has declared, both ways, all the way
UNDERTAKING = function(
    "errand.undertaking_of(wanted text[])",
    "SETOF text",
    """
    WITH RECURSIVE link(one, other) AS (
        SELECT organisation.cvr::text, linked.cvr::text
        FROM applications_linkedenterprise linked
        JOIN applications_application application ON application.id = linked.application_id
        JOIN organisations_organisation organisation ON organisation.id = application.organisation_id
        WHERE application.sent IS NOT NULL AND organisation.cvr IS NOT NULL
    ), pairs(one, other) AS (
        SELECT one, other FROM link UNION SELECT other, one FROM link
    ), whole(cvr) AS (
        SELECT unnest(wanted) UNION SELECT pairs.other FROM whole JOIN pairs ON pairs.one = whole.cvr
    )
    SELECT cvr FROM whole
    WHERE reader.is_worker() OR cardinality(reader.employed_in()) > 0
    """,
)

# what an undertaking has been granted as state aid in all municipalities: how much and when, not by whom
AID_OF = function(
    "errand.aid_of(undertaking text[])",
    "TABLE (regime text, cvr text, day date, cents bigint)",
    """
    SELECT regime, cvr, day, cents FROM grants_aidaward
    WHERE cvr = ANY (undertaking) AND (reader.is_worker() OR cardinality(reader.employed_in()) > 0)
    ORDER BY day, id
    """,
)


def of_grant(table: str) -> list[migrations.RunSQL]:
    return [
        separate(table, "grant_id IN (SELECT reader.grants())"),
        also_seen_by("auditors", table, "grant_id IN (SELECT reader.audited_grants())"),
    ]


def of_decision(table: str) -> list[migrations.RunSQL]:
    return [
        separate(table, "decision_id IN (SELECT reader.decidable_decisions())"),
        also_seen_by("auditors", table, "decision_id IN (SELECT reader.auditable_decisions())"),
    ]


def of_municipality(table: str) -> list[migrations.RunSQL]:
    return [separate(table, MANAGED.format("")), also_seen_by("auditors", table, AUDITED.format(""))]


def with_subject(table: str, parent: str, column: str) -> migrations.RunSQL:
    return separate(table, f"EXISTS (SELECT FROM {parent} parent WHERE parent.id = {column})")


def about(subject: str) -> list[migrations.RunSQL]:
    """Steps and files of a row are for those who see the row."""
    seen = f"EXISTS (SELECT FROM grants_{subject} one WHERE one.id = subject_id)"
    return [
        only_for(f"of_grants_{subject}", table, f"grants.{subject}", seen)
        for table in ("foundation_step", "foundation_storedfile")
    ]


class Migration(migrations.Migration):
    beside_previous = "All tables and functions here are new to the last release, and steps and files of others stay shown."

    dependencies = [
        ("grants", "0001_grants"),
        ("agreements", "0002_separation"),
        ("foundation", "0006_answers_by_mail"),
        ("organisations", "0003_separation"),
        ("people", "0007_council_secretary_and_department_lead"),
    ]
    operations = [
        POOLS_TO_DECIDE,
        DECIDABLE,
        AUDITABLE,
        APPLIED_FOR,
        DECIDABLE_DECISIONS,
        AUDITABLE_DECISIONS,
        RECEIVED_DECISIONS,
        GRANTS,
        AUDITED_GRANTS,
        UNDERTAKING,
        AID_OF,
        separate("grants_decision", "application_id IN (SELECT reader.decidable_applications())"),
        also_seen_by("auditors", "grants_decision", "application_id IN (SELECT reader.auditable_applications())"),
        also_for(
            "applicants",
            "grants_decision",
            "state IN ('decided', 'reversed') AND application_id IN (SELECT reader.applied_for())",
        ),
        *of_decision("grants_decisionyes"),
        also_seen_by(
            "applicants",
            "grants_decisionyes",
            "EXISTS (SELECT FROM grants_decision decision WHERE decision.id = decision_id)",
        ),
        *of_decision("grants_hearing"),
        also_for("applicants", "grants_hearing", "decision_id IN (SELECT reader.received_decisions())"),
        *of_decision("grants_complaint"),
        also_for("applicants", "grants_complaint", "decision_id IN (SELECT reader.received_decisions())"),
        separate("grants_grant", f"{RECEIVED} OR {MANAGED.format('')} OR {POOL}"),
        also_seen_by("public", "grants_grant", "true"),
        *of_grant("grants_instalment"),
        *of_grant("grants_grantchange"),
        *of_grant("grants_report"),
        *of_grant("grants_demand"),
        *of_grant("grants_aidaward"),
        with_subject("grants_spent", "grants_report", "report_id"),
        with_subject("grants_goalresult", "grants_report", "report_id"),
        *of_municipality("grants_paymentfile"),
        *of_municipality("grants_paymentimport"),
        with_subject("grants_paymentrow", "grants_paymentimport", "payments_id"),
        separate("grants_longterm", "agreement_id IN (SELECT reader.agreements())"),
        with_subject("grants_consequence", "agreements_review", "review_id"),
        *about("decision"),
        *about("hearing"),
        *about("complaint"),
        *about("instalment"),
        *about("grantchange"),
        *about("report"),
        *about("demand"),
        *[
            only_for("of_grants_grant", table, "grants.grant", "subject_id IN (SELECT reader.grants())"
                     " OR subject_id IN (SELECT reader.audited_grants())")
            for table in ("foundation_step", "foundation_storedfile")
        ],
    ]
