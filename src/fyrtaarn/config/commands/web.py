"""fyrtaarn web: serve the pages."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from socket import gethostname

import click

from fyrtaarn.config.database import Login
from fyrtaarn.config.environment import Environment, read_environment
from fyrtaarn.config.logins import refuse_powerful_login

from . import setup_django


@click.command()
def command() -> None:
    """Serve the pages at FYRTAARN_HOST:FYRTAARN_PORT until Ctrl-C."""
    with folder_for_counts(read_environment()) as counts:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(counts)
        setup_django(Login.WEB)
        refuse_powerful_login()
        serve()


@contextmanager
def folder_for_counts(environment: Environment) -> Iterator[Path]:
    """An empty folder into which the web processes count together (operations/metrics.py), while they run.

    It lies with the data, for a machine tidies its own folder for such things while the processes still run.
    """
    counts = environment.data_dir / f"counts-{gethostname()}-{environment.port}"
    rmtree(counts, ignore_errors=True)  # of one that was killed
    counts.mkdir(parents=True)
    try:
        yield counts
    finally:
        rmtree(counts, ignore_errors=True)


def serve(application: str = "fyrtaarn.config.wsgi:application") -> None:
    """Serve a WSGI application, named by its module, with the web processes that the settings ask for."""
    from django.conf import settings
    from granian.constants import Interfaces
    from granian.server import Server

    read_code()
    environment = settings.ENVIRONMENT
    Server(
        application,
        address=environment.host,
        port=environment.port,
        interface=Interfaces.WSGI,
        workers=environment.web_processes,
        blocking_threads=8,
        respawn_failed_workers=True,
        log_enabled=False,
    ).serve()


def read_code() -> None:
    """Load all pages before the web processes fork, so that these share the memory of the code.

    Frozen, the garbage collector does not write into it, which would give each process a copy of its own.
    """
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - reading imports the views
    gc.collect()
    gc.freeze()
