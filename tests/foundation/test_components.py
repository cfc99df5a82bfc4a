"""Every component in every state, as the living page shows them."""

import pytest
from django.test import Client

from tests.harness.browser import html_faults


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_living_page_is_valid_html(client: Client, language: str) -> None:
    answer = client.get("/komponenter/", headers={"accept-language": language})
    assert html_faults(answer.content.decode()) == []
