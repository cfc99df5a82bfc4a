"""fyrtaarn run: all parts as real processes, started and stopped as a person does."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen

import psycopg
import pytest

from fyrtaarn.config.database import start_embedded

pytestmark = pytest.mark.timeout(240)
OPEN = "Fyrtårn is open"


@pytest.fixture
def data() -> Iterator[Path]:
    """A folder that the database's own user may reach, unlike pytest's."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "data"


@pytest.fixture
def environment(data: Path) -> dict[str, str]:
    """Settings of an installation of its own, in production mode so that no demo content is loaded."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("FYRTAARN_", "DJANGO_"))}
    return inherited | {
        "FYRTAARN_MODE": "production",
        "FYRTAARN_SECRET_KEY": "en-lang-noegle-kun-til-denne-proeve-0123456789-abcdefghijkl",
        "FYRTAARN_PUBLIC_URL": "https://localhost",
        "FYRTAARN_MAIL_URL": "smtp://127.0.0.1:25",
        "FYRTAARN_PORT": str(port),
        "FYRTAARN_DATA_DIR": str(data),
    }


@contextmanager
def running(environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The whole product, from the first answer until it is told to end."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "fyrtaarn.config.cli", "run"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        while OPEN not in log.read_text():
            assert process.poll() is None, log.read_text()
            time.sleep(0.1)
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def parts_of(data: Path) -> list[str]:
    """Command lines of living processes that work on this installation's data."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            settings = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
        except OSError:  # ended meanwhile, or another user's
            continue
        if str(data).encode() in settings:
            found.append((folder / "cmdline").read_text().replace("\0", " "))
    return found


def test_it_starts_serves_ends_cleanly_and_keeps_what_is_there(
    environment: dict[str, str], data: Path, tmp_path: Path
) -> None:
    with running(environment, tmp_path / "first.log") as product:
        front = f"http://127.0.0.1:{environment['FYRTAARN_PORT']}/"
        with urlopen(Request(front, headers={"Host": "localhost", "X-Forwarded-Proto": "https"}), timeout=60) as page:
            assert b"Fyrt\xc3\xa5rn" in page.read()
        with psycopg.connect(start_embedded(data / "postgres")) as connection:
            connection.execute("UPDATE areas_municipality SET welcome_da = 'Vi holder fast' WHERE slug = 'kolding'")
        for _ in range(2):  # an impatient person presses Ctrl-C twice
            os.kill(product.pid, signal.SIGINT)
            time.sleep(0.05)
        assert product.wait(30) == 0, (tmp_path / "first.log").read_text()
    assert "Laying out" in (tmp_path / "first.log").read_text()
    assert [part for part in parts_of(data) if "postgres" not in part] == []

    with running(environment, tmp_path / "second.log"):
        with psycopg.connect(start_embedded(data / "postgres")) as connection:
            kept = connection.execute("SELECT welcome_da FROM areas_municipality WHERE slug = 'kolding'").fetchone()
        assert kept == ("Vi holder fast",)
    assert "Laying out" not in (tmp_path / "second.log").read_text()
