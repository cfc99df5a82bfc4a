"""What tests of real processes need: a free port, and the address of the tests' own database."""

import socket

from django.db import connection


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def own_database_url() -> str:
    """The address of the database that this test writes into, for a process of its own."""
    given = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    return "postgresql:///?" + "&".join(f"{name}={given[name]}" for name in names if given.get(name))
