"""fyrtaarn check: judge this installation."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import click

from fyrtaarn.config.environment import VARIABLES

OLDEST_POSTGRESQL = 15


@dataclass(frozen=True)
class Finding:
    """One answer: good or not, what was looked at, and what to do."""

    good: bool
    text: str


@click.command()
def command() -> None:
    """Judge this installation and say in plain words what to mend; ends with 1 if something is wrong."""
    from . import setup_django

    setup_django()
    findings = [finding for check in CHECKS for finding in check()]
    for finding in findings:
        click.echo(f"{'ok      ' if finding.good else 'MEND    '}{finding.text}")
    click.echo("\nSettings in use (secrets are not shown):")
    for variable in VARIABLES:
        value = os.environ.get(variable.name, "")
        shown = "(set)" if value and _is_secret(variable.name) else value or f"{variable.default or '–'} (default)"
        click.echo(f"  {variable.name} = {shown}")
    if not all(finding.good for finding in findings):
        sys.exit(1)


def _is_secret(name: str) -> bool:
    return any(
        word in name for word in ("SECRET", "KEY", "DATABASE", "REHEARSAL_URL", "MAIL_URL", "S3_URL", "OIDC", "TOKEN")
    )


def mode() -> Iterator[Finding]:
    from django.conf import settings

    if settings.DEMO:
        yield Finding(True, "Demo mode: anybody may sign in as a persona. Set FYRTAARN_MODE=production for real use.")
    else:
        yield Finding(True, "Production mode.")


def database() -> Iterator[Finding]:
    from django.db import DatabaseError, connection

    from fyrtaarn.operations.queries import missing_migrations

    try:
        version = connection.cursor().connection.info.server_version // 10_000
        missing = missing_migrations()
    except DatabaseError as fault:
        yield Finding(False, f"The database does not answer: {fault}. Look at FYRTAARN_DATABASE_URL.")
        return
    good = version >= OLDEST_POSTGRESQL
    yield Finding(good, f"PostgreSQL {version}" + ("." if good else f": at least {OLDEST_POSTGRESQL} is needed."))
    yield Finding(
        not missing,
        "The database has this version's tables."
        if not missing
        else f"The database lacks {len(missing)} migrations: run `fyrtaarn migrate`.",
    )


def clock() -> Iterator[Finding]:
    from django.db import DatabaseError

    from fyrtaarn.foundation.watching import clock_standing

    try:
        standing = clock_standing()
    except DatabaseError:
        return  # the check of the database says so
    waits = "Nothing is erased or sealed until it is right."
    if standing.differs:
        minutes = round(standing.ahead.total_seconds() / 60)
        yield Finding(False, f"This machine's clock is {minutes} minutes ahead of the database's. {waits}")
    elif standing.has_jumped:
        yield Finding(
            False,
            f"The clock has jumped, or no worker ran for an hour, and has not run evenly for two days yet. {waits}",
        )
    else:
        yield Finding(True, "The clock can be believed.")


def logins() -> Iterator[Finding]:
    from django.conf import settings
    from django.db import DatabaseError

    from fyrtaarn.config.logins import powers_of

    for part, login in (("web processes", settings.DATABASE_WEB_LOGIN), ("worker", settings.DATABASE_WORKER_LOGIN)):
        try:
            powers = powers_of(login)
        except DatabaseError:
            return  # the check of the database says so
        if powers:
            yield Finding(settings.DEMO, f"The {part} should have a login that may less: {' and '.join(powers)}.")
        else:
            yield Finding(True, f"`{login}`, the login of the {part}, is kept within bounds by the database.")


def folders() -> Iterator[Finding]:
    from django.conf import settings

    for folder in (settings.ENVIRONMENT.data_dir, Path(settings.MEDIA_ROOT), Path(settings.STATIC_ROOT)):
        existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
        good = os.access(existing, os.W_OK)
        yield Finding(
            good, f"{folder} can{'' if good else 'not'} be written." + ("" if good else " Give the user rights to it.")
        )
    if settings.ENVIRONMENT.files_bucket:
        yield storage()
    laid_out = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    yield Finding(
        laid_out,
        "Style and scripts are laid out."
        if laid_out
        else "Style and scripts are not laid out: run `fyrtaarn manage collectstatic`.",
    )


def storage() -> Finding:
    from botocore.exceptions import BotoCoreError, ClientError
    from django.core.files.storage import default_storage

    try:
        default_storage.listdir("")
    except (BotoCoreError, ClientError) as fault:
        return Finding(False, f"The storage of files does not answer: {fault}. Look at FYRTAARN_FILES_S3_URL.")
    return Finding(True, "The storage of files answers.")


def mail() -> Iterator[Finding]:
    from django.conf import settings
    from django.core.mail import get_connection

    if not settings.ENVIRONMENT.mail_url:
        yield Finding(True, f"Mail is kept as files in {settings.EMAIL_FILE_PATH}.")
        return
    try:
        get_connection().open()
    except OSError as fault:
        yield Finding(False, f"The mail server does not answer: {fault}. Look at FYRTAARN_MAIL_URL.")
    else:
        yield Finding(True, "The mail server answers.")


def scanner() -> Iterator[Finding]:
    from django.conf import settings

    from fyrtaarn.foundation.scanning import ScannerFault, ping

    if not settings.SCANNER:
        return
    try:
        ping()
    except ScannerFault as fault:
        yield Finding(False, f"The virus scanner does not answer: {fault}. No file is kept. Look at FYRTAARN_SCANNER.")
    else:
        yield Finding(True, "The virus scanner answers.")


def undelivered_mail() -> Iterator[Finding]:
    from django.db import DatabaseError

    from fyrtaarn.foundation.mail import undelivered

    try:
        lost = list(undelivered())
    except DatabaseError:
        return  # the check of the database says so
    if not lost:
        yield Finding(True, "No mail was left undelivered.")
    for mail in lost:
        why = mail.last_error or "the worker stopped while handing it over, so nobody knows whether it arrived"
        yield Finding(False, f"Mail {mail.key} to {mail.recipient} was not delivered: {why}. It is not sent again.")


def search_index() -> Iterator[Finding]:
    from django.db import DatabaseError

    from fyrtaarn.engine.matching import ANALYSIS_VERSION
    from fyrtaarn.listings.models import Listing

    try:
        old = Listing.objects.filter(ended=None).exclude(analysis_version=ANALYSIS_VERSION).count()
    except DatabaseError:
        return  # `database` has said what is wrong
    if old:
        yield Finding(False, f"{old} listings were read by an earlier version. Run: fyrtaarn index rebuild")
    else:
        yield Finding(True, "The search index was made by this version.")


def history() -> Iterator[Finding]:
    from django.db import DatabaseError

    from fyrtaarn.foundation.models import Seal
    from fyrtaarn.foundation.sealing import broken_seals

    try:
        newest = Seal.objects.order_by("-pk").first()
        broken = list(broken_seals())
    except DatabaseError:
        return  # `database` has said what is wrong
    if newest is None:
        yield Finding(True, "The history is not sealed yet: the worker does so every night.")
    elif not broken:
        yield Finding(True, f"The history is as it was sealed. Newest seal {newest.pk}: {newest.hash}")
    for one in broken:
        where = ", ".join(one.tables) or "the chain of seals itself"
        yield Finding(
            False,
            f"The history from {one.seal.since:%Y-%m-%d %H:%M} to {one.seal.until:%Y-%m-%d %H:%M} was changed after"
            f" it was sealed ({where}). Compare with a backup from before, and find out who had access.",
        )


def books() -> Iterator[Finding]:
    from django.db import DatabaseError

    from fyrtaarn.ledger.proving import faults_in_books

    try:
        faults = list(faults_in_books())
    except DatabaseError:
        return  # `database` has said what is wrong
    if not faults:
        yield Finding(True, "The books of all pools add up.")
    for fault in faults:
        yield Finding(False, f"The books do not add up: {fault}. Compare with a backup, and find out who had access.")


def backups() -> Iterator[Finding]:
    from django.conf import settings

    from fyrtaarn.backups.folder import backups_in
    from fyrtaarn.operations.queries import OLDEST_BACKUP

    folder = settings.ENVIRONMENT.backup_dir
    if not folder:
        yield Finding(settings.DEMO, "No nightly backup is made: set FYRTAARN_BACKUP_DIR.")
        return
    newest = next(iter(backups_in(Path(folder))), None)
    if newest is None:
        yield Finding(False, f"There is no backup in {folder}: run `fyrtaarn backup`, and see that the worker runs.")
        return
    age = timedelta(seconds=time.time() - newest.stat().st_mtime)
    hours = round(age.total_seconds() / 3600)
    yield Finding(age <= OLDEST_BACKUP, f"The newest backup, {newest.name}, is {hours} hours old.")


def rehearsals() -> Iterator[Finding]:
    from django.conf import settings
    from django.db import DatabaseError

    from fyrtaarn.backups.models import Rehearsal

    try:
        last = Rehearsal.objects.first()
    except DatabaseError:
        return  # the check of the database says so
    if last is None:
        wanted = bool(settings.ENVIRONMENT.rehearsal_url)
        yield Finding(not wanted, "No backup has been brought back for a trial yet: run `fyrtaarn rehearse`.")
    elif last.fault:
        yield Finding(False, f"{last.backup} could not be brought back: {last.fault}")
    else:
        yield Finding(True, f"{last.backup} was brought back for a trial on {last.at:%Y-%m-%d}, every row the same.")


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    mode,
    database,
    clock,
    logins,
    folders,
    mail,
    scanner,
    undelivered_mail,
    search_index,
    history,
    books,
    backups,
    rehearsals,
)
