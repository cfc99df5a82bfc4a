"""/.well-known/security.txt as RFC 9116 wants it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from fyrtaarn.foundation import clock

ADDRESS = "/.well-known/security.txt"


@pytest.mark.django_db
def test_it_names_the_contact_and_ends_within_a_year(client: Client, settings: Any) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, security_contact="mailto:sikkerhed@example.dk")
    answer = client.get(ADDRESS)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"] == "mailto:sikkerhed@example.dk"
    assert fields["Canonical"] == settings.PUBLIC_URL + ADDRESS
    left = datetime.fromisoformat(fields["Expires"]) - clock.now()
    assert timedelta(days=100) < left < timedelta(days=365)


@pytest.mark.django_db
def test_there_is_none_where_no_contact_is_set(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 404
