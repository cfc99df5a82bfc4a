"""fyrtaarn recovered: go on with a database that PostgreSQL itself has put back to an earlier moment."""

from pathlib import Path

import click

from . import setup_django


@click.command()
@click.option(
    "--erased",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="List of those who have been erased since; else erased.json in FYRTAARN_BACKUP_DIR.",
)
def command(erased: Path | None) -> None:
    """Say that the database was put back to an earlier moment, before the worker is started on it.

    Mail that waited then is held back, for it may have been sent since, and those who have been erased since are erased
    again.
    """
    setup_django()
    from django.conf import settings

    from fyrtaarn.privacy.remembering import LIST

    from .restore import take_up_again

    folder = settings.ENVIRONMENT.backup_dir
    if erased is None and not folder:
        raise click.UsageError("Say who has been erased since: --erased FILE, or set FYRTAARN_BACKUP_DIR.")
    take_up_again(erased or Path(folder) / LIST)
    click.echo("The worker may be started on this database.")
