"""fyrtaarn import: the same import as in the product, from a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fyrtaarn.config.database import Login

from . import setup_django

if TYPE_CHECKING:
    from fyrtaarn.imports.models import ImportRun
    from fyrtaarn.people.models import User

MOST_SHOWN = 50


@click.command(name="import")
@click.argument("kind", required=False)
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--municipality", help="Slug of the municipality, such as kolding.")
@click.option("--user", "email", help="E-mail address of the person who imports; she must have the right to.")
@click.option(
    "--map", "mapped", multiple=True, metavar="FIELD=COLUMN", help="Which column (heading or number) holds a field."
)
@click.option("--publish", is_flag=True, help="Publish at once instead of importing drafts.")
@click.option("--dry-run", is_flag=True, help="Only say what is wrong.")
@click.option("--undo", type=int, metavar="ID", help="Undo the import with this number.")
@click.option("--keep-used", is_flag=True, help="With --undo: keep what is in use and undo the rest.")
def command(
    kind: str | None,
    file: Path | None,
    municipality: str | None,
    email: str | None,
    mapped: tuple[str, ...],
    publish: bool,
    dry_run: bool,
    undo: int | None,
    keep_used: bool,
) -> None:
    """Import challenges, solutions or organisations (KIND: challenge, solution, organisation) from an Excel or CSV FILE.

    Every row is checked first. Either all rows come in or none. Columns are recognised by their headings.
    """
    setup_django(Login.WORKER)
    from django.utils import translation

    with translation.override("en"):
        user = _user(email)
        if undo is not None:
            _undo(user, undo, keep_used)
        elif kind and file and municipality:
            _import(user, kind, file, municipality, mapped, publish, dry_run)
        else:
            raise click.UsageError("Give KIND, FILE and --municipality, or --undo with the number of an import.")


def _user(email: str | None) -> User:
    from fyrtaarn.people.models import User

    if not email:
        raise click.UsageError("Give --user: the e-mail address of the person in whose name this is done.")
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise click.ClickException(f"Nobody here has the e-mail address {email}.")
    return user


def _import(
    user: User, kind: str, file: Path, place: str, mapped: tuple[str, ...], publish: bool, dry_run: bool
) -> None:
    from django.db import transaction

    from fyrtaarn.areas.models import Municipality
    from fyrtaarn.foundation.importing import IMPORTERS
    from fyrtaarn.foundation.reading import Unreadable
    from fyrtaarn.foundation.rules import Refused
    from fyrtaarn.imports import actions
    from fyrtaarn.imports.actions import WrongColumns
    from fyrtaarn.imports.columns import guess_columns

    if kind not in IMPORTERS:
        raise click.ClickException(f"KIND must be one of {', '.join(sorted(IMPORTERS))}.")
    municipality = Municipality.objects.filter(slug=place, open=True).first()
    if municipality is None:
        raise click.ClickException(f"No portal is open for {place}.")
    try:
        with transaction.atomic(), file.open("rb") as opened:
            run = actions.upload(user, municipality, kind, opened, name=file.name, size=file.stat().st_size)
            guesses = guess_columns(IMPORTERS[kind], municipality, run.columns)
            chosen = {column: guess.field for column, guess in enumerate(guesses)}
            run = actions.choose_columns(user, run, _with_given(run, kind, chosen, mapped), publish=publish)
            faulty = _report(run)
            if faulty or dry_run:
                transaction.set_rollback(True)
            else:
                actions.start(user, run)
    except (Unreadable, Refused) as fault:
        raise click.ClickException(str(fault)) from fault
    except WrongColumns as wrong:
        raise click.ClickException("\n".join(str(fault) for fault in wrong.faults)) from wrong
    if faulty:
        raise click.ClickException(f"{faulty} rows must be mended first. Nothing was imported.")
    if dry_run:
        click.echo("All rows are well. Nothing was imported, because of --dry-run.")
        return
    run = actions.perform(run.pk, user)
    count = run.rows.exclude(subject_id=None).count()
    click.echo(f"{count} rows imported. To take them back: fyrtaarn import --undo {run.pk} --user {user.email}")


def _with_given(run: ImportRun, kind: str, chosen: dict[int, str], mapped: tuple[str, ...]) -> dict[int, str]:
    """The guessed columns, overruled by those given as FIELD=COLUMN."""
    from fyrtaarn.foundation.importing import IMPORTERS, folded

    fields = [field.name for field in IMPORTERS[kind].fields]
    headings = [folded(heading) for heading in run.columns]
    given: dict[int, str] = {}
    for each in mapped:
        field, _sign, column = each.partition("=")
        if field not in fields:
            raise click.ClickException(f"--map {each}: the fields are {', '.join(fields)}.")
        if folded(column) in headings:
            number = headings.index(folded(column))
        elif column.isdigit() and 0 < int(column) <= len(headings):
            number = int(column) - 1
        else:
            raise click.ClickException(f"--map {each}: the columns are {', '.join(run.columns)}.")
        if number in given:
            raise click.ClickException(f"--map {each}: this column is already chosen as {given[number]}.")
        given[number] = field
    return {column: field for column, field in chosen.items() if field not in given.values()} | given


def _report(run: ImportRun) -> int:
    """Say what was noticed and what is wrong, row by row; returns the number of rows with faults."""
    for note in run.notes:
        click.echo(note["message"] % note["params"])
    faulty = list(run.rows.exclude(faults=[]))
    for row in faulty[:MOST_SHOWN]:
        for fault in row.faults:
            click.echo(f"Row {row.number}, {fault['field']}: {fault['message'] % fault['params']}")
    if len(faulty) > MOST_SHOWN:
        click.echo(f"… and {len(faulty) - MOST_SHOWN} further rows.")
    for row in run.rows.filter(faults=[]).exclude(warnings=[])[:MOST_SHOWN]:
        for warning in row.warnings:
            click.echo(f"Row {row.number}, {warning['field']} (worth a look): {warning['message'] % warning['params']}")
    return len(faulty)


def _undo(user: User, number: int, keep_used: bool) -> None:
    from fyrtaarn.foundation.rules import Refused
    from fyrtaarn.imports import actions
    from fyrtaarn.imports.actions import CannotUndo
    from fyrtaarn.imports.rules import visible_runs

    run = visible_runs(user).filter(pk=number).first()
    if run is None:
        raise click.ClickException(f"{user.email} has no import with the number {number}.")
    try:
        kept = actions.undo(user, run, keep_used=keep_used)
    except CannotUndo as refusal:
        for one in refusal.kept:
            click.echo(f"Row {one.number}, {one.title}: {one.why}")
        raise click.ClickException(
            "Nothing was undone. Use --keep-used to keep these and undo the others."
        ) from refusal
    except Refused as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(f"Undone; {len(kept)} rows stay." if kept else "Undone.")
