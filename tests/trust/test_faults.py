"""The world around fails, and the real processes go on: disks that are full, and a database that is away."""

import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import psutil
import pytest

from fyrtaarn.config.database import embedded_addresses
from tests.harness.smtp import MailServer

from .installation import ROOT, Installation, Part, free_port
from .judgement import STORED, judge
from .replica import Recovered, base_backup
from .storm import Record, let_work, send_to_work
from .town import owner
from .visitors import OK, Visitor

pytestmark = pytest.mark.timeout(900)  # making the town takes long on a busy machine
KILOBYTE = 1024
ROOM = 300 * KILOBYTE
"""What fits into one file on a disk that is said to be full; the counters of the web server need some."""
AWAY_SECONDS = 12.0
AT_ONCE = 2.0
LONGEST_BEGINNING = 120.0
UNAVAILABLE = 503
NOT_KEPT = "Filen kan ikke blive gemt lige nu"
GONE = "Vi kan ikke nå vores data lige nu"


@pytest.fixture(scope="module")
def town(mailbox: MailServer) -> Iterator[Installation]:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        town = Installation(Path(folder) / "data", mail_port=mailbox.port)
        town.prepare()
        town.keep_up()
        town.wait_until_ready()
        yield town
        town.stop()


@pytest.fixture(scope="module")
def cook(town: Installation) -> Visitor:
    """An enterprise's owner who is signed in."""
    visitor = Visitor(town.address)
    visitor.sign_in(owner(0))
    return visitor


@pytest.fixture(scope="module")
def dialogue(cook: Visitor) -> str:
    challenge = cook.links("/kolding/udfordringer/", r"/kolding/udfordringer/\d+-")[0]
    [opening] = cook.links(challenge, r"/min/dialoger/ny/\?sought=")[:1]
    return cook.send(opening, text="Vi vil gerne være med.")


@contextmanager
def full_disk(part: Part) -> Iterator[None]:
    """The operating system refuses a process and its children every file beyond a small size."""
    family = part.family()
    limit_files(family, ROOM)
    try:
        yield
    finally:
        limit_files(family, resource.RLIM_INFINITY)


def limit_files(family: list[psutil.Process], size: int) -> None:
    for process in family:
        with suppress(psutil.NoSuchProcess):  # one that came only to learn the words has done so and gone
            process.rlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def kept(town: Installation) -> dict[str, Any]:
    """How many messages and files there are, and what lies on disk."""
    with town.database.connect() as connection:
        counts = connection.execute(
            "SELECT (SELECT count(*) FROM meetings_message), (SELECT count(*) FROM foundation_storedfile)"
        ).fetchone()
    files = town.data / "files"
    return {"rows": counts, "files": sorted(path.name for path in files.rglob("*") if path.is_file())}


def test_a_file_that_finds_no_room_is_refused_in_words_and_what_was_written_stays(
    town: Installation, cook: Visitor, dialogue: str
) -> None:
    before = kept(town)
    large = ("referat.txt", b"linje\n" * ROOM)
    with full_disk(town.webs[0]):
        answer = cook.answer_to(dialogue, expected=OK, text="Her er referatet.", upload=large)
        assert NOT_KEPT in answer.text
        assert "Her er referatet." in answer.text
        assert kept(town) == before, "nothing is half kept"
        larger = ("referat.txt", b"linje\n" * 3 * ROOM)  # it is put aside on disk while it comes in
        answer = cook.answer_to(dialogue, expected=UNAVAILABLE, text="Her er referatet.", upload=larger)
        assert GONE in answer.text
        assert int(answer.headers["Retry-After"]) > 0
        assert kept(town) == before
        cook.send(dialogue, text="Så må vi nøjes med ord.")
    cook.send(dialogue, text="Her er referatet.", upload=large)
    assert len(kept(town)["files"]) == len(before["files"]) + 1


def test_a_full_database_is_told_and_nothing_is_half_written(town: Installation, cook: Visitor, dialogue: str) -> None:
    before = kept(town)
    with town.database.connect() as connection:
        connection.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$"
        )
        connection.execute("CREATE TRIGGER full_disk AFTER INSERT ON meetings_reading"
                           " FOR EACH ROW EXECUTE FUNCTION full_disk()")  # fmt: skip
        connection.execute("CREATE TRIGGER full_disk_too AFTER UPDATE ON meetings_reading"
                           " FOR EACH ROW EXECUTE FUNCTION full_disk()")  # fmt: skip
        note = ("note.txt", b"Kort.")
        answer = cook.answer_to(dialogue, expected=UNAVAILABLE, text="Ingen plads.", upload=note)
        connection.execute("DROP FUNCTION full_disk CASCADE")
    assert GONE in answer.text
    assert "gå tilbage" in answer.text, "what she wrote stands in her browser"
    assert kept(town)["rows"] == before["rows"]
    cook.send(dialogue, text="Nu er der plads.", upload=note)


def test_a_log_that_cannot_be_written_stops_no_page(town: Installation) -> None:
    port = free_port()
    settings = {"FYRTAARN_PORT": str(port), "FYRTAARN_LOG_LEVEL": "INFO"}
    part = Part("web-full", town.webs[0].environment | settings, Path("/dev/full"))
    part.ensure()
    try:
        assert wait_for(f"http://127.0.0.1:{port}/kolding/") == 200
        statuses = [httpx.get(f"http://127.0.0.1:{port}/kolding/").status_code for _ in range(5)]
        assert statuses == [200] * 5
    finally:
        part.stop()


def wait_for(address: str) -> int:
    ending = time.monotonic() + 30
    while True:
        try:
            return httpx.get(address, timeout=10).status_code
        except httpx.HTTPError:
            assert time.monotonic() < ending
            time.sleep(0.2)


def test_a_backup_that_finds_no_room_leaves_nothing_behind_and_is_missed(town: Installation, tmp_path: Path) -> None:
    settings = town.environment | {"FYRTAARN_BACKUP_DIR": str(tmp_path), "FYRTAARN_LOG_LEVEL": "WARNING"}

    def command(*words: str, room: int = resource.RLIM_INFINITY) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "fyrtaarn.config.cli", *words],
            env=settings,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        )

    refused = command("backup", room=ROOM)
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert list(tmp_path.iterdir()) == []
    assert f"MEND    There is no backup in {tmp_path}" in command("check").stdout
    made = command("backup")
    assert made.returncode == 0, made.stderr
    assert "MEND    There is no backup" not in command("check").stdout


def test_the_database_goes_back_to_the_moment_between_two_writes(
    town: Installation, cook: Visitor, dialogue: str, tmp_path: Path
) -> None:
    """As docs/operators/recovery.md tells it."""
    archive = town.data.parent / "wal"
    archive.mkdir()
    archive.chmod(0o777)
    with town.database.connect() as connection:
        connection.execute("ALTER SYSTEM SET archive_mode = on")
        connection.execute(f"ALTER SYSTEM SET archive_command = 'test ! -f {archive}/%f && cp %p {archive}/%f.part"
                           f" && mv {archive}/%f.part {archive}/%f'")  # fmt: skip
    town.database.go_away()
    town.database.ensure()
    base_backup(town.database, folder := town.data.parent / "base" / "postgres")
    with town.database.connect() as connection:
        connection.execute(
            "INSERT INTO foundation_outgoingmail (key, recipient, subject, text, created, due, attempts, last_error)"
            " VALUES ('waits', 'anna@example.dk', 'Hej', '', now(), now() + interval '1 hour', 0, '')"
        )
        cook.send(dialogue, text="Før uheldet.")
        time.sleep(1)
        [(moment,)] = connection.execute("SELECT clock_timestamp()::text").fetchall()
        time.sleep(1)
        cook.send(dialogue, text="Efter uheldet.")
        [(segment,)] = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchall()
        connection.execute("DELETE FROM foundation_outgoingmail WHERE key = 'waits'")
    wait_for_file(archive / segment)
    recovered = Recovered(town.database, folder, archive, moment)
    try:
        with recovered.connect() as connection:
            rows = connection.execute("SELECT text FROM meetings_message WHERE text LIKE '%uheldet.'").fetchall()
        assert rows == [("Før uheldet.",)]
        told = town.command("recovered", FYRTAARN_BACKUP_DIR=str(tmp_path), **embedded_addresses(recovered.url))
        assert told.returncode == 0, told.stderr
        assert "1 mails that waited are held back" in told.stdout
    finally:
        recovered.stop()


def wait_for_file(path: Path) -> None:
    ending = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < ending
        time.sleep(0.1)


def threads_of(part: Part) -> int:
    return sum(process.num_threads() for process in part.family())


def connections_of(town: Installation, login: str) -> int:
    with town.database.connect() as connection:
        row = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE usename = %s", [login]).fetchone()
    assert row
    return int(row[0])


def let_all_kinds_happen(record: Record) -> None:
    """Until something of each kind is acknowledged, or a while has passed."""
    ending = time.monotonic() + LONGEST_BEGINNING
    while record.acknowledged.keys() < STORED.keys() and time.monotonic() < ending:
        time.sleep(0.1)


def test_a_database_that_is_away_under_load_is_told_and_everything_is_done_afterwards(
    town: Installation, mailbox: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("WARNING", "httpx")
    record, stop = Record(), threading.Event()
    people = send_to_work(town.address, record, stop, seed=3)
    let_all_kinds_happen(record)
    threads = threads_of(town.webs[0])
    began = time.monotonic()
    town.database.go_away()
    time.sleep(AWAY_SECONDS / 2)
    asked = time.monotonic()
    page = httpx.get(f"{town.address}/kolding/udfordringer/", timeout=30)
    assert time.monotonic() - asked < AT_ONCE, "once it is known to be away, nobody waits"
    assert page.status_code == UNAVAILABLE
    assert GONE in page.text
    assert int(page.headers["Retry-After"]) > 0
    assert httpx.get(f"{town.address}/livez", timeout=AT_ONCE).status_code == 200
    assert httpx.get(f"{town.address}/readyz", timeout=AT_ONCE).status_code == UNAVAILABLE
    time.sleep(max(0.0, began + AWAY_SECONDS - time.monotonic()))
    town.database.ensure()
    record.kills.append(("database", began, time.monotonic()))
    town.wait_until_ready()
    let_work(record, 10)
    stop.set()
    for person in people:
        person.join(60)
    assert "\n".join(record.failed_without_cause()) == ""
    assert threads_of(town.webs[0]) <= threads
    assert connections_of(town, "fyrtaarn_web") <= threads
    assert [part.starts for part in (*town.webs, *town.workers)] == [1, 1], "nobody had to start them anew"
    assert judge(town, record, mailbox) == [], town.logs()
