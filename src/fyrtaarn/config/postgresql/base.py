"""A server that is being started anew is waited for."""

import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError

PATIENCE = 5.0
"""Seconds that a process waits for a server; then readers are told that the data cannot be reached."""
BETWEEN_ATTEMPTS = 0.1


@dataclass
class Outage:
    """Since when the server has not let this process in: its threads wait together, not one after the other."""

    began: float = 0.0
    latest: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def has_tried_patience(self) -> bool:
        """Note another vain attempt; whether there is nothing more to wait for."""
        now = time.monotonic()
        with self.lock:
            if now - self.latest > PATIENCE:  # the last one is over
                self.began = now
            self.latest = now
            return now - self.began > PATIENCE


class DatabaseWrapper(base.DatabaseWrapper):
    """Tries to connect again for some seconds before it gives up; while the server stays away, it tries once."""

    outage = Outage()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        while True:
            try:
                return super().get_new_connection(conn_params)
            except OperationalError:
                if self.outage.has_tried_patience():
                    raise
                time.sleep(BETWEEN_ATTEMPTS)
