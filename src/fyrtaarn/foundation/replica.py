"""Visitors' reads may go to a streaming replica, which knows what was written a moment later than the primary.

Only a visitor without a session reads there: whoever has signed in, or is about to, must see her own fresh write.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.http import HttpRequest

REPLICA = "replica"


def may_read_there(request: HttpRequest) -> bool:
    """Whether there is a replica, and nothing that this reader may have written herself."""
    return REPLICA in settings.DATABASES and settings.SESSION_COOKIE_NAME not in request.COOKIES


@contextmanager
def reading_from_replica() -> Iterator[None]:
    """Let this thread's statements go to the replica; to the primary where the replica does not answer."""
    primary, replica = connections[DEFAULT_DB_ALIAS], connections[REPLICA]
    try:
        replica.close_if_health_check_failed()
        replica.ensure_connection()
    except OperationalError:
        yield
        return
    connections[DEFAULT_DB_ALIAS] = replica
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = primary
