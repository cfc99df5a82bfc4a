"""fyrtaarn restore: back from a backup, into an empty installation."""

from pathlib import Path

import click

from . import setup_django


@click.command()
@click.argument("backup", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--key", type=click.Path(path_type=Path, dir_okay=False), help="File with the secret key.")
@click.option(
    "--erased",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="List of those who have been erased since; else erased.json beside the backup.",
)
def command(backup: Path, key: Path | None, erased: Path | None) -> None:
    """Restore BACKUP into an empty database and an empty data folder, and compare every row.

    Those who have been erased since the backup was made are erased again, by the list beside it.

    Nothing is ever written over: point FYRTAARN_DATABASE_URL or FYRTAARN_DATA_DIR to a new, empty place first.
    """
    setup_django()
    from fyrtaarn.backups.actions import restore_backup
    from fyrtaarn.backups.archive import BackupError
    from fyrtaarn.privacy.remembering import LIST

    try:
        manifest = restore_backup(backup, key, lambda line: click.echo(f"{line} …", err=True))
    except BackupError as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(
        f"Restored the backup of {manifest.made}: {len(manifest.tables)} tables, {manifest.rows} rows,"
        f" {manifest.files} files."
    )
    take_up_again(erased or backup.with_name(LIST))


def take_up_again(erased: Path) -> None:
    """Have a database of an earlier moment go on from here: mail that may have been sent, and who has been erased."""
    from fyrtaarn.foundation.mail import hold_back
    from fyrtaarn.privacy.actions import erase_again
    from fyrtaarn.privacy.remembering import read_list

    from .migrate import prepare_database

    click.echo("Bringing the database up to date …", err=True)
    prepare_database(verbosity=0)
    held = hold_back("It waited at the moment to which the database was put back, so it may have been sent since.")
    again = erase_again(read_list(erased))
    if held:
        click.echo(f"{held} mails that waited are held back, for none is sent twice; `fyrtaarn check` shows them.")
    if again:
        click.echo(f"{again} people who had been erased since that moment have been erased again.")
