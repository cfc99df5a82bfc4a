"""fyrtaarn backup: the whole installation in one file."""

from pathlib import Path

import click

from . import setup_django


@click.command()
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="Folder; else FYRTAARN_BACKUP_DIR.")
@click.option("--fetch", help="Only fetch the backup of this name from FYRTAARN_BACKUP_S3_URL into the folder.")
@click.option(
    "--make-key",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Only write a new secret key to this file, and show the public key for FYRTAARN_BACKUP_RECIPIENT.",
)
def command(to: Path | None, fetch: str | None, make_key: Path | None) -> None:
    """Back up the database and all files while the product serves; the file is read back and checked."""
    setup_django()
    from django.conf import settings

    from fyrtaarn.backups import actions, remote
    from fyrtaarn.backups.archive import BackupError
    from fyrtaarn.privacy.remembering import write_list

    environment = settings.ENVIRONMENT
    folder = to or (Path(environment.backup_dir) if environment.backup_dir else None)
    try:
        if make_key:
            click.echo(f"FYRTAARN_BACKUP_RECIPIENT={actions.make_key(make_key)}")
            click.echo(f"Keep {make_key} away from this machine: without it no backup can be read.", err=True)
            return
        if folder is None:
            raise click.UsageError("Say where to: --to FOLDER, or set FYRTAARN_BACKUP_DIR.")
        if fetch:
            if environment.backup_bucket is None:
                raise click.UsageError("Set FYRTAARN_BACKUP_S3_URL to where the backup lies.")
            folder.mkdir(parents=True, exist_ok=True)
            click.echo(remote.fetch(fetch, environment.backup_bucket, folder))
            return
        made = actions.make_backup(folder, environment.backup_recipient, lambda line: click.echo(f"{line} …", err=True))
        write_list(folder)
    except (BackupError, OSError) as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(made)
