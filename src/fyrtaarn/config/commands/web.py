"""fyrtaarn web: serve the pages."""

import os
from tempfile import TemporaryDirectory

import click

from . import setup_django


@click.command()
def command() -> None:
    """Serve the pages at FYRTAARN_HOST:FYRTAARN_PORT until Ctrl-C."""
    with TemporaryDirectory(prefix="fyrtaarn-counts-") as counts:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts  # its processes count into one folder (operations/metrics.py)
        setup_django()
        serve()


def serve() -> None:
    from django.conf import settings
    from granian.constants import Interfaces
    from granian.server import Server

    environment = settings.ENVIRONMENT
    Server(
        "fyrtaarn.config.wsgi:application",
        address=environment.host,
        port=environment.port,
        interface=Interfaces.WSGI,
        workers=environment.web_processes,
        blocking_threads=8,
        respawn_failed_workers=True,
        log_enabled=False,
    ).serve()
