"""The search for known weaknesses says what it found, and never that all is well when it could not ask."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import audit

NOWHERE = "http://127.0.0.1:9"


def test_without_a_network_it_says_that_nothing_is_known() -> None:
    away = {"HTTPS_PROXY": NOWHERE, "HTTP_PROXY": NOWHERE, "npm_config_fetch_retries": "0", "NO_PROXY": ""}
    done = subprocess.run(
        [sys.executable, Path(audit.__file__)], env=os.environ | away, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr
    lines = done.stdout.splitlines()
    assert [line.partition(" could not be asked")[0] for line in lines] == ["PyPI", "the npm registry"]
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}', []),
        (
            '{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["1.1"]}]}]}',
            ["a 1: X-1, mended in 1.1"],
        ),
    ],
)
def test_weaknesses_of_python_parts_are_named(answer: str, told: list[str]) -> None:
    assert audit.of_python(answer) == told


def test_weaknesses_of_the_front_end_are_named() -> None:
    assert audit.of_front_end('{"vulnerabilities": {"b": {"severity": "high"}}}') == ["b: high"]
