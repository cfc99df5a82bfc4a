"""The bill of materials is whole, valid, and holds no licence that may not stand beside ours."""

import json
import re
from pathlib import Path

import pytest
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools import sbom

ROOT = Path(__file__).resolve().parent.parent


def test_every_licence_may_stand_beside_ours() -> None:
    assert [(part.name, part.licence) for part in sbom.parts() if part.incompatible] == []


@pytest.mark.parametrize("licence", ["", "GPL-3.0-only", "AGPL-3.0-only", "MIT AND SSPL-1.0", "Other/Proprietary"])
def test_a_licence_that_may_not_is_found_out(licence: str) -> None:
    assert sbom.Part("pypi", "x", "1", licence, ()).incompatible


def test_each_line_of_the_lock_files_is_in_it_with_its_digests() -> None:
    lock = (ROOT / "requirements" / "run.txt").read_text("utf-8")
    made_of = sbom.parts()
    assert sum(part.kind == "pypi" for part in made_of) == len(re.findall(r"^[\w.-]+==", lock, re.M)) > 40
    assert sum(len(part.digests) for part in made_of if part.kind == "pypi") == lock.count("sha256:")
    assert {"dkfds", "htmx.org", "leaflet"} <= {part.name for part in made_of if part.kind == "npm"}


def test_it_is_valid_cyclonedx_and_holds_everything() -> None:
    made_of = sbom.parts()
    text = JsonV1Dot6(sbom.bill(made_of)).output_as_string()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill = json.loads(text)
    assert len(bill["components"]) == len(made_of)
    assert bill["metadata"]["component"]["name"] == "fyrtaarn"
    assert all("licenses" in component for component in bill["components"])


def test_lock_files_name_no_address() -> None:
    for path in (*(ROOT / "requirements").glob("*.txt"), ROOT / "frontend" / "package-lock.json"):
        text = path.read_text("utf-8")
        assert "--index-url" not in text
        assert "--extra-index-url" not in text
        assert "--find-links" not in text
        assert '"resolved"' not in text
