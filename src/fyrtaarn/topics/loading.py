"""The shared words that come with the product. Where they come from is told in data/SOURCES.md."""

import csv
from collections.abc import Iterator
from importlib.resources import files
from io import StringIO

from django.db import transaction

from .models import Goal, TargetGroup, Theme


def load_topics() -> None:
    """Add the words that are missing and change none that are there; may be run any number of times."""
    with transaction.atomic():
        for row in _rows("themes"):
            values = {key: row[key] for key in ("name_en", "description_da", "description_en")}
            Theme.objects.get_or_create(slug=row["slug"], defaults={"name": row["name_da"], **values})
        for row in _rows("target_groups"):
            values = {"name": row["name_da"], "name_en": row["name_en"]}
            TargetGroup.objects.get_or_create(slug=row["slug"], defaults=values)
        for row in _rows("sdgs"):
            values = {"name_da": row["name_da"], "name_en": row["name_en"]}
            Goal.objects.get_or_create(number=int(row["number"]), defaults=values)


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("fyrtaarn.topics") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(StringIO(text, newline=""))
