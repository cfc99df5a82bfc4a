"""The examples for running an installation name only what exists: settings, commands, files, units that systemd takes."""

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from fyrtaarn.config.cli import COMMANDS
from fyrtaarn.config.environment import VARIABLES, read_environment

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
UNITS = sorted(DEPLOY.glob("systemd/*.service"))
COMMAND = re.compile(r"(?:bin/|&& |\"|^\s*)fyrtaarn ([a-z]+)", re.MULTILINE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(DEPLOY)))
def test_every_setting_and_command_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"FYRTAARN_[A-Z0-9_]+", text)) <= {variable.name for variable in VARIABLES}
    assert set(COMMAND.findall(text)) <= COMMANDS.keys()


def test_the_example_settings_are_whole_once_they_are_filled_in(tmp_path: Path) -> None:
    examples = [(DEPLOY / name).read_text(encoding="utf-8") for name in ("fyrtaarn.env", "worker.env")]
    lines = "\n".join(examples).splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    filled = {
        name: re.sub("<[^>]*>", "Et-langt-og-tilfældigt-ord-0123456789-abcdefghijklmnop", value)
        for name, value in given.items()
    }
    environment = read_environment(filled | {"FYRTAARN_DATA_DIR": str(tmp_path)})
    assert environment.production
    assert environment.backup_dir
    assert any("<" in value for value in given.values()), "a secret in an example would be used as it is"


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_takes_the_unit_and_calls_it_well_shut_in(unit: Path, tmp_path: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    assert "EnvironmentFile=" in text
    assert re.search(r"^ExecStart=\S+/fyrtaarn (web|worker|receive)$", text, re.MULTILINE)
    for promise in ("NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n", "User=fyrtaarn"):
        assert promise in text
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        return
    here = tmp_path / unit.name
    here.write_text(re.sub(r"^ExecStart=\S+", f"ExecStart={sys.executable}", text, flags=re.MULTILINE))
    verified = subprocess.run([analyze, "verify", str(here)], capture_output=True, text=True, check=False)
    assert verified.stderr == ""
    judged = subprocess.run(
        [analyze, "security", "--offline=true", "--threshold=20", str(here)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.returncode == 0, judged.stdout


def test_the_containers_are_shut_in() -> None:
    services: dict[str, Any] = yaml.safe_load((DEPLOY / "container/compose.yaml").read_text())["services"]
    assert {"database", "prepare", "web", "worker", "proxy"} == services.keys()
    for name in ("prepare", "web", "worker"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
        assert services[name]["security_opt"] == ["no-new-privileges:true"]
        assert "ports" not in services[name]
    assert services["web"]["healthcheck"]["test"] == ["CMD", "python", "/opt/fyrtaarn/alive.py"]
    for service in services.values():
        assert not any("PASSWORD" in key or "SECRET" in key for key in service.get("environment", {}))


def test_the_container_is_built_of_what_is_here_and_runs_as_nobody() -> None:
    lines = (DEPLOY / "container/Containerfile").read_text().splitlines()
    for line in lines:
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), source
    last = lines[max(n for n, line in enumerate(lines) if line.startswith("FROM ")) :]
    assert [line for line in last if line.startswith("USER ")] == ["USER 10001"]
    assert "--require-hashes" in "\n".join(lines)


def test_the_installed_package_brings_all_that_pages_need(tmp_path: Path) -> None:
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(tmp_path),
        ".",
    ]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("fyrtaarn-*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "src" / "fyrtaarn"
    here = {
        f"fyrtaarn/{path.relative_to(package)}"
        for ending in ("*.html", "*.mo", "*.css", "*.js", "*.json", "*.py", "*.txt", "*.csv")
        for path in package.rglob(ending)
        if "__pycache__" not in path.parts
    }
    assert here - packed == set()
    assert "fyrtaarn/foundation/static/vendor/dkfds/css/dkfds.min.css" in packed
