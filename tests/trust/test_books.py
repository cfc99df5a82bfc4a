"""The database is killed while eight post at once: no entry that was acknowledged is lost, none is there twice.

The number of entries can be set from outside: `make trust` posts 200,000.
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
SEED = int(os.environ.get("FYRTAARN_TEST_SEED", "1"))
BETWEEN_KILLS = (0.2, 3.0)
"""Seconds."""


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


@pytest.mark.timeout(600 + ENTRIES // 20)
def test_no_acknowledged_entry_is_lost_or_doubled(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, kills = Random(SEED), 0
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
    while posting.poll() is None and not acknowledged:  # what is killed is work, not the beginning
        time.sleep(0.1)
    while posting.poll() is None:
        time.sleep(chance.uniform(*BETWEEN_KILLS))
        if posting.poll() is None:
            installation.database.kill()
            kills += 1
        installation.database.ensure()
    reading.join(60)
    with capsys.disabled():
        print(f"\n{len(acknowledged)} entries acknowledged, {kills} kills of the database")
    with psycopg.connect(installation.database.url) as books:
        kept = [str(key) for (key,) in books.execute("SELECT key FROM ledger_entry")]
        faults = [fault for search in SEARCHES for (fault,) in books.execute(search)]  # type: ignore[call-overload]
    assert posting.returncode == 0
    assert kills > 0
    assert len(acknowledged) == ENTRIES
    assert sorted(kept) == sorted(acknowledged)
    assert faults == []
