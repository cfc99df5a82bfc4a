"""Direct SQL as the lesser logins, on connections of their own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from fyrtaarn.config.database import EMBEDDED_LOGINS

Connect = Callable[[str], psycopg.Connection[Any]]


@pytest.fixture
def connect(transactional_db: None) -> Iterator[Connect]:
    """`connect("web")`: a connection to the tests' database with the login of the web or of the worker."""
    given = connection.get_connection_params()
    address = {name: given[name] for name in ("host", "port", "password", "dbname") if given.get(name)}
    with ExitStack() as open_ones:

        def connected(part: str) -> psycopg.Connection[Any]:
            url = make_conninfo(**address, user=EMBEDDED_LOGINS[part])
            return open_ones.enter_context(psycopg.connect(url, autocommit=True))

        yield connected
