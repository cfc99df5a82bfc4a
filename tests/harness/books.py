"""Books of the tests' databases may be emptied between two tests, which nobody's books may be otherwise."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(autouse=True, scope="session")
def books_may_be_emptied() -> Iterator[None]:
    """Say so on every connection of the tests, while it is made."""
    from django.db.backends.signals import connection_created

    def say(connection: Any, **_signal: Any) -> None:
        connection.connection.execute("SET fyrtaarn.books_may_be_emptied = 'yes'")

    connection_created.connect(say, weak=False)
    yield
    connection_created.disconnect(say)
