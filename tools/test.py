"""Everything that must hold: lint, types, floors, and all tests, with a Chromium that is found or installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def run(*command: str, quiet: bool = False) -> int:
    """Run a command in the project folder; returns its exit code."""
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, cwd=ROOT, check=False, stdout=output, stderr=output).returncode


def chromium_is_there() -> bool:
    """Find a Chromium, else install one: apt as root, else Playwright's own."""
    if any(shutil.which(name) for name in CHROMIUM_NAMES):
        return True
    print("Installing Chromium for the browser tests …", flush=True)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        run("apt-get", "update", "-qq", quiet=True)
        run("apt-get", "install", "-y", "-qq", "chromium", quiet=True)
        if shutil.which("chromium"):
            return True
    return run(str(BIN / "playwright"), "install", "chromium") == 0


def main() -> None:
    faults = []
    for name, command in {
        "ruff": ("ruff", "check", "."),
        "formatting": ("ruff", "format", "--check", "."),
        "types": ("mypy",),
        "floors": ("lint-imports", "--verbose"),
    }.items():
        print(f"== {name}", flush=True)
        if run(str(BIN / command[0]), *command[1:]):
            faults.append(name)
    browser = chromium_is_there()
    chosen = [] if browser else ["-m", "not browser"]
    print("== tests", flush=True)
    if run(sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile", *chosen, *sys.argv[1:]):
        faults.append("tests")
    if not browser:
        faults.append("browser tests (no Chromium could be found or installed)")
    if faults:
        sys.exit(f"Failed: {', '.join(faults)}.")


if __name__ == "__main__":
    main()
