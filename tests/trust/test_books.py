"""The database is killed while eight post at once: no entry that was acknowledged is lost, none is there twice.

The numbers of entries and kills can be set from outside: `make trust` posts 200,000 and kills 300 times.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import psycopg
import pytest

from fyrtaarn.ledger.proving import SEARCHES

from .installation import ROOT, Installation

ENTRIES = int(os.environ.get("FYRTAARN_TEST_ENTRIES", "400"))
KILLS = int(os.environ.get("FYRTAARN_TEST_KILLS", "3"))
SEED = int(os.environ.get("FYRTAARN_TEST_SEED", "1"))


@pytest.fixture
def installation() -> Iterator[Installation]:
    """A database with books, in a folder that its own user may reach."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        town = Installation(Path(folder) / "data", mail_port=9)
        migrated = town.command("migrate")
        assert migrated.returncode == 0, migrated.stderr
        prepared = town._run("tests.trust.posting", "prepare")
        assert prepared.returncode == 0, prepared.stderr
        yield town
        town.database.stop()


@pytest.mark.timeout(600 + ENTRIES // 10 + 30 * KILLS)
def test_no_acknowledged_entry_is_lost_or_doubled(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    moments = sorted(Random(SEED).sample(range(1, ENTRIES * 9 // 10), KILLS))  # by how many have been acknowledged
    posting = subprocess.Popen(
        [sys.executable, "-m", "tests.trust.posting", str(ENTRIES), str(SEED)],
        env=installation.environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert posting.stdout is not None
    acknowledged: list[str] = []
    reading = threading.Thread(target=lambda: [acknowledged.append(line.strip()) for line in posting.stdout or ()])
    reading.start()
    kills, began = 0, time.monotonic()
    for moment in moments:
        while posting.poll() is None and len(acknowledged) < moment:
            time.sleep(0.01)
        if posting.poll() is None:
            installation.database.kill()
            kills += 1
        installation.database.ensure()
    posting.wait()
    reading.join(60)
    with capsys.disabled():
        minutes = (time.monotonic() - began) / 60
        print(f"\n{len(acknowledged)} entries acknowledged, {kills} kills of the database, {minutes:.1f} minutes")
    with psycopg.connect(installation.database.url) as books:
        kept = [str(key) for (key,) in books.execute("SELECT key FROM ledger_entry")]
        faults = [fault for search in SEARCHES for (fault,) in books.execute(search)]  # type: ignore[call-overload]
    assert faults == []
    assert set(acknowledged) <= set(kept)
    assert posting.returncode == 0
    assert kills > 0
    assert len(acknowledged) == ENTRIES
    assert sorted(kept) == sorted(acknowledged)
