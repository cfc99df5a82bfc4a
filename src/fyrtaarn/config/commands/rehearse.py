"""fyrtaarn rehearse: a restore for a trial."""

from pathlib import Path

import click

from . import setup_django


@click.command()
@click.argument("backup", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--key", type=click.Path(path_type=Path, dir_okay=False), help="File with the secret key.")
def command(backup: Path | None, key: Path | None) -> None:
    """Bring BACKUP (else the newest) into a database that is made for it and thrown away, and compare every row.

    The database is made on the server of FYRTAARN_REHEARSAL_URL, else on the product's own.
    """
    setup_django()
    from django.conf import settings

    from fyrtaarn.backups.actions import rehearse
    from fyrtaarn.backups.folder import backups_in

    environment = settings.ENVIRONMENT
    if backup is None:
        newest = backups_in(Path(environment.backup_dir))[:1] if environment.backup_dir else []
        if not newest:
            raise click.UsageError("There is no backup in FYRTAARN_BACKUP_DIR: name one, or make one first.")
        (backup,) = newest
    key = key or (Path(environment.rehearsal_key) if environment.rehearsal_key else None)
    done = rehearse(backup, key, environment.rehearsal_url, lambda line: click.echo(f"{line} …", err=True))
    if done.fault:
        raise click.ClickException(done.fault)
    click.echo(
        f"{done.backup} was brought back in {done.seconds:.1f} seconds: {done.tables} tables, {done.rows} rows and"
        f" {done.files} files are what they were."
    )
