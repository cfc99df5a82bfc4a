"""The tests' PostgreSQL: FYRTAARN_TEST_DATABASE_URL, or an embedded server of their own; with its three logins."""

import os
from pathlib import Path

from fyrtaarn.config.database import EMBEDDED_LOGINS, Login, connect_as, name_logins, start_embedded

NO_SYNC = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


def use_test_database(folder: Path) -> None:
    """Name the server on which the test databases are made; durability is off on the embedded one."""
    connect_as(Login.OWNER)
    given = os.environ.get("FYRTAARN_TEST_DATABASE_URL")
    if given:
        make_logins(given)
        name_logins(given)
        return
    data = folder / "postgres"
    url = start_embedded(data)
    settings = data / "postgresql.auto.conf"
    if NO_SYNC not in settings.read_text():
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            for line in NO_SYNC.splitlines():
                connection.execute(f"ALTER SYSTEM SET {line}")
            connection.execute("SELECT pg_reload_conf()")
    name_logins(url)


def address_of_this_test() -> str:
    """The address of the database that the running test uses, for processes that it starts."""
    from django.db import connection

    database = connection.settings_dict
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    where = f"host={database['HOST']}&port={database['PORT']}"
    return f"postgresql://{database['USER']}{password}@/{database['NAME']}?{where}"


def make_logins(url: str) -> None:
    """The lesser logins on a server that is not ours, with the password of the one that is given."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('fyrtaarn.logins'))")
        for login in EMBEDDED_LOGINS.values():
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN NOINHERIT").format(sql.Identifier(login)))
            secret = sql.Literal(connection.info.password)
            connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(login), secret))
