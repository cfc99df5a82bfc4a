"""Grants as open data are valid against the 360Giving schema."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from fyrtaarn.areas.models import District

from .conftest import Given

pytestmark = pytest.mark.django_db
STANDARD = Path(__file__).resolve().parents[3] / "shared" / "standards" / "360giving"


def validator() -> Draft202012Validator:
    """Of the package, with the schema of a grant at the address by which the package names it."""
    package, grant = (
        json.loads((STANDARD / f"360-giving-{name}.json").read_text("utf-8")) for name in ("package-schema", "schema")
    )
    address = package["properties"]["grants"]["items"]["$ref"]
    registry: Registry[Any] = Registry().with_resource(address, DRAFT202012.create_resource(grant))
    return Draft202012Validator(package, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_package_is_valid(client: Client, given: Given, kolding: Any) -> None:
    given.grant.district = District.objects.create(municipality=kolding, name="Midtbyen", slug="midtbyen")
    given.grant.save(update_fields=["district"])
    response = client.get("/kolding/tilskud/360giving.json")
    package = response.json()
    assert list(validator().iter_errors(package)) == []
    (grant,) = package["grants"]
    assert (grant["amountAwarded"], grant["currency"]) == (100_000, "DKK")
    assert grant["recipientOrganization"][0]["id"] == "DK-CVR-10000009"


def test_the_schema_finds_what_is_wrong(client: Client, given: Given) -> None:
    package = client.get("/kolding/tilskud/360giving.json").json()
    del package["grants"][0]["awardDate"]
    assert list(validator().iter_errors(package))


def test_everybody_reads_who_got_what(client: Client, given: Given) -> None:
    page = client.get("/kolding/tilskud/").content.decode()
    assert "Værkstedet" in page
    assert client.get("/kolding/tilskud/?format=csv").status_code == 200


def test_a_municipality_without_grants_has_no_package(client: Client, kolding: Any) -> None:
    assert client.get("/kolding/tilskud/360giving.json").status_code == 404
    assert "360giving" not in client.get("/kolding/tilskud/").content.decode()
