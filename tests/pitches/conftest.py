from typing import Any

import pytest


@pytest.fixture
def table(kolding: Any) -> Any:
    """An organisation's team, and an ambassador who can be asked."""
    from .table import make_table

    return make_table(kolding)
