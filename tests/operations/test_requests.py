"""What is noted of a request: an id of our own, a line without personal data, figures by page."""

import io
import logging
from typing import Any

import pytest
import structlog
from django.db import IntegrityError, connection
from django.test import Client
from structlog.testing import capture_logs

from fyrtaarn.config.logs import set_up_logs
from tests.harness.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines() -> Any:
    """All log lines, as text, from our own set-up."""
    root = logging.getLogger()
    before = list(root.handlers), root.level
    set_up_logs()
    out = io.StringIO()
    (handler,) = root.handlers
    handler.setStream(out)  # type: ignore[attr-defined]
    logging.getLogger("fyrtaarn.requests").setLevel(logging.INFO)
    yield lambda: out.getvalue()
    root.handlers[:], root.level = before
    structlog.reset_defaults()


def test_each_answer_has_an_id_of_ours_whatever_was_sent(client: Client) -> None:
    ids = {client.get("/", headers={"X-Request-ID": "sent by somebody"}).headers["X-Request-ID"] for _ in range(3)}
    assert len(ids) == 3
    assert all(len(one) == 16 for one in ids)


def test_the_line_names_the_page_and_never_its_address(client: Client, lines: Any) -> None:
    client.force_login(make_user("Åse Ærlig", email="aase@example.dk"))
    answer = client.get("/soeg/?q=vold i hjemmet", headers={"User-Agent": "A browser", "X-Forwarded-For": "192.0.2.7"})
    written = lines()
    assert '"page": "listings:search"' in written
    assert f'"request": "{answer.headers["X-Request-ID"]}"' in written
    for secret in ("vold", "soeg", "aase", "192.0.2.7", "A browser"):
        assert secret not in written


def test_what_is_not_found_is_told_without_its_address(client: Client, lines: Any) -> None:
    answer = client.get("/hold/et-hemmeligt-ord/findes-ikke/")
    logging.getLogger("django.security").warning(
        "Forbidden: %s", answer.wsgi_request.path, extra={"request": answer.wsgi_request}
    )
    assert '"page": "unknown"' in lines()
    assert "Forbidden: (page)" in lines()
    assert "hemmeligt" not in lines()


def test_a_fault_is_logged_with_the_id_but_without_what_the_database_quotes(client: Client, lines: Any) -> None:
    email = make_user("Åse Ærlig").email  # type: ignore[attr-defined]
    with structlog.contextvars.bound_contextvars(request="abc"):
        try:
            make_user("Åse Ærlig", email=email.upper())
        except IntegrityError:
            logging.getLogger("fyrtaarn").exception("it failed for %s, 010203-1234", email)
    assert "IntegrityError" in lines()
    assert '"request": "abc"' in lines()
    assert "DETAIL: (not logged)" in lines()
    for secret in (email, email.upper(), "010203-1234"):
        assert secret not in lines()


def test_the_id_ends_with_the_request(client: Client) -> None:
    client.get("/")
    assert "request" not in structlog.contextvars.get_contextvars()


def test_a_slow_statement_is_logged_without_its_values(settings: Any) -> None:
    from dataclasses import replace

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, slow_query_ms=20)
    with capture_logs() as logged, connection.cursor() as cursor:
        cursor.execute("SELECT 'hurtig'")
        cursor.execute("SELECT pg_sleep(%s), %s", [0.03, "hemmelig"])
    (line,) = logged
    assert line["event"] == "slow query"
    assert line["milliseconds"] >= 30
    assert line["statement"] == "SELECT pg_sleep(%s), %s"
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, slow_query_ms=0)
    with capture_logs() as logged, connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.03)")
    assert logged == []


def test_signing_in_and_failing_to_is_logged_without_who_it_was(client: Client) -> None:
    user: Any = make_user("Åse Ærlig", email="aase@example.dk")
    with capture_logs() as logged:
        client.post("/konto/login/", {"login": user.email, "password": "forkert"})
        client.post("/konto/login/", {"login": user.email, "password": "en lang og god sætning"})
        client.post("/konto/logout/")
    events = [line for line in logged if line["event"] != "request"]
    assert [line["event"] for line in events] == ["sign-in failed", "signed in", "signed out"]
    assert [line.get("account") for line in events] == [None, user.pk, user.pk]
    assert "aase" not in str(logged)
