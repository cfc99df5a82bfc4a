"""What the product is made of: `make sbom` writes build/sbom.cdx.json (CycloneDX 1.6) and build/licences.md.

All of it stands in the two lock files; licences come from the installed packages, where they say it in a way that a
machine understands, else from `SAID_ELSEWHERE`, read by a person.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
LOCKED = re.compile(
    r"^(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[^\s;\\]+)(?P<rest>(?:.*\\\n)(?:    --hash=sha256:\w+.*\n)+)", re.M
)
DIGEST = re.compile(r"sha256:(\w+)")

COMPATIBLE = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "EUPL-1.2", "ISC", "LGPL-2.1-or-later",
    "LGPL-3.0-only", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0", "Zlib",
})  # fmt: skip
"""Licences that may stand beside EUPL-1.2 in one product: permissive ones, and weak copyleft for libraries that we use
as they are."""

CLASSIFIERS = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
SAID_ELSEWHERE = {
    "colorama": "BSD-3-Clause",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "isodate": "BSD-3-Clause",
    "pyrage": "MIT",
    "pystemmer": "MIT AND BSD-3-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "python-stdnum": "LGPL-2.1-or-later",
    "qrcode": "BSD-3-Clause",
    "sqlparse": "BSD-3-Clause",
}
"""Read in each package's own licence file."""


@dataclass(frozen=True)
class Part:
    """One package of one ecosystem, with its licence as an SPDX expression, empty where it is not known."""

    kind: str
    name: str
    version: str
    licence: str
    digests: tuple[str, ...]

    @property
    def incompatible(self) -> bool:
        """Whether a licence is unknown, or one that may not stand beside ours."""
        said = set(re.findall(r"[\w.-]+", self.licence)) - {"AND", "OR"}
        return not said or not said <= COMPATIBLE


def parts() -> list[Part]:
    """All that an installation consists of besides our own code."""
    return sorted([*python_parts(), *npm_parts()], key=lambda part: (part.kind, part.name, part.version))


def python_parts() -> Iterator[Part]:
    for found in LOCKED.finditer((ROOT / "requirements" / "run.txt").read_text("utf-8")):
        name = found["name"].lower()
        yield Part("pypi", name, found["version"], python_licence(name), tuple(DIGEST.findall(found["rest"])))


def python_licence(name: str) -> str:
    """A package's licence, as it says it itself in SPDX, else as we have read it."""
    if name in SAID_ELSEWHERE:
        return SAID_ELSEWHERE[name]
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return ""
    said = about.get("License-Expression") or about.get("License") or ""
    if said in COMPATIBLE or about.get("License-Expression"):
        return str(said)
    classified = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License")]
    return " AND ".join(CLASSIFIERS[word] for word in classified if word in CLASSIFIERS)


def npm_parts() -> Iterator[Part]:
    """What pages bring along; tools of the tests stay here."""
    packages = json.loads((ROOT / "frontend" / "package-lock.json").read_text("utf-8"))["packages"]
    for path, about in packages.items():
        if path and not about.get("dev"):
            name = path.rpartition("node_modules/")[2]
            yield Part("npm", name, about["version"], about["license"].strip("()"), (about["integrity"],))


def bill(made_of: list[Part]) -> Bom:
    """The bill of materials, with the digests under which each package may come."""
    bom = Bom()
    bom.metadata.component = Component(
        name="fyrtaarn", version=version("fyrtaarn"), type=ComponentType.APPLICATION,
        licenses=[LicenseExpression("EUPL-1.2")],
    )  # fmt: skip
    for part in made_of:
        purl = PackageURL(part.kind, None, part.name, part.version)
        bom.components.add(
            Component(
                name=part.name,
                version=part.version,
                type=ComponentType.LIBRARY,
                purl=purl,
                bom_ref=purl.to_string(),
                licenses=[LicenseExpression(part.licence)] if part.licence else [],
                hashes=[
                    HashType(alg=HashAlgorithm.SHA_256, content=one) for one in part.digests if part.kind == "pypi"
                ],
            )
        )
    bom.register_dependency(bom.metadata.component, bom.components)
    return bom


def listed(made_of: list[Part]) -> str:
    """The licences as a table for people."""
    rows = "".join(f"| {part.name} | {part.version} | {part.licence or 'unknown'} |\n" for part in made_of)
    return f"# What Fyrtårn is made of\n\n| Package | Version | Licence |\n| --- | --- | --- |\n{rows}"


def main() -> None:
    made_of = parts()
    BUILD.mkdir(exist_ok=True)
    (BUILD / "sbom.cdx.json").write_text(JsonV1Dot6(bill(made_of)).output_as_string(indent=1), "utf-8")
    (BUILD / "licences.md").write_text(listed(made_of), "utf-8")
    print(f"{len(made_of)} packages: {BUILD / 'sbom.cdx.json'}, {BUILD / 'licences.md'}")
    if wrong := [f"{part.name} ({part.licence or 'unknown'})" for part in made_of if part.incompatible]:
        sys.exit(f"Look at the licence of: {', '.join(wrong)}")


if __name__ == "__main__":
    main()
