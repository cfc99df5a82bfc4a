"""Who sees proposals, drafts and unapproved minutes; all else of a council is public. See council/rules.py."""

from django.db import migrations

from fyrtaarn.foundation.separation import also_for, also_seen_by, function, only_for, separate

RUN_COUNCILS = function(
    "reader.run_councils()",
    "SETOF bigint",
    "SELECT id FROM council_council WHERE municipality_id = ANY (reader.municipalities('{council_secretary}'))",
)

COUNCILS = function(
    "reader.councils()",
    "SETOF bigint",
    """
    SELECT reader.run_councils()
    UNION
    SELECT seat.council_id
    FROM council_councilmember member JOIN council_seat seat ON seat.id = member.seat_id
    WHERE member.user_id = reader.id()
    AND member.starts <= reader.today() AND (member.ends IS NULL OR member.ends > reader.today())
    """,
)

# those whose minutes the reader writes or approves: of a member, the meetings on days of her term
MINUTED_MEETINGS = function(
    "reader.minuted_meetings()",
    "SETOF bigint",
    """
    SELECT id FROM council_councilmeeting WHERE council_id IN (SELECT reader.run_councils())
    UNION
    SELECT meeting.id
    FROM council_councilmeeting meeting
    JOIN council_seat seat ON seat.council_id = meeting.council_id
    JOIN council_councilmember member ON member.seat_id = seat.id
    WHERE member.user_id = reader.id()
    AND member.starts <= (meeting.starts AT TIME ZONE 'Europe/Copenhagen')::date
    AND (member.ends IS NULL OR member.ends > (meeting.starts AT TIME ZONE 'Europe/Copenhagen')::date)
    """,
)

RUN = "council_id IN (SELECT reader.run_councils())"
INSIDE = "council_id IN (SELECT reader.councils())"
ANSWERED_FOR = (
    "department_id = ANY ((SELECT reader.departments('{department_editor,contact_person,department_lead}'))::bigint[])"
)


def through(table: str, alias: str, column: str, condition: str = "true") -> str:
    """The condition that the row in `table` that `column` points to is shown to the reader, and is so."""
    return f"EXISTS (SELECT FROM {table} {alias} WHERE {alias}.id = {column} AND {condition})"


MEETING = ("council_councilmeeting", "meeting", "meeting_id")
ADVICE = ("council_advice", "advice", "advice_id")


class Migration(migrations.Migration):
    beside_previous = "All tables and functions here are new to the last release, and steps and files of others stay shown."

    dependencies = [
        ("council", "0001_council"),
        ("meetings", "0002_separation"),
    ]
    operations = [
        RUN_COUNCILS,
        COUNCILS,
        MINUTED_MEETINGS,
        separate(
            "council_agendaproposal",
            f"{RUN} OR proposer_id = (SELECT reader.id()) OR token = (SELECT reader.letter())",
        ),
        only_for(
            "of_agendaproposal",
            "foundation_step",
            "council.agendaproposal",
            through("council_agendaproposal", "proposal", "subject_id"),
        ),
        separate("council_councilmeeting", RUN),
        also_seen_by("inside", "council_councilmeeting", INSIDE),
        also_seen_by("public", "council_councilmeeting", "state <> 'draft'"),
        separate("council_agendaitem", through(*MEETING, f"meeting.{RUN}")),
        also_seen_by("shown", "council_agendaitem", through(*MEETING)),
        only_for(
            "of_agendaitem",
            "foundation_storedfile",
            "council.agendaitem",
            through("council_agendaitem", "item", "subject_id"),
        ),
        separate("council_minuteswording", "meeting_id IN (SELECT reader.minuted_meetings())"),
        also_seen_by("public", "council_minuteswording", "approved IS NOT NULL"),
        separate(
            "council_minutesanswer",
            through("council_councilmember", "member", "member_id", "member.user_id = (SELECT reader.id())"),
        ),
        also_seen_by(
            "inside",
            "council_minutesanswer",
            through(
                "council_minuteswording",
                "wording",
                "wording_id",
                "wording.meeting_id IN (SELECT reader.minuted_meetings())",
            ),
        ),
        separate("council_advice", RUN),
        also_for("department", "council_advice", f"state <> 'draft' AND {ANSWERED_FOR}"),
        also_seen_by("inside", "council_advice", INSIDE),
        also_seen_by("public", "council_advice", "state <> 'draft'"),
        *(
            operation
            for table in ("council_advice_themes", "council_advice_goals", "council_advice_listings")
            for operation in (
                separate(table, through(*ADVICE, f"advice.{RUN}")),
                also_seen_by("shown", table, through(*ADVICE)),
            )
        ),
        separate("council_adviceprogress", through(*ADVICE, f"advice.{ANSWERED_FOR}")),
        also_seen_by("shown", "council_adviceprogress", through(*ADVICE)),
    ]
