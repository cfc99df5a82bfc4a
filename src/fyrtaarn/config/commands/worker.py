"""fyrtaarn worker: do the background work."""

import time

import click
import structlog

from fyrtaarn.config.database import Login
from fyrtaarn.config.logins import refuse_powerful_login

from . import setup_django

PAUSE = 2.0
"""Seconds between two attempts while the database does not answer, and between two looks for work."""
log = structlog.get_logger(__name__)


@click.command()
def command() -> None:
    """Do the background work (mail, reminders, saved searches) until Ctrl-C; a database that is gone is waited for."""
    setup_django(Login.WORKER)
    refuse_powerful_login()
    from procrastinate.exceptions import ConnectorException

    while True:
        try:
            work()
        except ConnectorException as fault:
            log.warning("the worker lost the database and tries again", fault=str(fault))
            time.sleep(PAUSE)
        else:
            return


def work() -> None:
    """Work until told to end. Raises ConnectorException when the database is gone."""
    from procrastinate.contrib.django import app

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as worker_app:
        worker_app.run_worker(delete_jobs="successful", fetch_job_polling_interval=PAUSE)
