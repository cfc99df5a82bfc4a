"""What must be true after the storm, asked of the database by plain SQL, of the files on disk and of the mail server."""

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import psycopg

from tests.harness.smtp import MailServer

from .installation import Installation
from .storm import Record

DRAINING_SECONDS = 150
"""A job whose worker was killed is taken up again after half a minute without a sign of life, at the next minute."""
STORED = {
    "challenge": "SELECT title FROM portal_challenge WHERE state = 'published' AND title LIKE 'challenge-%'",
    "search": "SELECT name FROM listings_savedsearch WHERE name LIKE 'search-%'",
    "interest": "SELECT text FROM meetings_message WHERE occasion = 'interest' AND text LIKE 'interest-%'",
    "message": "SELECT text FROM meetings_message WHERE occasion = '' AND text LIKE 'message-%'",
}
WAITING = {
    "jobs": "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND"
    " (scheduled_at IS NULL OR scheduled_at < now())",
    "mails": "SELECT count(*) FROM foundation_outgoingmail WHERE sent IS NULL AND claimed IS NULL AND due < now()",
}
NEVER = {
    "work was given up": "SELECT task_name FROM procrastinate_jobs WHERE status IN ('failed', 'aborted') AND"
    " task_name NOT IN ('foundation.send_delayed_mail', 'foundation.write_digests', 'foundation.take_up_stalled',"
    " 'listings.fold', 'listings.sink_stale')",  # which come again within minutes or the hour
    "a dialogue began without its first message": "SELECT id FROM meetings_meeting m WHERE NOT EXISTS"
    " (SELECT FROM meetings_message WHERE meeting_id = m.id)",
    "a dialogue began and nobody was told": "SELECT id FROM meetings_meeting m WHERE NOT EXISTS (SELECT FROM"
    " foundation_notice WHERE kind = 'meetings.asked' AND path = '/min/dialoger/' || m.id || '/')",
    "somebody was told twice of one dialogue": "SELECT path FROM foundation_notice WHERE kind = 'meetings.asked'"
    " GROUP BY recipient_id, path HAVING count(*) > 1",
    "a notice that is mailed at once has no mail": "SELECT id FROM foundation_notice WHERE mail_id IS NULL AND NOT"
    " mail_due AND kind = 'meetings.asked'",
    "a challenge was published without a trace in its log": "SELECT id FROM portal_challenge c WHERE state ="
    " 'published' AND NOT EXISTS (SELECT FROM foundation_step WHERE subject_id = c.id AND target = 'published')",
    "a message has no history": "SELECT id FROM meetings_message m WHERE NOT EXISTS"
    " (SELECT FROM meetings_messageevent WHERE pgh_obj_id = m.id)",
}


def wait_until_drained(installation: Installation) -> list[str]:
    """Wait until no job and no mail waits; returns what still does after a long time."""
    ending = time.monotonic() + DRAINING_SECONDS
    while True:
        with installation.database.connect() as connection:
            waiting = {name: _rows(connection, query)[0] for name, query in WAITING.items()}
        if not any(waiting.values()):
            return []
        if time.monotonic() > ending:
            return [f"{count} {name} still wait" for name, count in waiting.items() if count]
        time.sleep(1)


def judge(installation: Installation, record: Record, mailbox: MailServer) -> list[str]:
    """All that is wrong; empty after a storm that was survived."""
    faults = [*record.faults, *wait_until_drained(installation)]
    with installation.database.connect() as connection:
        faults += _marks(connection, record)
        faults += [f"{wrong}: {rows[:5]}" for wrong, query in NEVER.items() if (rows := _rows(connection, query))]
        faults += _files(installation, connection)
        faults += _mail(connection, mailbox)
    index = installation.command("index", "check")
    if index.returncode:
        faults.append(f"the index is not what the data say: {index.stdout}{index.stderr}")
    return faults


def _rows(connection: psycopg.Connection, query: str) -> list[Any]:
    return [row[0] for row in connection.execute(query).fetchall()]  # type: ignore[call-overload]


def _marks(connection: psycopg.Connection, record: Record) -> Iterator[str]:
    """Everything acknowledged is there; nothing is there twice, nor what nobody asked for."""
    for kind, query in STORED.items():
        stored = Counter(_rows(connection, query))
        acknowledged = record.acknowledged.get(kind, [])
        yield from _say(f"acknowledged {kind} lost", set(acknowledged) - stored.keys())
        yield from _say(f"{kind} kept twice", (mark for mark, count in stored.items() if count > 1))
        yield from _say(f"{kind} that nobody asked for", stored.keys() - set(record.asked.get(kind, [])))
        if not acknowledged:
            yield f"no {kind} was acknowledged, so nothing is shown"


def _files(installation: Installation, connection: psycopg.Connection) -> Iterator[str]:
    """Every file that the database knows lies on disk whole, and belongs to a message that is there."""
    kept = connection.execute(
        "SELECT content, sha256, subject_id FROM foundation_storedfile WHERE removed IS NULL"
    ).fetchall()
    messages = set(_rows(connection, "SELECT id FROM meetings_message"))
    for content, sha256, message in kept:
        path = installation.data / "files" / content
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            yield f"the file {content} is missing or torn"
        if message not in messages:
            yield f"the file {content} belongs to nothing"
    if not kept:
        yield "no file was kept, so nothing is shown"


def _mail(connection: psycopg.Connection, mailbox: MailServer) -> Iterator[str]:
    """No mail was handed over twice; what is noted as sent was handed over; what is unknown can be looked up."""
    delivered = Counter(str(message["Message-ID"]) for message in mailbox.messages)
    yield from _say("mail sent twice", (identity for identity, count in delivered.items() if count > 1))
    sent = len(_rows(connection, "SELECT id FROM foundation_outgoingmail WHERE sent IS NOT NULL"))
    unknown = len(
        _rows(connection, "SELECT id FROM foundation_outgoingmail WHERE sent IS NULL AND claimed IS NOT NULL")
    )
    if not sent <= len(delivered) <= sent + unknown:
        yield f"{len(delivered)} mails arrived, but {sent} are noted as sent and {unknown} as unknown"


def _say(wrong: str, which: Iterable[str]) -> Iterator[str]:
    if found := sorted(which):
        yield f"{wrong}: {len(found)}, for instance {found[:3]}"
