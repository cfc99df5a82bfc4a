"""What the database's policies cost: the product's own reads with them and without, side by side on 100,000 dialogues.

Each statement is run in turn as the login of the web, whose rows the policies choose, and as the owner, to whom they do
not apply. Time is the server's own for planning and running; the same rows must come of both.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bench.listings.run import goal  # noqa: E402

DIALOGUES = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
MESSAGES_EACH = 3
ORGANISATIONS = 2_000
ROUNDS = 9
MOST_ADDED = 5.0
"""Milliseconds that the policies may add to one read of a page."""
UNBOUNDED = "without bounds"
"""Marks what no page asks: shown, so that one sees what a forged question would cost."""
DEPARTMENTS = 200
CHALLENGES = 2_000
LARGE = ("meetings_meeting", "meetings_message", "foundation_notice", "foundation_storedfile", "foundation_step")


def main() -> None:
    open_store()
    from django.db import connection

    from fyrtaarn.meetings.models import Meeting
    from fyrtaarn.people.models import User

    connection.ensure_connection()
    meeting = Meeting.objects.order_by("pk")[DIALOGUES // 2]
    cook = User.objects.get(memberships__organisation=meeting.organisation)
    employee = User.objects.get(email="medarbejder0@example.dk")
    employee.roles.update(department=meeting.department)
    met = []
    for name, reader, read in reads(meeting, cook, employee):
        for statement in statements_of(read, reader):
            on, off, scanned = compare(statement, reader)
            print(f"{name}: {on:.2f} ms with, {off:.2f} ms without, {on / off:.1f} times; read whole: {scanned or '–'}")
            if UNBOUNDED not in name:
                met.append(goal("milliseconds that the policies add", on - off, MOST_ADDED))
    sys.exit(not all(met))


def reads(meeting: Any, cook: Any, employee: Any) -> Iterator[tuple[str, Any, Callable[[], object]]]:
    """The reads of the pages that people open most, each with who reads."""
    from fyrtaarn.foundation.models import Notice, Step, StoredFile
    from fyrtaarn.foundation.notices import notices_of, unread_count
    from fyrtaarn.meetings.models import Meeting, Message
    from fyrtaarn.meetings.queries import dialogues_of, meeting_with_parties, said_in

    yield "an enterprise's dialogues", cook, lambda: list(dialogues_of(cook)[:20])
    yield "a department's dialogues", employee, lambda: list(dialogues_of(employee)[:20])
    yield "one dialogue", cook, lambda: meeting_with_parties(meeting.pk)
    yield "what was said in it", cook, lambda: said_in(meeting, "offered")
    yield "its steps", cook, lambda: list(Step.objects.filter(subject_type="meetings.meeting", subject_id=meeting.pk))
    yield "my newest notices", cook, lambda: list(notices_of(cook).order_by("-created", "-pk")[:20])
    yield "my unread notices", cook, lambda: unread_count(cook)
    yield "one file", cook, lambda: StoredFile.objects.filter(pk=DIALOGUES).first()
    yield f"{UNBOUNDED}: dialogues", cook, lambda: Meeting.objects.count()
    yield f"{UNBOUNDED}: messages", cook, lambda: list(Message.objects.order_by("-pk")[:20])
    yield f"{UNBOUNDED}: notices", cook, lambda: Notice.objects.count()


def statements_of(read: Callable[[], object], reader: Any) -> list[str]:
    """The statements of a read on the large tables."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        read()
    return [query["sql"] for query in caught if any(f'FROM "{table}"' in query["sql"] for table in LARGE)]


def compare(statement: str, reader: Any) -> tuple[float, float, str]:
    """Median milliseconds with the policies and without, and which large tables are read whole with them alone."""
    on, off = [], []
    for _round in range(ROUNDS):
        with web_login(reader):
            taken, plan = explained(statement)
        on.append(taken)
        taken, plain = explained(statement)
        off.append(taken)
    return median(on), median(off), ", ".join(sorted(whole(plan) - whole(plain)))


@contextmanager
def web_login(reader: Any) -> Iterator[None]:
    from django.conf import settings
    from django.db import connection

    from fyrtaarn.foundation.separation import reading_only

    with reading_only(reader.pk), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {settings.DATABASE_WEB_LOGIN}")
        yield


def explained(statement: str) -> tuple[float, dict[str, Any]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}")
        [(answer,)] = cursor.fetchall()
    [found] = json.loads(answer) if isinstance(answer, str) else answer
    return found["Planning Time"] + found["Execution Time"], found["Plan"]


def whole(plan: dict[str, Any]) -> set[str]:
    """The large tables that a plan reads from end to end."""
    here = {plan["Relation Name"]} if plan["Node Type"] == "Seq Scan" else set()
    return (here & set(LARGE)).union(*(whole(inner) for inner in plan.get("Plans", ())))


def open_store() -> None:
    """Set Django up on a database with so many dialogues, made first if it is not there."""
    os.environ["FYRTAARN_DATA_DIR"] = str(ROOT / "var" / f"bench-separation-{DIALOGUES}")
    os.environ["FYRTAARN_LOG_LEVEL"] = "ERROR"
    os.environ.pop("FYRTAARN_DATABASE_URL", None)
    from fyrtaarn.config.commands import setup_django

    setup_django()
    from fyrtaarn.config.commands.migrate import prepare_database
    from fyrtaarn.meetings.models import Meeting

    prepare_database(verbosity=0)
    if Meeting.objects.count() < DIALOGUES:
        fill()


def fill() -> None:
    """One dialogue by the product's own hand, and copies of it between many organisations."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db import connection, transaction

    from fyrtaarn.listings.models import Listing
    from fyrtaarn.meetings.actions import open_meeting
    from fyrtaarn.organisations.models import Membership
    from fyrtaarn.people.models import User
    from tests.trust.town import build

    build()
    cook = User.objects.get(email="ejer0@example.dk")
    sought, offered = (Listing.objects.filter(kind=kind).order_by("pk").first() for kind in ("challenge", "solution"))
    meeting = open_meeting(cook, sought, offered, "Hej.", [SimpleUploadedFile("note.txt", b"Hej")])
    team = f"'organisation_id', 1000 + n % {ORGANISATIONS}"
    department = f"1000 + n % {DEPARTMENTS}"
    one_of_them = f"1000 + n % {ORGANISATIONS}"
    copies: list[tuple[str, int | None, int, str]] = [
        ("people_user", cook.pk, ORGANISATIONS, "'email', n || '@bench.example.org'"),
        ("organisations_organisation", meeting.organisation_id, ORGANISATIONS, "'slug', 'o' || n, 'cvr', null"),
        ("organisations_membership", Membership.objects.get(user=cook).pk, ORGANISATIONS,
         "'user_id', 1000 + n, 'organisation_id', 1000 + n"),
        ("areas_department", meeting.department_id, DEPARTMENTS, "'slug', 'd' || n, 'name', 'D' || n"),
        ("listings_listing", offered.pk, DIALOGUES, f"'subject_id', 1000 + n, {team}"),
        ("listings_listing", sought.pk, CHALLENGES,
         f"'id', 9000000 + n, 'subject_id', 1000 + n, 'departments', jsonb_build_array({department})"),
        ("meetings_meeting", meeting.pk, DIALOGUES,
         f"'offered_id', 1000 + n, 'sought_id', 9000000 + n % {CHALLENGES}, 'department_id', {department},"
         f" 'opener_id', {one_of_them}, {team}"),
        ("meetings_message", meeting.messages.get().pk, DIALOGUES * MESSAGES_EACH,
         f"'meeting_id', 1000 + n / {MESSAGES_EACH}"),
        ("foundation_notice", None, DIALOGUES, f"'recipient_id', {one_of_them}"),
        ("foundation_storedfile", None, DIALOGUES,
         f"'subject_id', 1000 + n * {MESSAGES_EACH}, 'key', gen_random_uuid(), 'subject_type', 'meetings.message'"),
        ("foundation_step", None, DIALOGUES, "'subject_type', 'meetings.meeting', 'subject_id', 1000 + n"),
    ]  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # neither triggers nor keys: they are copies
        for table, pattern, count, changes in copies:
            cursor.execute(
                f"INSERT INTO {table} SELECT (jsonb_populate_record(null::{table}, to_jsonb(base) ||"
                f" jsonb_build_object('id', 1000 + n, {changes}))).*"
                f" FROM (SELECT * FROM {table} WHERE {f'id = {pattern}' if pattern else 'true'} ORDER BY id LIMIT 1) base,"
                f" generate_series(0, {count - 1}) n"
            )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    main()
