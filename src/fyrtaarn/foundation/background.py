"""Background work that a fault outside (a database or register that is gone for a while) must not end for good."""

import asyncio
from typing import Any

import psycopg
import structlog
from procrastinate import App, JobContext, RetryStrategy
from procrastinate.exceptions import ConnectorException
from procrastinate.worker import Worker

AGAIN = RetryStrategy(max_attempts=12, exponential_wait=2)
"""Pauses of 4 s, 8 s … to two hours, four and a half hours in all. Work that comes again within minutes needs none."""
PAUSE = 2.0
"""Seconds between two attempts while the database does not answer, and between two looks for work."""


class PatientWorker(Worker):
    """A worker that notes the end of a job even if the database is gone at that moment.

    procrastinate's own gives up and lives on, so that the job counts as being done for as long as the worker lives.
    """

    ended_by_itself = False

    def __init__(self, app: App) -> None:
        super().__init__(app, delete_jobs="successful", fetch_job_polling_interval=PAUSE)

    async def run(self) -> None:
        """Work until told to end. Raises ConnectorException when the database is gone."""
        await super().run()  # type: ignore[no-untyped-call]
        if self.ended_by_itself:
            raise ConnectorException("what the worker does beside its jobs has failed")

    async def _process_job(self, context: JobContext) -> None:
        with structlog.contextvars.bound_contextvars(job=context.job.id):  # in every line that the job logs
            await super()._process_job(context)

    async def _persist_job_status(self, *words: Any, **given: Any) -> None:
        while True:
            try:
                await super()._persist_job_status(*words, **given)
                return
            except ConnectorException as fault:
                if not isinstance(fault.__cause__, psycopg.OperationalError):
                    raise
                await asyncio.sleep(PAUSE)

    async def _monitor_side_tasks(self, side_tasks: list[asyncio.Task[Any]]) -> None:
        await super()._monitor_side_tasks(side_tasks)  # it stops the worker when one of them has failed
        self.ended_by_itself = self._stop_event.is_set()
