"""A copy of all that is held on a person, for machines (JSON) and for people (a page), with her files."""

import json
from pathlib import PurePosixPath
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.template import loader
from django.utils.text import capfirst

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import StoredFile
from fyrtaarn.foundation.personal_data import HOLDINGS, Holding
from fyrtaarn.people.models import User

from .queries import addresses_of, rows_of

DATA, PAGE, FILES = "data.json", "laes-mig.html", "filer"


def write_copy(into: IO[bytes], person: User) -> None:
    """Write the archive, in the active language: data.json, laes-mig.html and the files that she has uploaded."""
    parts = [part for holding in HOLDINGS.values() if (part := _part(holding, person))]
    made = clock.now()
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        data = {"made": made, "person": person.pk, "held": [_for_machines(part) for part in parts]}
        archive.writestr(DATA, json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        archive.writestr(
            PAGE, loader.render_to_string("privacy/copy.html", {"parts": parts, "made": made, "name": str(person)})
        )
        for stored in StoredFile.objects.filter(uploaded_by=person, removed=None):
            with stored.content.open("rb") as content:
                archive.writestr(f"{FILES}/{stored.pk}-{PurePosixPath(stored.name).name}", content.read())


def _part(holding: Holding, person: User) -> dict[str, Any] | None:
    rows = rows_of(holding, person, addresses_of(person))
    if not rows.exists():
        return None
    return {"holding": holding, "rows": _values(holding, rows), "earlier": _earlier(holding, rows)}


def _values(holding: Holding, rows: QuerySet[Any]) -> list[dict[str, tuple[str, Any]]]:
    """Each row as its fields' names with words for people and the value; what only serves security is left out."""
    columns = [column for column in holding.model._meta.local_fields if column.name not in holding.secret]
    return [{c.name: (capfirst(str(c.verbose_name)), _value(row, c)) for c in columns} for row in rows]


def _earlier(holding: Holding, rows: QuerySet[Any]) -> list[dict[str, tuple[str, Any]]]:
    """What the history keeps of the same rows, where they say something of the person herself."""
    if holding.history is None or not holding.about:
        return []
    events = holding.history._base_manager.filter(pgh_obj_id__in=rows.values("pk")).order_by("pgh_id")
    names = {"pgh_created_at", "pgh_label", *(column.name for column in holding.model._meta.local_fields)}
    columns = [column for column in holding.history._meta.local_fields if column.name in names - {*holding.secret}]
    return [{c.name: (capfirst(str(c.verbose_name)), _value(event, c)) for c in columns} for event in events]


def _value(row: Any, column: Any) -> Any:
    value = getattr(row, column.attname)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if column.get_internal_type() == "FileField":
        return value.name
    return value


def _for_machines(part: dict[str, Any]) -> dict[str, Any]:
    holding = part["holding"]
    said = {"what": holding.what, "why": holding.why, "ground": holding.ground.label, "kept": holding.kept}
    rows = {
        name: [{key: value for key, (_label, value) in row.items()} for row in part[name]]
        for name in ("rows", "earlier")
    }
    return {"model": holding.key, **{key: str(text) for key, text in said.items()}, **rows}
