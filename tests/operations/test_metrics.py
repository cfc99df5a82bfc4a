"""Figures for Prometheus: only for who knows the token, right over several web processes, true to the database."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import OutgoingMail
from tests.harness.processes import free_port, own_database_url

TOKEN = "et meget langt ord til maskiner"


def figures(text: str) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def asked(client: Client, settings: Any) -> Any:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, metrics_token=TOKEN)
    return lambda: figures(client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode())


@pytest.mark.django_db
def test_only_who_knows_the_token_reads_them(client: Client, settings: Any) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, metrics_token=TOKEN)
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}x"}).status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer æ"}).status_code == 401
    assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


@pytest.mark.django_db
def test_they_count_requests_by_page_and_status(asked: Any, client: Client) -> None:
    page = ("fyrtaarn_requests_total", "GET", "site:about", "200")
    before = asked().get(page, 0)
    client.get("/om/")
    client.get("/om/")
    assert asked()[page] == before + 2
    assert asked()["fyrtaarn_request_seconds_count", "GET", "site:about"] >= 2


@pytest.mark.django_db
def test_they_say_how_the_queue_and_the_mail_stand(asked: Any) -> None:
    from procrastinate.contrib.django import app

    before = asked()
    app.configure_task("foundation.send_mail").defer()
    OutgoingMail.objects.create(key="venter", recipient="a@example.dk", subject="Hej", text="Hej")
    lost = clock.now() - timedelta(hours=1)
    OutgoingMail.objects.create(key="tabt", recipient="a@example.dk", subject="Hej", text="Hej", claimed=lost)
    after = asked()
    for name in (("fyrtaarn_jobs", "todo"), ("fyrtaarn_mail_waiting",), ("fyrtaarn_mail_undelivered",)):
        assert after[name] == before[name] + 1, name
    assert after["fyrtaarn_oldest_due_job_seconds",] >= 0
    assert {("fyrtaarn_index_uncounted",), ("fyrtaarn_index_outdated",), ("fyrtaarn_workers",)} <= after.keys()


@pytest.fixture
def server(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """Three real web processes on the tests' server; returns their address."""
    port = free_port()
    environment = os.environ | {
        "FYRTAARN_DATABASE_URL": own_database_url(),
        "FYRTAARN_PORT": str(port),
        "FYRTAARN_WEB_PROCESSES": "3",
        "FYRTAARN_METRICS_TOKEN": TOKEN,
        "FYRTAARN_DATA_DIR": str(tmp_path),
    }
    log = (tmp_path / "log").open("w+")
    process = subprocess.Popen(
        [sys.executable, "-m", "fyrtaarn.config.cli", "web"], env=environment, stderr=log, start_new_session=True
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            if process.poll() is None and status_of(f"{address}/livez") == 200:
                break
            time.sleep(0.2)
        else:
            pytest.fail((tmp_path / "log").read_text())
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def status_of(address: str, method: str = "GET") -> int:
    try:
        return int(urlopen(Request(address, method=method), timeout=5).status)
    except OSError:
        return 0


def test_several_web_processes_answer_as_one(server: str) -> None:
    asked = 40
    for _ in range(asked):
        assert status_of(f"{server}/livez", "HEAD") == 200
    counted = set()
    for _ in range(6):
        request = Request(f"{server}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        text = urlopen(request, timeout=10).read().decode()
        counted.add(figures(text)["fyrtaarn_requests_total", "HEAD", "livez", "200"])
        assert not re.search(r"pid=", text)
    assert counted == {asked}
