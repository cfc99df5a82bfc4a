"""The tests' PostgreSQL: FYRTAARN_TEST_DATABASE_URL, or an embedded server of their own."""

import os
from pathlib import Path

from fyrtaarn.config.database import start_embedded

NO_SYNC = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


def test_database_url(folder: Path) -> str:
    """Address of the server on which the test databases are made; durability is off on the embedded one."""
    given = os.environ.get("FYRTAARN_TEST_DATABASE_URL")
    if given:
        return given
    data = folder / "postgres"
    url = start_embedded(data)
    settings = data / "postgresql.auto.conf"
    if NO_SYNC not in settings.read_text():
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            for line in NO_SYNC.splitlines():
                connection.execute(f"ALTER SYSTEM SET {line}")
            connection.execute("SELECT pg_reload_conf()")
    return url


test_database_url.__test__ = False  # type: ignore[attr-defined]


def address_of_this_test() -> str:
    """The address of the database that the running test uses, for processes that it starts."""
    from django.db import connection

    database = connection.settings_dict
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    where = f"host={database['HOST']}&port={database['PORT']}"
    return f"postgresql://{database['USER']}{password}@/{database['NAME']}?{where}"
