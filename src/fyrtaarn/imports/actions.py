"""What people do with an import. Each function is one transaction."""

from collections.abc import Iterable, Mapping
from typing import BinaryIO

from django.contrib.postgres.functions import TransactionNow
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import because
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.importing import IMPORTERS, Fault, Importer, quoted
from fyrtaarn.foundation.notices import tell
from fyrtaarn.foundation.reading import Table, read_table
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.listings.actions import end
from fyrtaarn.listings.models import Listing
from fyrtaarn.people.models import User

from . import rules
from .checking import check_rows
from .columns import is_known_heading, remember
from .models import ImportRow, ImportRun, ImportState
from .queries import Kept, kept_on_undo

SAVED_TOGETHER = 500
CHECKED_FIELDS = ("cells", "damages", "faults", "warnings", "left_out", "subject_id")


class WrongColumns(Exception):
    """The chosen columns cannot be used: `faults` says why, one by one."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults


class CannotUndo(Exception):
    """Some of what was imported is in use: `kept` names the rows and why."""

    def __init__(self, kept: list[Kept]) -> None:
        super().__init__(f"{len(kept)} rows are in use")
        self.kept = kept


@transaction.atomic
def upload(user: User, municipality: Municipality, kind: str, file: BinaryIO, *, name: str, size: int) -> ImportRun:
    """Read a file and keep its rows. Raises Unreadable with the reason when it cannot be used."""
    require(rules.may_import(user, municipality))
    importer = IMPORTERS[kind]
    table = read_table(file, size, lambda heading: is_known_heading(importer, heading))
    run = ImportRun.objects.create(
        kind=kind,
        municipality=municipality,
        by=user,
        file_name=name[:200],
        columns=table.headings,
        notes=[{"message": note.message, "params": note.params} for note in table.notes],
    )
    ImportRow.objects.bulk_create(_rows(run, table), batch_size=SAVED_TOGETHER)
    return run


def _rows(run: ImportRun, table: Table) -> list[ImportRow]:
    damages: dict[int, dict[str, str]] = {}
    for damage in table.damages:
        damages.setdefault(damage.row, {})[str(damage.column)] = damage.message
    return [
        ImportRow(run=run, number=number, cells=cells, damages=damages.get(number, {})) for number, cells in table.rows
    ]


@transaction.atomic
def choose_columns(user: User, run: ImportRun, chosen: Mapping[int, str], *, publish: bool) -> ImportRun:
    """Set which column holds which field ("" for none), remember it, and check all rows. Raises WrongColumns."""
    current = _locked(user, run)
    importer = IMPORTERS[current.kind]
    _refuse_wrong(importer, current.columns, chosen)
    current.mapping = {field: column for column, field in chosen.items() if field}
    current.publish = publish and importer.has_drafts
    current.state = ImportState.CHECKED
    current.save(update_fields=["mapping", "publish", "state"])
    remember(importer, current.municipality, current.columns, current.mapping)
    _check(user, current)
    return current


def _refuse_wrong(importer: Importer, headings: list[str], chosen: Mapping[int, str]) -> None:
    faults = []
    for field in importer.fields:
        columns = [headings[column] or str(column + 1) for column, name in chosen.items() if name == field.name]
        if len(columns) > 1:
            faults.append(
                Fault(
                    _("%(columns)s are all chosen as “%(field)s”. Choose one of them."),
                    columns=quoted(columns),
                    field=field.label,
                )
            )
        elif field.required and not columns:
            faults.append(Fault(_("Choose the column that holds “%(field)s”."), field=field.label))
    if faults:
        raise WrongColumns(faults)


@transaction.atomic
def mend(
    user: User,
    run: ImportRun,
    cells: Mapping[tuple[int, int], str],
    left_out: Mapping[int, bool],
    everywhere: set[tuple[int, int]],
) -> None:
    """Write new texts in cells (row number, column), leave rows out or take them back, and check all rows again.

    A cell in `everywhere` is mended in all rows that have the same text in that column.
    """
    current = _locked(user, run)
    rows = {row.number: row for row in current.rows.select_for_update(no_key=True)}
    before = _states(rows.values())
    for (number, column), text in cells.items():
        if number not in rows or not 0 <= column < len(current.columns):
            continue
        mistaken = rows[number].cells[column]
        alike = rows.values() if (number, column) in everywhere else ()
        for row in {number: rows[number]} | {row.number: row for row in alike if row.cells[column] == mistaken}:
            _write(rows[row], column, text)
    for number, value in left_out.items():
        if number in rows:
            rows[number].left_out = value
    check_rows(IMPORTERS[current.kind], current, user, list(rows.values()))
    _save_changed(rows.values(), before)


def _write(row: ImportRow, column: int, text: str) -> None:
    text = text.replace("\0", "").strip()  # the database keeps no NUL
    if row.cells[column] != text:
        row.cells[column] = text
        row.damages.pop(str(column), None)


@transaction.atomic
def leave_out_faulty(user: User, run: ImportRun) -> None:
    """Leave out all rows that have faults."""
    current = _locked(user, run)
    current.rows.exclude(faults=[]).update(left_out=True)
    _check(user, current)


@transaction.atomic
def start(user: User, run: ImportRun) -> None:
    """Have the worker import all rows that are not left out. Raises Refused while a row has a fault or none is left.

    Where the worker was stopped, starting again has it go on; what has been imported is never imported twice.
    """
    require(rules.may_import(user, run.municipality))
    current = hold(ImportRun.objects.select_related("municipality"), run.pk)
    if current.state != ImportState.RUNNING:
        require(rules.may_change(current))
        _make_ready(user, current)
    app.configure_task("imports.import_rows").defer(run=current.pk, user=user.pk)


def _make_ready(user: User, current: ImportRun) -> None:
    _check(user, current)
    kept = current.rows.filter(left_out=False)
    if kept.exclude(faults=[]).exists():
        raise Refused(_("Some rows still have faults. Mend them or leave them out."))
    if not kept.exists():
        raise Refused(_("All rows are left out, so there is nothing to import."))
    current.state = ImportState.RUNNING
    current.save(update_fields=["state"])


def perform(run_id: int, user: User) -> ImportRun:
    """Import all rows of a begun import in one transaction: all of them or none.

    Called by the worker and the command; a second call does nothing. When a fault has come up in the meantime the
    import goes back to its rows.
    """
    with transaction.atomic(), because("import", by=user):
        run = (
            ImportRun.objects.select_for_update(of=("self",), no_key=True).select_related("municipality").get(pk=run_id)
        )
        if run.state == ImportState.RUNNING:
            _create_all(IMPORTERS[run.kind], run, user)
    return run


def _create_all(importer: Importer, run: ImportRun, user: User) -> None:
    rows = list(run.rows.select_for_update(no_key=True))
    before = _states(rows)
    parsed = check_rows(importer, run, user, rows)
    if any(row.faults for row in rows):
        run.state = ImportState.CHECKED
    else:
        for row in rows:
            if row.number in parsed:
                made = importer.create(user, run.municipality, parsed[row.number].values, run.publish)
                row.subject_id = made.pk
        run.state = ImportState.DONE
        run.ended = TransactionNow()
    _save_changed(rows, before)
    run.save(update_fields=["state", "ended"])
    run.refresh_from_db()
    tell(
        "imports.done" if run.state == ImportState.DONE else "imports.stopped",
        [user],
        path=f"/import/{run.pk}/",
        params={"file": run.file_name, "count": len(parsed)},
    )


@transaction.atomic
def undo(user: User, run: ImportRun, *, keep_used: bool = False) -> list[Kept]:
    """Take away all that an import made.

    What somebody has changed or begun to use since stays: then nothing is undone and CannotUndo names the rows,
    unless `keep_used` says to undo the others. Returns the rows that stay.
    """
    require(rules.may_import(user, run.municipality))
    current = hold(ImportRun.objects.all(), run.pk)
    require(rules.may_undo(current))
    importer = IMPORTERS[current.kind]
    subjects = [row.subject_id for row in current.rows.exclude(subject_id=None) if row.subject_id]
    list(
        importer.model._default_manager.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=subjects)
        .order_by("pk")
    )
    kept = kept_on_undo(importer, current)
    if kept and not keep_used:
        raise CannotUndo(kept)
    staying = {one.subject_id for one in kept}
    with because("import undone", by=user):
        _remove(importer, [pk for pk in subjects if pk not in staying])
    current.state = ImportState.UNDONE
    current.ended = clock.now()
    current.save(update_fields=["state", "ended"])
    return kept


def _remove(importer: Importer, subjects: list[int]) -> None:
    """Delete what was made; its listings end and let go of what they point to, so that nothing holds it back."""
    listings = Listing.objects.filter(kind=importer.kind, subject_id__in=subjects)
    for listing in listings.select_for_update(of=("self",), no_key=True).filter(ended=None).order_by("pk"):
        end(listing)
    listings.update(organisation=None)
    try:
        importer.model._default_manager.filter(pk__in=subjects).delete()
    except ProtectedError as fault:
        raise Refused(_("Somebody has just begun to use what was imported. Try again.")) from fault


@transaction.atomic
def discard(user: User, run: ImportRun) -> None:
    """Throw away an import that has not begun."""
    _locked(user, run).delete()


def _locked(user: User, run: ImportRun) -> ImportRun:
    """The import as it is now, which nobody else changes meanwhile. Raises Refused when it can no longer be changed."""
    require(rules.may_import(user, run.municipality))
    current = hold(ImportRun.objects.select_related("municipality"), run.pk)
    require(rules.may_change(current))
    return current


def _check(user: User, run: ImportRun) -> None:
    """Judge all rows anew."""
    rows = list(run.rows.select_for_update(no_key=True))
    before = _states(rows)
    check_rows(IMPORTERS[run.kind], run, user, rows)
    _save_changed(rows, before)


def _states(rows: Iterable[ImportRow]) -> dict[int, str]:
    """What each row holds at this moment, to be compared."""
    return {row.pk: repr([getattr(row, name) for name in CHECKED_FIELDS]) for row in rows}


def _save_changed(rows: Iterable[ImportRow], before: Mapping[int, str]) -> None:
    """Save the rows that are no longer as they were; mostly few of thousands."""
    after = _states(rows)
    changed = [row for row in rows if after[row.pk] != before[row.pk]]
    ImportRow.objects.bulk_update(changed, CHECKED_FIELDS, batch_size=SAVED_TOGETHER)
