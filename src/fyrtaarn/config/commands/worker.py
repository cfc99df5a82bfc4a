"""fyrtaarn worker: do the background work."""

import click

from . import setup_django


@click.command()
def command() -> None:
    """Do the background work (mail, reminders, saved searches) until Ctrl-C."""
    setup_django()
    from procrastinate.contrib.django import app

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as worker_app:
        worker_app.run_worker(delete_jobs="successful", fetch_job_polling_interval=2.0)
