"""The worker outlives a database that is gone for a moment, and forgets no job."""

import asyncio
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Timer
from typing import Any, TypeVar

import psycopg
import pytest
import structlog
from django.conf import settings
from django.db import connection
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException

from fyrtaarn.foundation.background import PatientWorker

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")
ENOUGH = 30.0
"""Seconds within which everything has happened, on a busy machine too."""


def apart(work: Coroutine[Any, Any, T]) -> T:
    """Run it in a thread of its own, for a browser of an earlier test may have left its loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@pytest.fixture
def address() -> str:
    """Where the test's database is, for connections of one's own."""
    given = settings.DATABASES["default"]
    return psycopg.conninfo.make_conninfo(
        dbname=given["NAME"], user=given["USER"], password=given["PASSWORD"], host=given["HOST"], port=given["PORT"]
    )


@pytest.fixture
def owner(address: str) -> Iterator[psycopg.Connection]:
    """Beside the test's database, so that she may close it."""
    with psycopg.connect(address, dbname="postgres", autocommit=True) as connection:
        yield connection


def close(database: str, owner: psycopg.Connection) -> None:
    """Let nobody in, and send away who is there."""
    owner.execute(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS false')
    owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database])


def reopen(database: str, owner: psycopg.Connection) -> None:
    owner.execute(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS true')


def test_a_job_is_noted_as_done_although_the_database_was_gone_when_it_ended(
    address: str, owner: psycopg.Connection
) -> None:
    app = App(connector=PsycopgConnector(conninfo=address, timeout=1))
    database = settings.DATABASES["default"]["NAME"]

    @app.task(name="trial")
    def lose_the_database() -> None:
        close(database, owner)
        Timer(3, reopen, [database, owner]).start()

    async def work() -> int:
        async with app.open_async():
            await lose_the_database.defer_async()
            worker = PatientWorker(app)
            running = asyncio.create_task(worker.run())
            ending = time.monotonic() + ENOUGH
            while (left := await jobs_left(app)) and time.monotonic() < ending:
                await asyncio.sleep(0.1)
            worker.stop()
            await asyncio.gather(running, return_exceptions=True)
            return left

    connection.close()  # the database shuts on everybody
    assert apart(work()) == 0


def test_every_line_that_a_job_logs_has_its_number(address: str) -> None:
    app = App(connector=PsycopgConnector(conninfo=address))
    bound: list[object] = []

    @app.task(name="trial")
    def look() -> None:
        bound.append(structlog.contextvars.get_contextvars()["job"])

    async def work() -> int:
        async with app.open_async():
            number = await look.defer_async()
            worker = PatientWorker(app)
            running = asyncio.create_task(worker.run())
            ending = time.monotonic() + ENOUGH
            while await jobs_left(app) and time.monotonic() < ending:
                await asyncio.sleep(0.1)
            worker.stop()
            await asyncio.gather(running, return_exceptions=True)
            return number

    assert [apart(work())] == bound


def test_a_worker_whose_side_work_has_failed_does_not_end_as_if_it_had_been_told_to(address: str) -> None:
    app = App(connector=PsycopgConnector(conninfo=address))

    @app.periodic(cron="0 0 1 1 *")
    @app.task(name="something that comes again")
    def never_now(timestamp: int) -> None: ...

    async def work() -> None:
        async with app.open_async():
            worker = PatientWorker(app)
            worker.update_heartbeat_interval = 0.1
            await asyncio.wait_for(worker.run(), ENOUGH)

    rename("procrastinate_update_heartbeat_v1", "no_heartbeat")
    try:
        with pytest.raises(ConnectorException, match="beside its jobs"):
            apart(work())
    finally:
        rename("no_heartbeat", "procrastinate_update_heartbeat_v1")


def rename(function: str, other: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER FUNCTION {function}(bigint) RENAME TO {other}")


async def jobs_left(app: App) -> int:
    """How many trials are not done; while nobody can tell, one."""
    try:
        row = await app.connector.execute_query_one_async(
            "SELECT count(*) AS left FROM procrastinate_jobs WHERE task_name = 'trial'"
        )
    except ConnectorException:
        return 1
    return int(row["left"])
