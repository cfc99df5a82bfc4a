"""A server that is being started anew is waited for."""

import time
from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError

PATIENCE = 5.0
"""Seconds that a page waits for a server; then its reader is told that the data cannot be reached."""
BETWEEN_ATTEMPTS = 0.1


class DatabaseWrapper(base.DatabaseWrapper):
    """Tries to connect again for some seconds before it gives up."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        ending = time.monotonic() + PATIENCE
        while True:
            try:
                return super().get_new_connection(conn_params)
            except OperationalError:
                if time.monotonic() > ending:
                    raise
                time.sleep(BETWEEN_ATTEMPTS)
