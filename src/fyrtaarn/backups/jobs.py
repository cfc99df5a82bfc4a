"""The nightly backup, its copy on S3-compatible storage, and the weekly trial of bringing one back."""

from pathlib import Path

import structlog
from django.conf import settings
from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN
from fyrtaarn.foundation.buckets import Bucket
from fyrtaarn.foundation.watching import once_the_clock_is_believed

from . import remote
from .actions import make_backup, rehearse
from .folder import backups_in, remove_old

log = structlog.get_logger()


@app.periodic(cron="30 2 * * *")
@app.task(name="backups.nightly", queueing_lock="backups.nightly", lock="backups.nightly", retry=AGAIN)
def nightly(timestamp: int) -> None:
    """Make tonight's backup where FYRTAARN_BACKUP_DIR is set, and keep FYRTAARN_BACKUP_KEEP of them."""
    environment = settings.ENVIRONMENT
    if not environment.backup_dir:
        return
    folder = Path(environment.backup_dir)
    made = make_backup(folder, environment.backup_recipient)
    log.info("backup made", file=made.name)
    thin_out(folder, environment.backup_keep)


@once_the_clock_is_believed
def thin_out(folder: Path, keep: int) -> None:
    """Keep the newest: backups are named by the time, and a wrong clock names tonight's as the oldest."""
    removed = list(remove_old(folder, keep))
    log.info("old backups removed", removed=len(removed))


@app.periodic(cron="15 * * * *")
@app.task(name="backups.mirror", queueing_lock="backups.mirror", lock="backups.nightly")
def mirror(timestamp: int) -> None:
    """Copy what is new to the storage of FYRTAARN_BACKUP_S3_URL; what could not be copied now is copied next hour."""
    environment = settings.ENVIRONMENT
    if not environment.backup_dir or environment.backup_bucket is None:
        return
    for name in remote.mirror(Path(environment.backup_dir), environment.backup_bucket, environment.backup_keep):
        log.info("backup copied to the S3 storage", file=name)
    thin_out_there(environment.backup_bucket, environment.backup_keep)


@once_the_clock_is_believed
def thin_out_there(bucket: Bucket, keep: int) -> None:
    """Keep the newest on the S3 storage too, with the same caution."""
    removed = remote.remove_old(bucket, keep)
    log.info("old backups removed from the S3 storage", removed=len(removed))


@app.periodic(cron="30 4 * * 0")
@app.task(name="backups.rehearse", queueing_lock="backups.rehearse", lock="backups.nightly")
def rehearse_newest(timestamp: int) -> None:
    """Bring the newest backup back for a trial where FYRTAARN_REHEARSAL_URL names a server for it."""
    environment = settings.ENVIRONMENT
    newest = backups_in(Path(environment.backup_dir))[:1] if environment.backup_dir else []
    if not environment.rehearsal_url or not newest:
        return
    key = Path(environment.rehearsal_key) if environment.rehearsal_key else None
    done = rehearse(newest[0], key, environment.rehearsal_url)
    if done.fault:
        log.error("backup could not be brought back", file=done.backup, fault=done.fault)
    else:
        log.info("backup was brought back for a trial", file=done.backup, rows=done.rows)
