"""The strict harness: see tests/harness for each rule that holds for all tests."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fyrtaarn.config.settings")
os.environ["FYRTAARN_MODE"] = "demo"
os.environ["FYRTAARN_DATA_DIR"] = str(ROOT / "var" / "test")
os.environ["FYRTAARN_SECRET_KEY"] = "a secret that only the tests use, and long enough for them all"

from tests.harness.database import use_test_database  # noqa: E402

use_test_database(ROOT / "var" / "test")

pytest_plugins = [
    "tests.harness.logins",
    "tests.harness.books",
    "tests.harness.strictness",
    "tests.harness.people",
    "tests.harness.browser",
    "tests.harness.smtp",
    "tests.harness.answers",
    "tests.harness.s3",
]


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        import django
        from django.core.management import call_command

        from tools.messages import compile_messages

        compile_messages()
        django.setup()
        call_command("collectstatic", verbosity=0, interactive=False)
