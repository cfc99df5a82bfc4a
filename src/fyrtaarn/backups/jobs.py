"""The nightly backup."""

from pathlib import Path

import structlog
from django.conf import settings
from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN

from .actions import make_backup, remove_old

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
    removed = list(remove_old(folder, environment.backup_keep))
    log.info("backup made", file=made.name, removed=len(removed))
