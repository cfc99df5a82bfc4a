"""The engine is made ready once, as every process does at its start."""

import pytest

from fyrtaarn.engine.matching import prepare


@pytest.fixture(scope="session", autouse=True)
def engine_ready() -> None:
    prepare()
