"""What balancers ask."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client, override_settings

from fyrtaarn.config.health import demand_tables

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_known_yet() -> Iterator[None]:
    demand_tables.cache_clear()
    yield
    demand_tables.cache_clear()


def test_a_process_is_alive_and_ready(client: Client) -> None:
    assert client.get("/livez").status_code == 200
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("address", ["/livez", "/readyz"])
def test_a_balancer_may_ask_by_number(client: Client, address: str) -> None:
    """Production answers to its own name alone; a balancer and Kubernetes know machines by number."""
    with override_settings(ALLOWED_HOSTS=["fyrtaarn.example.dk"]):
        answer = client.get(address, headers={"host": "10.0.3.17:8000"})
        assert answer.status_code == 200
        assert "Content-Security-Policy" in answer.headers
        assert client.get("/", headers={"host": "10.0.3.17:8000"}).status_code == 400


def test_a_process_is_ready_only_once_the_database_has_its_tables(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'portal' RETURNING app, name, applied")
        gone = cursor.fetchall()
        assert client.get("/readyz").status_code == 503
        assert client.get("/livez").status_code == 200
        cursor.executemany("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", gone)
    assert client.get("/readyz").status_code == 200


def test_once_the_tables_are_there_a_process_looks_for_them_no_more(client: Client) -> None:
    client.get("/readyz")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations")
    assert client.get("/readyz").status_code == 200
