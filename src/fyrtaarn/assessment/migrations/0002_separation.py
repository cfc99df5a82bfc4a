"""Scores are an assessor's own until she is done, then the other assessors' who are done; see assessment/rules.py."""

from django.db import migrations

from fyrtaarn.foundation.separation import also_seen_by, function, only_for, separate, separate_growing

RUNS = """
    application.municipality_id = ANY (
        (SELECT reader.municipalities('{fund_manager,municipality_administrator}'))::bigint[]
    )
"""
AUDITS = "application.municipality_id = ANY ((SELECT reader.municipalities('{auditor}'))::bigint[])"
DECIDES = """
    call.pool_id = ANY ((SELECT reader.deciding_pools())::bigint[])
    AND application.municipality_id = ANY ((SELECT reader.employed_in())::bigint[])
"""


def applications(name: str, readers: str) -> migrations.RunSQL:
    """What has been sent and the reader looks after; never what her own organisation asks for."""
    return function(
        f"reader.{name}()",
        "SETOF bigint",
        f"""
        SELECT application.id
        FROM applications_application application JOIN pools_call call ON call.id = application.call_id
        WHERE application.state <> 'draft'
        AND NOT application.organisation_id = ANY ((SELECT reader.organisations())::bigint[])
        AND ({readers})
        """,
    )


RUN = applications("run_applications", RUNS)
JUDGED = applications("judged_applications", f"({RUNS}) OR ({AUDITS}) OR ({DECIDES})")

# those that she reads as an assessor
READ = function(
    "reader.assessed_applications()",
    "SETOF bigint",
    """
    SELECT application_id FROM assessment_assignment
    WHERE assessor_id = reader.id() AND state IN ('reading', 'done')
    """,
)

# those that she has scored; whoever has come to belong to the applicant does not read what the others say
SCORED = function(
    "reader.scored_applications()",
    "SETOF bigint",
    """
    SELECT one.application_id
    FROM assessment_assignment one JOIN applications_application application ON application.id = one.application_id
    WHERE one.assessor_id = reader.id() AND one.state = 'done'
    AND NOT application.organisation_id = ANY ((SELECT reader.organisations())::bigint[])
    """,
)

# of those the reader looks after, where nobody who still has time is to be influenced
OPENED = function(
    "reader.opened_applications()",
    "SETOF bigint",
    """
    SELECT judged FROM reader.judged_applications() judged
    WHERE NOT EXISTS (
        SELECT FROM assessment_assignment one
        WHERE one.application_id = judged AND one.state IN ('asked', 'reading')
        AND (one.due IS NULL OR one.due >= reader.today())
    )
    """,
)

# neither decided nor closed
ASSESSED_STILL = function(
    "errand.is_assessed_still(wanted bigint)",
    "boolean",
    """
    SELECT EXISTS (SELECT FROM applications_application WHERE id = wanted AND state IN ('sent', 'returned'))
    AND NOT EXISTS (SELECT FROM assessment_closeddiscussion WHERE application_id = wanted)
    """,
)

# what she is told before she has said whether something stands in her way, and of what she no longer reads
ASKED_ABOUT = function(
    "errand.asked_to_assess()",
    "TABLE (assignment bigint, title text, organisation text, pool text, call text, is_open boolean)",
    """
    SELECT one.id, application.title, organisation.name, pool.name, call.title,
        errand.is_assessed_still(application.id)
    FROM assessment_assignment one
    JOIN applications_application application ON application.id = one.application_id
    JOIN organisations_organisation organisation ON organisation.id = application.organisation_id
    JOIN pools_call call ON call.id = application.call_id
    JOIN pools_pool pool ON pool.id = call.pool_id
    WHERE one.assessor_id = reader.id()
    """,
)

# asked while her reading has not begun
IS_TO_ASSESS = function(
    "errand.is_to_assess(person bigint)",
    "boolean",
    """
    SELECT EXISTS (
        SELECT FROM assessment_assignment one
        WHERE one.assessor_id = person AND one.state IN ('asked', 'reading')
        AND errand.is_assessed_still(one.application_id)
    )
    """,
)

# those whose matter the application is; the dialogues about its solution are not all for the fund manager to see
DEPARTMENTS_CONCERNED = function(
    "errand.departments_concerned(wanted bigint[])",
    "TABLE (application bigint, department bigint)",
    """
    SELECT one.id, challenge.department_id
    FROM applications_application one JOIN portal_challenge challenge ON challenge.id = one.challenge_id
    WHERE one.id = ANY (wanted)
    UNION
    SELECT one.id, partner.department_id
    FROM applications_application one
    JOIN portal_challenge_partners partner ON partner.challenge_id = one.challenge_id
    WHERE one.id = ANY (wanted)
    UNION
    SELECT one.id, meeting.department_id
    FROM applications_application one
    JOIN listings_listing listing ON listing.kind = 'solution' AND listing.subject_id = one.solution_id
    JOIN meetings_meeting meeting ON meeting.offered_id = listing.id AND meeting.state IN ('open', 'agreed')
    WHERE one.id = ANY (wanted)
    """,
)

OWN = "EXISTS (SELECT FROM assessment_assignment own WHERE own.id = assignment_id AND own.assessor_id = (SELECT reader.id()))"
AFTER_OWN = """
    EXISTS (
        SELECT FROM assessment_assignment one
        WHERE one.id = assignment_id AND one.state = 'done'
        AND one.application_id IN (SELECT reader.scored_applications())
    )
"""
OPEN_TO_ALL = """
    EXISTS (
        SELECT FROM assessment_assignment one
        WHERE one.id = assignment_id AND one.done IS NOT NULL
        AND one.application_id IN (SELECT reader.opened_applications())
    )
"""
DISCUSSES = """
    application_id IN (SELECT reader.scored_applications()) OR application_id IN (SELECT reader.opened_applications())
"""


def about(table: str, subject: str) -> migrations.RunSQL:
    return only_for(
        f"of_{subject}",
        "foundation_step",
        f"assessment.{subject}",
        f"EXISTS (SELECT FROM {table} one WHERE one.id = subject_id)",
    )


class Migration(migrations.Migration):
    beside_previous = "The tables and functions are new, so no earlier version reads them."

    dependencies = [
        ("assessment", "0001_assessment"),
        ("applications", "0002_separation"),
        ("pools", "0001_initial"),
        ("meetings", "0002_separation"),
        ("organisations", "0003_separation"),
        ("people", "0007_council_secretary_and_department_lead"),
        ("portal", "0001_initial"),
    ]
    operations = [
        RUN,
        JUDGED,
        READ,
        SCORED,
        OPENED,
        ASSESSED_STILL,
        ASKED_ABOUT,
        IS_TO_ASSESS,
        DEPARTMENTS_CONCERNED,
        separate(
            "assessment_assignment",
            "assessor_id = (SELECT reader.id()) OR application_id IN (SELECT reader.run_applications())",
        ),
        also_seen_by("judges", "assessment_assignment", "application_id IN (SELECT reader.judged_applications())"),
        also_seen_by(
            "colleagues",
            "assessment_assignment",
            "state = 'done' AND application_id IN (SELECT reader.scored_applications())",
        ),
        *(
            operation
            for table in ("assessment_score", "assessment_opinion")
            for operation in (
                separate(table, OWN),
                also_seen_by("colleagues", table, AFTER_OWN),
                also_seen_by("judges", table, OPEN_TO_ALL),
            )
        ),
        separate_growing("assessment_remark", DISCUSSES, f"by_id = (SELECT reader.id()) AND ({DISCUSSES})"),
        separate_growing(
            "assessment_closeddiscussion",
            "application_id IN (SELECT reader.judged_applications())"
            " OR application_id IN (SELECT reader.assessed_applications())",
            "application_id IN (SELECT reader.run_applications())",
        ),
        about("assessment_assignment", "assignment"),
        also_seen_by("assessors", "applications_application", "id IN (SELECT reader.assessed_applications())"),
    ]
