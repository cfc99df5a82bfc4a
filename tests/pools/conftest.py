"""What most tests of pools begin with."""

from typing import Any

import pytest


@pytest.fixture
def pot(kolding: Any) -> Any:
    """An open pool with two departments, of which the first has decided a contribution for this year."""
    from .making import make_pot

    return make_pot(kolding)
