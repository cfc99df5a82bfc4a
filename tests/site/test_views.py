"""Front pages."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_the_front_page_is_open_to_all(client: Client) -> None:
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_my_overview_demands_sign_in(client: Client) -> None:
    answer = client.get("/min/overblik/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/konto/login/")
