"""schemathesis: whatever is asked, no server error and no breach of the description."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

few = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.mark.django_db(transaction=True)
def test_the_interface_keeps_its_word(live_server: Any, content: Any) -> None:
    described = schemathesis.openapi.from_url(f"{live_server.url}/api/v1/openapi.json")
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) == 14
    for operation in operations:
        few(given(case=operation.as_strategy())(keeps_its_word))()


def keeps_its_word(case: schemathesis.Case) -> None:
    """Ask once, and hold the answer against the description."""
    case.call_and_validate()
