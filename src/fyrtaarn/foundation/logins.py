"""The rights of the two lesser logins, granted anew after each migration.

Neither owns anything. History is written by triggers, which run as the owner, so both can only read it, and the web
not even that where a table is kept apart by reader. What a reader sees of the other tables, their policies say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from psycopg import sql

from .models import ClockWatch, Notice, OutgoingMail, Seal, Step

WRITE = ("INSERT", "UPDATE", "DELETE")
SCHEMAS = {"web": ("public", "reader", "errand"), "worker": ("public", "reader", "errand", "worker")}
FUNCTIONS_OF_HISTORY = r"""
    SELECT oid::regprocedure::text FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND (proname LIKE 'pgtrigger\_%' OR proname LIKE '\_pgh\_%')
    ORDER BY 1
"""
FUNCTIONS_OF_THE_OWNER = """
    SELECT oid::regprocedure::text FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND prosecdef AND prorettype <> 'trigger'::regtype
    ORDER BY 1
"""


@dataclass(frozen=True)
class Without:
    """Rights that a login does not have on a table."""

    table: str
    rights: tuple[str, ...]


withheld: list[Without] = []
"""What rooms above say that neither login ever needs on a table of theirs."""


def withhold(model: type[Model], *rights: str) -> None:
    """Let neither login have these rights on the model's table; called from a room's AppConfig.ready."""
    withheld.append(Without(model._meta.db_table, rights))


def after_migration(**signal: Any) -> None:
    """Receive post_migrate; emptying a database, which Django's tests do, sends it too, without a plan."""
    if "plan" in signal:
        grant_rights()


def grant_rights() -> None:
    """Give both logins their rights, as the owner; safe to repeat. A login that the server does not know is passed over."""
    logins = {"web": settings.DATABASE_WEB_LOGIN, "worker": settings.DATABASE_WORKER_LOGIN}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('fyrtaarn.rights'))::text, to_regnamespace('reader')::text"
        )
        if cursor.fetchone()[1] is None:  # migrated back to where there were no lesser logins
            return
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname <> current_user")
        known = {name for (name,) in cursor.fetchall()}
        statements = [*_nobody_else(), *_functions_of_the_owner(cursor)]
        for part, login in logins.items():
            if login in known:
                statements += _rights(part, sql.Identifier(login), set(_separated(cursor)))
        cursor.execute(sql.SQL(";\n").join(statements))


def _nobody_else() -> Iterator[sql.Composable]:
    """Nobody makes tables here but the owner, not even temporary ones."""
    database = sql.Identifier(connection.get_connection_params()["dbname"])
    yield sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    yield sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(database)


def _functions_of_the_owner(cursor: Any) -> Iterator[sql.Composable]:
    """History's triggers run as the owner, so that nobody else needs a right to write it; nobody calls such functions
    but those whom we let."""
    cursor.execute(FUNCTIONS_OF_HISTORY)
    for (name,) in cursor.fetchall():
        yield sql.SQL("ALTER FUNCTION " + name + " SECURITY DEFINER SET search_path = public, pg_temp")
    cursor.execute(FUNCTIONS_OF_THE_OWNER)
    for (name,) in cursor.fetchall():
        yield sql.SQL("REVOKE EXECUTE ON FUNCTION " + name + " FROM PUBLIC")


def _separated(cursor: Any) -> Iterator[str]:
    """The tables that are kept apart by reader."""
    cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity")
    yield from (name for (name,) in cursor.fetchall())


def _rights(part: str, login: sql.Identifier, separated: set[str]) -> Iterator[sql.Composable]:
    """All on all tables, but for what the login never needs."""
    yield sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(
        sql.SQL(", ").join(map(sql.Identifier, SCHEMAS[part])), login
    )
    yield sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(login)
    yield sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(login)
    if part == "worker":  # erasure empties history by a function of the owner's
        yield sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}").format(login)
    existing = set(connection.introspection.table_names())
    for less in (each for each in _never_needed(part, separated) if each.table in existing):
        rights = sql.SQL(", ").join(map(sql.SQL, less.rights))
        yield sql.SQL("REVOKE {} ON {} FROM {}").format(rights, sql.Identifier(less.table), login)


def _never_needed(part: str, separated: set[str]) -> Iterator[Without]:
    yield from withheld
    yield Without(MigrationRecorder.Migration._meta.db_table, WRITE)
    yield Without(pghistory.models.Context._meta.db_table, WRITE if part == "worker" else ("SELECT", *WRITE))
    for model in apps.get_models():
        if issubclass(model, pghistory.models.Event) and model._meta.managed:
            tracked = model.pgh_tracked_model
            hidden = part == "web" and tracked is not None and tracked._meta.db_table in separated
            yield Without(model._meta.db_table, ("SELECT", *WRITE) if hidden else WRITE)
    if part == "web":
        yield Without(Seal._meta.db_table, ("SELECT", *WRITE))
        yield Without(ClockWatch._meta.db_table, WRITE)
        yield Without(Step._meta.db_table, ("UPDATE", "DELETE"))
        yield Without(OutgoingMail._meta.db_table, WRITE)  # errand.write_mail does it
        yield Without(Notice._meta.db_table, ("INSERT", "DELETE"))  # errand.tell does it
