"""Reading the rows with an importer, and what is wrong with each."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.importing import Fault, Importer, ParsedRow
from fyrtaarn.people.models import User

from .models import ImportRow, ImportRun


def check_rows(importer: Importer, run: ImportRun, user: User, rows: Sequence[ImportRow]) -> dict[int, ParsedRow]:
    """Set each row's faults and warnings (not saved) and return what was read, by the row's number.

    Rows that are left out have none, and are not compared with the others.
    """
    prepared = importer.prepare(user, run.municipality)
    by_number = {row.number: row for row in rows}
    parsed = []
    for row in rows:
        row.faults, row.warnings = [], []
        if not row.left_out:
            parsed.append(_read(importer, run, row, prepared))
    for found, name, fault in importer.check(parsed, prepared, run.publish):
        row = by_number[found.number]
        if not any(noted["field"] == name for noted in row.faults):  # one fault a cell: the first says what to mend
            _note(row, name, fault)
    return {row.number: row for row in parsed}


def _read(importer: Importer, run: ImportRun, row: ImportRow, prepared: Any) -> ParsedRow:
    parsed = ParsedRow(row.number)
    for field in importer.fields:
        column = run.mapping.get(field.name)
        if column is None:
            continue
        damage = row.damages.get(str(column))
        cell = row.cells[column]
        if damage is not None:
            row.faults.append({"field": field.name, "message": damage, "params": {}})
        elif cell:
            try:
                parsed.values[field.name] = field.parse(cell, prepared)
            except Fault as fault:
                _note(row, field.name, fault)
        elif field.required:
            _note(row, field.name, missing())
    return parsed


def missing() -> Fault:
    """The fault of a cell that must not be empty."""
    return Fault(_("This must be filled in."))


def _note(row: ImportRow, name: str, fault: Fault) -> None:
    noted = {"field": name, "message": fault.message, "params": {k: str(v) for k, v in fault.params.items()}}
    (row.warnings if fault.is_warning else row.faults).append(noted)
