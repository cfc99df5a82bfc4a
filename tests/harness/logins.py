"""Every request is served as the web's login, so that each page is tried with the rights and rows of real use.

Tests make what they need as the owner.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from fyrtaarn.config.database import EMBEDDED_LOGINS


@contextmanager
def acting_as(login: str) -> Iterator[None]:
    """Have this thread's connection, and one that is made meanwhile, act as a login; statements are not counted."""
    from django.db import connection
    from django.db.backends.signals import connection_created

    def act(**_signal: Any) -> None:
        say(f"SET ROLE {login}")

    def say(statement: str) -> None:
        if connection.connection is not None and not connection.connection.closed:
            connection.connection.execute(statement)

    say(f"SET ROLE {login}")
    connection_created.connect(act, weak=False)
    try:
        yield
    finally:
        connection_created.disconnect(act)
        if not connection.needs_rollback:  # what is rolled back takes the role with it
            say("RESET ROLE")


@pytest.fixture(autouse=True, scope="session")
def requests_as_the_web() -> Iterator[None]:
    """Serve every request as the web's login."""
    from django.core.handlers.base import BaseHandler

    original: Callable[..., Any] = BaseHandler.get_response

    def get_response(self: BaseHandler, request: Any) -> Any:
        with acting_as(EMBEDDED_LOGINS["web"]):
            response = original(self, request)
        if response.streaming:  # what is read while it is sent is read by nobody any more
            response.streaming_content = _as_the_web(response.streaming_content)
        return response

    BaseHandler.get_response = get_response  # type: ignore[method-assign]
    yield
    BaseHandler.get_response = original  # type: ignore[method-assign]


def _as_the_web(pieces: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with acting_as(EMBEDDED_LOGINS["web"]):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
