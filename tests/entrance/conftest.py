from typing import Any

import pytest


@pytest.fixture
def desk(kolding: Any) -> Any:
    """Kolding with people who ask and people who answer."""
    from .desk import make_desk

    return make_desk(kolding)
