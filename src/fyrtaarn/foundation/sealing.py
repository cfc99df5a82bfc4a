"""Sealing the history: what the triggers have kept cannot be changed afterwards without it showing.

Every night the day's history is summed up in one digest a table, and the seal's own hash covers the seal before it:
whoever changes, removes or slips in a row of a sealed time leaves digests that no longer agree, and whoever changes a
seal breaks the chain after it. Where the history must be changed (a person is erased, a new version has other columns)
the change is made within `amending`, which adds seals that say why; it hides nothing that was wrong before. An operator
who notes the newest hash elsewhere can also tell whether the whole chain was made anew.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time

import pghistory.models
from django.apps import apps
from django.db import connection, transaction
from psycopg import sql

from . import clock
from .models import Seal

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
LOCK = "foundation.sealing"
Digests = dict[str, str]


@dataclass(frozen=True)
class Broken:
    """A seal that does not hold, and in which tables of the history; none where the chain itself is broken."""

    seal: Seal
    tables: tuple[str, ...]


@transaction.atomic
def seal_history() -> Seal | None:
    """Seal what has been kept up to last midnight in Copenhagen; None when that is done already."""
    _one_at_a_time()
    newest = Seal.objects.order_by("-until").first()
    since = newest.until if newest else BEGINNING
    until = datetime.combine(clock.today(), time(), clock.COPENHAGEN)
    return _add(since, until, _digests(since, until)) if since < until else None


@contextmanager
def amending(reason: str) -> Iterator[None]:
    """Within one transaction, let the block change sealed history, and seal anew what it changed, with the reason.

    A seal that did not hold before stays as it is.
    """
    with transaction.atomic():
        _one_at_a_time()
        before = {seal.pk: _digests(seal.since, seal.until) for seal in _latest()}
        yield
        for seal in _latest():
            now = _digests(seal.since, seal.until)
            if now != before[seal.pk] == seal.digests:
                _add(seal.since, seal.until, now, reason)


def broken_seals() -> Iterator[Broken]:
    """Every seal that does not hold, oldest first; reads the whole sealed history."""
    previous = ""
    for seal in Seal.objects.order_by("pk"):
        if seal.previous != previous or seal.hash != _hash(seal):
            yield Broken(seal, ())
        previous = seal.hash
    for seal in _latest():
        now = _digests(seal.since, seal.until)
        tables = sorted(t for t in now.keys() | seal.digests.keys() if now.get(t) != seal.digests.get(t))
        if tables:
            yield Broken(seal, tuple(tables))


def _latest() -> list[Seal]:
    """The seal that holds now for each sealed time, in order of time."""
    return list(Seal.objects.order_by("since", "-pk").distinct("since"))


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])


def _add(since: datetime, until: datetime, digests: Digests, reason: str = "") -> Seal:
    newest = Seal.objects.order_by("-pk").first()
    seal = Seal(since=since, until=until, digests=digests, reason=reason, previous=newest.hash if newest else "")
    seal.hash = _hash(seal)
    seal.save(force_insert=True)
    return seal


def _hash(seal: Seal) -> str:
    covered = {
        "previous": seal.previous,
        "since": seal.since.astimezone(UTC).isoformat(),
        "until": seal.until.astimezone(UTC).isoformat(),
        "digests": seal.digests,
        "reason": seal.reason,
    }
    return hashlib.sha256(json.dumps(covered, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _digests(since: datetime, until: datetime) -> Digests:
    """One digest a table for the rows kept from `since` to before `until`; a table without such rows has none.

    Rows are summed up as JSON without empty values, so that a column which is added later changes nothing.
    """
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('TimeZone', 'UTC', true)")
        for table, (key, moment) in _tables().items():
            query = sql.SQL(
                "SELECT encode(sha256(string_agg(sha256(convert_to(jsonb_strip_nulls(to_jsonb(kept))::text, 'UTF8')),"
                " ''::bytea ORDER BY {key})), 'hex') FROM {table} kept WHERE {moment} >= %s AND {moment} < %s"
            )
            names = {"key": key, "moment": moment, "table": table}
            cursor.execute(query.format(**{n: sql.Identifier(v) for n, v in names.items()}), [since, until])
            [digest] = cursor.fetchone() or [None]
            if digest:
                found[table] = digest
    return found


def _tables() -> Mapping[str, tuple[str, str]]:
    """Every table of the history, with its key and the moment of each row."""
    events = [model for model in apps.get_models() if issubclass(model, pghistory.models.Event) and model._meta.managed]
    tables = {model._meta.db_table: ("pgh_id", "pgh_created_at") for model in events}
    return dict(sorted({**tables, pghistory.models.Context._meta.db_table: ("id", "created_at")}.items()))
