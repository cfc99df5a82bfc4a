"""A town, and a person who has left traces everywhere in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def town(kolding: Any, tmp_path: Path) -> Iterator[Any]:
    """Kolding as its people have left it, its files in a folder of its own."""
    from django.test import override_settings

    from tests.harness.people import make_user
    from tests.permissions.town import make_town

    with override_settings(MEDIA_ROOT=tmp_path / "files"):
        yield make_town(kolding, make_user("Nora Nabo"))


@pytest.fixture
def asta(town: Any) -> Any:
    """The owner of the town's organisation after some years here; another person owns it with her."""
    from .lived import make_asta

    return make_asta(town)
