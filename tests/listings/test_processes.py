"""The index among real processes: several web nodes, a worker, a rebuild beside them, and processes that are killed."""

import os
import pty
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import Random
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from fyrtaarn.config.environment import DATABASE_URLS
from fyrtaarn.listings.actions import publish
from fyrtaarn.listings.folding import fold
from fyrtaarn.listings.models import SavedSearchHit, Unfolded
from fyrtaarn.listings.saved import save_search
from fyrtaarn.listings.search import Scope, reading, search
from fyrtaarn.organisations.models import Organisation
from tests.harness.database import address_of_this_test
from tests.harness.people import make_organisation, make_user
from tests.listings.samples import found, listed
from tests.listings.test_upkeep import faults

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
SOON = 2.0
"""Seconds within which everybody finds what has been committed."""
EACH = 12
"""Requests at once, so that each process of a node answers some."""


def started(*command: str, **variables: str) -> subprocess.Popen[bytes]:
    """A process of the product on this test's database."""
    return subprocess.Popen(
        [sys.executable, *command],
        env={**os.environ, **dict.fromkeys(DATABASE_URLS, address_of_this_test()), **variables},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )


def ended(process: subprocess.Popen[bytes]) -> None:
    """Stop a process with all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()


@pytest.fixture
def nodes(transactional_db: None) -> Iterator[list[str]]:
    """The addresses of two `fyrtaarn web`, each with two processes, that have answered a question; a worker beside."""
    processes, addresses = [], []
    for _ in range(2):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        web = ("-m", "fyrtaarn.config.cli", "web")
        processes.append(started(*web, FYRTAARN_PORT=str(port), FYRTAARN_WEB_PROCESSES="2"))
        addresses.append(f"http://127.0.0.1:{port}")
    processes.append(started("-m", "fyrtaarn.config.cli", "worker"))
    try:
        for address in addresses:
            while True:
                assert [process.poll() for process in processes] == [None, None, None]
                with suppress(URLError, ConnectionError):
                    asked(address, "cykler")
                    break
                time.sleep(0.2)
        while slowest(addresses) > SOON / 2:  # the words are still being loaded somewhere
            time.sleep(0.2)
        yield addresses
    finally:
        for process in processes:
            ended(process)


def slowest(addresses: list[str]) -> float:
    begun = time.monotonic()
    everywhere(addresses, "cykler")
    return time.monotonic() - begun


def asked(address: str, question: str) -> tuple[str, ...]:
    """The titles that one web process lists."""
    with urlopen(f"{address}/loesninger/?q={quote(question)}", timeout=60) as answer:
        page = answer.read().decode()
    return tuple(re.sub("<[^>]+>", "", title) for title in re.findall(r'href="/loesninger/\d+[^>]*>(.+?)</a>', page))


def everywhere(addresses: list[str], question: str) -> set[tuple[str, ...]]:
    """The different answers of all nodes' processes to one question."""
    with ThreadPoolExecutor(EACH) as pool:
        return set(pool.map(lambda address: asked(address, question), addresses * (EACH // len(addresses))))


def until(true: Callable[[], bool], seconds: float) -> bool:
    """Whether something comes true in so many seconds."""
    last = time.monotonic() + seconds
    while not true():
        if time.monotonic() > last:
            return False
        time.sleep(0.05)
    return True


def pressed(address: str, path: str, user: Any) -> None:
    """Press a button of a page as a person signed in."""
    client = Client()
    client.force_login(user)
    token = "a" * 32
    cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value, "csrftoken": token}
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "X-CSRFToken": token}
    with urlopen(Request(address + path, data=b"", headers=headers), timeout=60) as answer:
        assert answer.status == 200


def test_all_nodes_find_what_was_published_within_two_seconds_and_no_longer_once_it_is_withdrawn(
    nodes: list[str], kolding: Any
) -> None:
    from tests.portal.conftest import make_solution

    owner, reader = make_user("Olga"), make_user("Rikke Læser")
    organisation: Any = make_organisation(kolding, "Huset", owner=owner)
    publish(organisation)
    for number in range(3):
        title, what = f"Cykelværksted {number}", "Vi reparerer cykler med unge. " * (number + 1)
        make_solution(owner, organisation, published=True, title=title, what=what)
    fold()
    before = everywhere(nodes, "cykler")
    assert [len(answer) for answer in before] == [3]
    save_search(reader, name="Xylofoner", question="xylofoner")
    draft = make_solution(owner, organisation, title="Xylofonhuset", what="Vi bygger xylofoner af gamle cykler.")
    first, second = nodes
    for publishing, withdrawing in ((first, second), (second, first)):
        pressed(publishing, reverse("portal:solution-publish", args=[draft.pk]), owner)
        assert until(lambda: everywhere(nodes, "xylofoner") == {("Xylofonhuset",)}, SOON)
        assert len(everywhere(nodes, "gamle cykler")) == len(everywhere(nodes, "cykler")) == 1, "all answer alike"
        assert until(SavedSearchHit.objects.exists, 30), "the worker tells who has saved the question"
        pressed(withdrawing, reverse("portal:solution-withdraw", args=[draft.pk]), owner)
        assert until(lambda: everywhere(nodes, "xylofoner") == {()}, SOON)
        assert everywhere(nodes, "cykler") == before
        fold()
        assert everywhere(nodes, "xylofoner") == {()}
        assert everywhere(nodes, "cykler") == before
    assert SavedSearchHit.objects.count() == 1
    assert faults() == []


def test_the_index_answers_rightly_all_through_a_rebuild_that_shows_its_progress(
    kolding: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "FEW", 0)  # read arrays, as with many listings
    many = 230
    for number in range(many):
        listed(kolding, f"Hus {number:03}", "Vi reparerer cykler." if number < 40 else "Vi bager brød.")
    fold()
    Organisation.objects.filter(name__lt="Hus 040").update(what="Vi reparerer gamle cykler og xylofoner.")
    names = sorted(f"Hus {number:03}" for number in range(40))
    shown, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "fyrtaarn.config.cli", "index", "rebuild"],
        env={**os.environ, **dict.fromkeys(DATABASE_URLS, address_of_this_test())},
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    renewed = [len(found("xylofoner", size=100))]
    while process.poll() is None:
        assert sorted(found("cykler", size=100)) == names
        assert search(Scope()).counts.total == many
        renewed.append(len(found("xylofoner", size=100)))
    assert process.returncode == 0
    progress = read_all(shown)
    assert re.findall(r"(\d+)%", progress)[-1] == "100"
    assert "40 listings renewed." in progress
    assert (renewed[0], renewed[-1] <= 40, renewed) == (0, True, sorted(renewed))
    assert sorted(found("xylofoner", size=100)) == sorted(found("cykler", size=100)) == names
    assert faults() == []


def read_all(terminal: int) -> str:
    """What a process that has ended wrote to a terminal."""
    parts = []
    with suppress(OSError):  # which is how a terminal ends
        while part := os.read(terminal, 4096):
            parts.append(part)
    os.close(terminal)
    return b"".join(parts).decode()


WRITER = """
import os, random, sys
import django; django.setup()
from fyrtaarn.engine.matching import prepare
prepare()
from django.db import transaction
from fyrtaarn.foundation import clock
from fyrtaarn.listings.actions import publish
from fyrtaarn.listings.folding import fold
from fyrtaarn.listings.models import SavedSearch
from fyrtaarn.listings.saved import save_search
from fyrtaarn.listings.weighing import fold_searches, weigh_anew, weigh_new
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

WORDS = ("cykler", "brød", "haver", "unge", "ældre", "værksted", "sang")

def write(seed):
    chance = random.Random(seed)
    organisations = list(Organisation.objects.order_by("pk"))
    reader = User.objects.get(name="Rikke Læser")
    print("ready", flush=True)
    while True:
        what = chance.choice(("write",) * 6 + ("close", "fold", "save", "delete", "weigh", "weigh anew", "fold searches"))
        organisation = chance.choice(organisations)
        if what in ("write", "close"):
            with transaction.atomic():
                organisation.what = " ".join(chance.choices(WORDS, k=4))
                organisation.closed = clock.now() if what == "close" else None
                organisation.save()
                publish(organisation)
        elif what == "save" and reader.saved_searches.count() < 40:
            save_search(reader, name="x", question=" ".join(chance.choices(WORDS, k=2)))
        elif what == "delete":
            SavedSearch.objects.filter(pk__in=SavedSearch.objects.order_by("pk").values("pk")[:1]).delete()
        elif what in ("fold", "weigh", "weigh anew", "fold searches"):
            {"fold": fold, "weigh": weigh_new, "weigh anew": weigh_anew, "fold searches": fold_searches}[what]()

for line in sys.stdin:
    child = os.fork()
    if not child:
        write(int(line))
    print(child, flush=True)
    os.waitpid(child, 0)
"""
KILLS = 24


def test_processes_killed_while_writing_leave_an_index_that_equals_the_data(kolding: Any) -> None:
    make_user("Rikke Læser")
    for number in range(6):
        listed(kolding, f"Hus {number}", "cykler")
    chance = Random(7)
    before = others()  # what earlier tests have left open
    writer = started("-c", WRITER)
    assert writer.stdin
    assert writer.stdout
    open_transactions, states = 0, set()
    try:
        for seed in range(KILLS):
            writer.stdin.write(b"%d\n" % seed)
            writer.stdin.flush()
            lines = {writer.stdout.readline().strip() for _ in range(2)}
            (child,) = lines - {b"ready"}
            time.sleep(chance.uniform(0.01, 0.4))
            os.kill(int(child), signal.SIGSTOP)
            open_transactions += others("AND xact_start IS NOT NULL")
            os.kill(int(child), signal.SIGKILL)
            assert until(lambda: others() <= before, 30), "the database has noticed"
            assert faults() == []
            states.add(tuple(Organisation.objects.order_by("pk").values_list("what", "closed")))
    finally:
        ended(writer)
    assert open_transactions > KILLS // 4, "most were killed in the middle of something"
    assert len(states) > KILLS // 2, "and had written before"
    fold()
    assert not Unfolded.objects.exists()
    assert faults() == []


def others(condition: str = "") -> int:
    """How many other processes are connected to this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            f" AND backend_type = 'client backend' AND pid <> pg_backend_pid() {condition}"
        )
        return int(cursor.fetchone()[0])
