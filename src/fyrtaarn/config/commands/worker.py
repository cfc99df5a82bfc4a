"""fyrtaarn worker: do the background work."""

import asyncio
import time

import click
import structlog

from fyrtaarn.config.database import Login
from fyrtaarn.config.logins import refuse_powerful_login

from . import setup_django

log = structlog.get_logger(__name__)


@click.command()
def command() -> None:
    """Do the background work (mail, reminders, saved searches) until Ctrl-C; a database that is gone is waited for."""
    setup_django(Login.WORKER)
    refuse_powerful_login()
    from procrastinate.exceptions import ConnectorException

    from fyrtaarn.foundation.background import PAUSE

    while True:
        try:
            asyncio.run(work())
        except ConnectorException as fault:
            log.warning("the worker lost the database and tries again", fault=str(fault))
            time.sleep(PAUSE)
        else:
            return


async def work() -> None:
    """Work until told to end. Raises ConnectorException when the database is gone."""
    from procrastinate.contrib.django import app

    from fyrtaarn.foundation.background import PatientWorker

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as worker_app:
        async with worker_app.open_async():
            worker_app.perform_import_paths()  # type: ignore[no-untyped-call]
            await PatientWorker(worker_app).run()
