"""The database keeps people apart: row-level security by the reader of the request.

A web process tells the database whose request it serves (`reader`), and the policies of each table let through only
the rows that are this reader's. Rooms declare functions and policies in their migrations with the operations below:

    separate("meetings_message", "EXISTS (SELECT FROM meetings_meeting m WHERE m.id = meeting_id)")

Four schemas hold what policies need: `public` the tables, `reader` functions about the one who reads, `errand` the few
things that a web process does across parties, each a narrow function that runs as the owner; and `worker`, empty: who
may use it reads and writes for everybody. See docs/decisions/0012-the-database-keeps-people-apart.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from django.db.migrations import RunSQL

FOR_THE_WORKER = "(SELECT reader.is_worker())"


def separate(table: str, readers: str) -> RunSQL:
    """Let readers see and write only the rows of `table` for which the SQL condition `readers` holds."""
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY worker ON {table} USING ({FOR_THE_WORKER});"
        f"CREATE POLICY reader ON {table} USING ({readers});",
        f"DROP POLICY reader ON {table};DROP POLICY worker ON {table};ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def separate_growing(table: str, seen_by: str, added_by: str = "false") -> RunSQL:
    """Let readers see the rows for which `seen_by` holds and add those for which `added_by` holds, but change none."""
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY worker ON {table} USING ({FOR_THE_WORKER});"
        f"CREATE POLICY reader ON {table} FOR SELECT USING ({seen_by});"
        f"CREATE POLICY writer ON {table} FOR INSERT WITH CHECK ({added_by});",
        f"DROP POLICY writer ON {table};DROP POLICY reader ON {table};DROP POLICY worker ON {table};"
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def also_for(name: str, table: str, readers: str) -> RunSQL:
    """Let readers see and write further rows of a separated table."""
    return RunSQL(f"CREATE POLICY {name} ON {table} USING ({readers});", f"DROP POLICY {name} ON {table};")


def also_seen_by(name: str, table: str, readers: str) -> RunSQL:
    """Let readers see, but not write, further rows of a separated table."""
    return RunSQL(f"CREATE POLICY {name} ON {table} FOR SELECT USING ({readers});", f"DROP POLICY {name} ON {table};")


def only_for(name: str, table: str, subject: str, readers: str) -> RunSQL:
    """Of the rows of a separated table that are about `subject` (a model's label), leave those that readers may see."""
    condition = f"subject_type <> '{subject}' OR {FOR_THE_WORKER} OR {readers}"
    return RunSQL(
        f"CREATE POLICY {name} ON {table} AS RESTRICTIVE USING ({condition});", f"DROP POLICY {name} ON {table};"
    )


def function(signature: str, returns: str, body: str, *, volatile: bool = False) -> RunSQL:
    """A function in SQL that runs as the owner, so that it sees the rows from which it makes its narrow answer."""
    return RunSQL(
        f"CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE sql {'VOLATILE' if volatile else 'STABLE'}"
        f" SECURITY DEFINER SET search_path = public, pg_temp AS $body$ {body} $body$;",
        f"DROP FUNCTION {signature};",
    )


def replaced(earlier: RunSQL, later: RunSQL) -> RunSQL:
    """The later one of two functions of the same name and arguments in place of the earlier one."""
    return RunSQL(f"{earlier.reverse_sql}{later.sql}", f"{later.reverse_sql}{earlier.sql}")


def set_reader(person: int | None) -> None:
    """Tell the database who reads from now on, None for a visitor. She comes without a letter."""
    _tell(("fyrtaarn.reader", str(person or "")), ("fyrtaarn.letter", ""))


def show_letter(token: str) -> None:
    """Tell the database which letter (an invitation's token) the reader holds; until her request ends."""
    _tell(("fyrtaarn.letter", token))


def forget_reader() -> None:
    """Leave nothing of the reader on the connection; one from which it cannot be taken is closed."""
    if connection.connection is None or connection.needs_rollback:  # what is rolled back takes the reader with it
        return
    try:
        set_reader(None)
    except DatabaseError:
        connection.close()


@contextmanager
def reading_only(person: int | None) -> Iterator[None]:
    """A transaction for one reader in which the database refuses to write, rolled back at the end."""
    with transaction.atomic():
        _tell(
            ("fyrtaarn.reader", str(person or "")), ("fyrtaarn.letter", ""), ("transaction_read_only", "on"), local=True
        )
        try:
            yield
        finally:
            transaction.set_rollback(True)


@contextmanager
def writing_as(person: int) -> Iterator[None]:
    """A transaction of its own for what one reader writes, beside the one of her request."""
    with transaction.atomic():
        _tell(("fyrtaarn.reader", str(person)), ("fyrtaarn.letter", ""), local=True)
        yield


def _tell(*settings: tuple[str, str], local: bool = False) -> None:
    calls = ", ".join(["set_config(%s, %s, %s)"] * len(settings))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [part for name, value in settings for part in (name, value, local)])
