"""The areas that come with the product: 98 municipalities and what is known of their departments and districts.

Where the data comes from is told in data/SOURCES.md.
"""

import csv
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files
from io import StringIO
from typing import Any

from django.db import transaction

from .models import Department, District, LocalBody, Municipality

Row = dict[str, str]
Part = type[Department] | type[District] | type[LocalBody]


def load_areas() -> None:
    """Add what is missing; change nothing that is there, and bring back nothing that somebody has removed.

    May be run any number of times: a municipality's own edits stand.
    """
    with transaction.atomic():
        for row in _rows("municipalities"):
            Municipality.objects.get_or_create(code=row["municipality_code"], defaults=_municipality(row))
        municipalities = {m.code: m for m in Municipality.objects.order_by("pk")}
        for row in _rows("departments"):
            _add_missing(Department, municipalities[row["municipality_code"]], row["slug"], _department(row))
        for row in _rows("districts"):
            _add_missing(District, municipalities[row["municipality_code"]], row["slug"], _district(row))
        districts = {(d.municipality_id, d.slug): d for d in District.objects.order_by("pk")}
        for row in _rows("local_bodies"):
            municipality = municipalities[row["municipality_code"]]
            district = districts.get((municipality.pk, row["district_slug"]))
            values = {"name": row["name"], "kind": row["kind"], "district": district}
            _add_missing(LocalBody, municipality, row["slug"], values)


def _rows(name: str) -> Iterator[Row]:
    text = (files("fyrtaarn.areas") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(StringIO(text, newline=""))


def _add_missing(model: Part, municipality: Municipality, slug: str, values: dict[str, Any]) -> None:
    address = {"municipality": municipality, "slug": slug}
    removed = model.pgh_event_models["delete"].objects.filter(pgh_label="delete", **address)  # type: ignore[union-attr]
    if not removed.exists():
        model._default_manager.get_or_create(**address, defaults=values)


def _municipality(row: Row) -> dict[str, Any]:
    return {
        "slug": row["slug"],
        "name": row["name"],
        "name_en": row["name_en"],
        "region_code": row["region_code"],
        "region": row["region_name"],
        **_position(row),
    }


def _department(row: Row) -> dict[str, Any]:
    return {
        "name": row["name_da"],
        "name_en": row["name_en"],
        "abbreviation": row["abbreviation"],
        "formerly": row["formerly"],
        "committee": row["committee_da"],
        "note": row["note"],
        "valid_from": row["valid_from"] or None,
    }


def _district(row: Row) -> dict[str, Any]:
    return {"name": row["name"], "number": row["number"] or None, **_position(row)}


def _position(row: Row) -> dict[str, Decimal | None]:
    return {part: Decimal(row[part]) if row[part] else None for part in ("latitude", "longitude")}
