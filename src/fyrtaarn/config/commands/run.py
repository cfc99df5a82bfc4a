"""fyrtaarn run: everything on one machine, until Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click

from fyrtaarn.config.environment import Environment, read_environment

STOP_SECONDS = 15


@click.command()
def command() -> None:
    """Set up everything and serve, with a worker, until Ctrl-C."""
    for ending in (signal.SIGINT, signal.SIGTERM):  # also where a shell started us with SIGINT ignored
        signal.signal(ending, raise_interrupt)
    environment = read_environment()
    step("Starting the database" if not environment.database_url else "Connecting to the database")
    from . import setup_django

    setup_django()
    from .migrate import prepare_database

    step("Bringing the database up to date")
    prepare_database(verbosity=0)
    lay_out_assets()
    if not environment.production:
        load_demo_once()
    step("Starting the web server and the worker")
    processes = [start("web")]
    try:
        wait_until_served(environment, processes)
        processes.append(start("worker"))  # after the web server, so that the first page does not wait for it
        click.echo(f"\nFyrtårn is open at http://{environment.host}:{environment.port}  (Ctrl-C stops it)\n")
        watch(processes)
    except KeyboardInterrupt:
        click.echo("\nStopping …")
    finally:
        stop(processes)


def step(text: str) -> None:
    click.echo(f"{text} …")


def lay_out_assets() -> None:
    """Copy style, scripts and pictures to where they are served from, unless they lie there unchanged."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = (Path(storage.path(path)) for finder in get_finders() for path, storage in finder.list([]))
    state = "".join(sorted(f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}\n" for path in found))
    laid_out = settings.STATIC_ROOT / "laid-out.txt"
    if laid_out.exists() and laid_out.read_text("utf-8") == state:
        return
    step("Laying out style and pictures")
    call_command("collectstatic", verbosity=0, interactive=False)
    laid_out.write_text(state, "utf-8")


def load_demo_once() -> None:
    """Load the demo content the first time."""
    from fyrtaarn.demo.loading import is_loaded, load

    if not is_loaded():
        step("Loading the demo content (less than a minute, only the first time)")
        load(lambda line: click.echo(f"  {line}"))


def start(name: str) -> subprocess.Popen[bytes]:
    """Start one part in a process group of its own, so that Ctrl-C reaches only this process."""
    return subprocess.Popen([sys.executable, "-m", "fyrtaarn.config.cli", name], start_new_session=True)  # noqa: S603


def raise_interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def wait_until_served(environment: Environment, processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Wait for the first answer; ends with an error if a part has ended before."""
    alive = f"http://{environment.host}:{environment.port}/livez"
    while all(process.poll() is None for process in processes):
        with suppress(URLError, ConnectionError, TimeoutError):
            urlopen(alive, timeout=5).close()
            return
        time.sleep(0.1)
    raise click.ClickException("The web server or the worker could not start; the lines above say why.")


def watch(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Return only by an exception: Ctrl-C, or a part that ended by itself."""
    while all(process.poll() is None for process in processes):
        time.sleep(0.5)
    raise click.ClickException("The web server or the worker has ended by itself; the lines above say why.")


def stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask the parts to end, and make them if they do not; a second Ctrl-C meanwhile changes nothing."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_IGN)
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    for process in processes:
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
