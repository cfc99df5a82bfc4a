"""Two web servers, two workers, a primary and its replica behind a balancer: any of them may go."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from fyrtaarn.config.database import embedded_addresses
from tests.harness.smtp import MailServer

from .installation import ROOT, Installation, free_port
from .judgement import judge
from .replica import Replica
from .storm import Record, let_work, send_to_work

COUNTED = 60.0
"""Seconds within which the server has counted; it may wait until its sessions have been idle for ten."""
ACTS = 25
"""How many acts are acknowledged between two events."""


@dataclass
class Nodes:
    """The installation, what follows its primary, the balancer's address, and where the drained web server is named."""

    installation: Installation
    replica: Replica
    address: str
    drained: Path


@pytest.fixture
def nodes(mailbox: MailServer) -> Iterator[Nodes]:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        town = Installation(Path(folder) / "data", mail_port=mailbox.port, webs=2, workers=2)
        town.prepare()
        replica = Replica(town.database, Path(folder) / "copy" / "postgres")
        town.connect_to(
            replica.writable_url(), FYRTAARN_REPLICA_URL=embedded_addresses(replica.url)["FYRTAARN_DATABASE_URL"]
        )
        town.keep_up()
        town.wait_until_ready()
        port, drained = free_port(), Path(folder) / "drained"
        drained.write_text("")
        words = [str(word) for word in (drained, port, *town.ports)]
        balancer = subprocess.Popen([sys.executable, "-m", "tests.trust.balancer", *words], cwd=ROOT)
        wait_until_open(port)
        yield Nodes(town, replica, f"http://127.0.0.1:{port}", drained)
        balancer.kill()
        balancer.wait()
        town.stop()
        replica.stop()


def wait_until_open(port: int) -> None:
    for _attempt in range(200):
        with suppress(ConnectionError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    pytest.fail("the balancer does not answer")


def statements_on(replica: Replica) -> int:
    """How many transactions the replica has ended."""
    with replica.connect() as connection:
        row = connection.execute("SELECT sum(xact_rollback + xact_commit) FROM pg_stat_database").fetchone()
    assert row
    return int(row[0])


@pytest.mark.timeout(900)
def test_every_node_may_go_while_people_work(
    nodes: Nodes, mailbox: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    town, replica = nodes.installation, nodes.replica
    visitors_read_from_the_replica(nodes)
    record, stop = Record(), threading.Event()
    people = send_to_work(nodes.address, record, stop, seed=1)
    let_work(record, ACTS)
    for part in (town.webs[0], town.workers[0], town.webs[1], town.workers[1]):
        record.kill(part)
        let_work(record, ACTS)
        part.ensure()
        town.wait_until_ready()
    for port, web in zip(town.ports, town.webs, strict=True):  # a rolling restart, as for an upgrade
        nodes.drained.write_text(str(port))
        let_work(record, ACTS)
        web.stop()
        web.ensure()
        town.wait_until_ready()
        nodes.drained.write_text("")
    record.kill(town.database)
    replica.promote()
    let_work(record, ACTS)
    stop.set()
    for person in people:
        person.join(60)
    town.database = replica
    with capsys.disabled():
        faults = judge(town, record, mailbox)
        print(f"\n{record.summary()}; requests that failed, all in flight at a kill: {len(record.failed)}")
    assert "\n".join(record.failed_without_cause()) == ""
    assert faults == [], town.logs()


def visitors_read_from_the_replica(nodes: Nodes) -> None:
    before = statements_on(nodes.replica)
    for _ in range(20):
        assert httpx.get(f"{nodes.address}/kolding/udfordringer/", timeout=20).status_code == 200
    ending = time.monotonic() + COUNTED
    while statements_on(nodes.replica) - before < 20:
        assert time.monotonic() < ending, "the pages were read elsewhere"
        time.sleep(0.5)
