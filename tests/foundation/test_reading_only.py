"""A GET never changes anything, whatever the view does; and every answer carries the strict headers."""

from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import InternalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from fyrtaarn.areas.models import Municipality
from fyrtaarn.config.urls import urlpatterns as real

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@login_not_required
def careless(_request: HttpRequest) -> HttpResponse:
    Municipality.objects.update(name="Ændret")
    return HttpResponse("gjort")


urlpatterns = [path("skoedesloes/", careless), *real]


def test_a_get_that_writes_fails_and_changes_nothing(kolding: Any, client: Client) -> None:
    with pytest.raises(InternalError, match="read-only"):
        client.get("/skoedesloes/")
    kolding.refresh_from_db()
    assert kolding.name == "Kolding"


def test_the_same_view_may_write_when_it_is_posted_to(kolding: Any, client: Client) -> None:
    client.post("/skoedesloes/")
    kolding.refresh_from_db()
    assert kolding.name == "Ændret"


def test_every_answer_carries_the_strict_headers(client: Client) -> None:
    headers = client.get("/").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
