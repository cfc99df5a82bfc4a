"""The slow-query log: a line for each statement that takes longer than FYRTAARN_SLOW_QUERY_MS, never its values."""

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

LONGEST_STATEMENT = 2000

log = structlog.get_logger(__name__)


def watch(connection: BaseDatabaseWrapper, **_signal: object) -> None:
    """Time all statements of a new connection, from outside of what other wrappers add to them."""
    if timed not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, timed)


def timed(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run one statement; a slow one is logged with its placeholders, so that no value of anybody stands in a log."""
    started = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        milliseconds = round((time.perf_counter() - started) * 1000)
        if 0 < settings.ENVIRONMENT.slow_query_ms <= milliseconds:
            statement = " ".join(str(sql).split())[:LONGEST_STATEMENT]
            log.warning("slow query", milliseconds=milliseconds, statement=statement)
