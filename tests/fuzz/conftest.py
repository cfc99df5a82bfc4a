"""A ground on which anybody may try her luck; nothing of it stays."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def ground(db: None, settings: Any, tmp_path: Path) -> Any:
    from .ground import prepare

    settings.MEDIA_ROOT = tmp_path
    return prepare()
