"""Making a backup, going back to one, and throwing old ones away."""

import tarfile
import time
from collections.abc import Callable
from datetime import UTC
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import pyrage
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import names_in_storage
from fyrtaarn.foundation.storage import settle

from . import database
from .archive import DUMP, FILES, ArchiveWriter, BackupError, Manifest, check, unpack
from .folder import PLAIN, SEALED
from .models import Backup, Rehearsal

NAME = "fyrtaarn-%Y%m%dT%H%M%S%fZ"

Tell = Callable[[str], object]


def make_backup(folder: Path, recipient: str = "", tell: Tell = lambda _line: None) -> Path:
    """Put all that this installation holds into one new file in `folder`, and read it back; returns its path.

    With an age public key as `recipient` only the holder of its secret key can read the file. Raises BackupError.
    """
    key = _public_key(recipient) if recipient else None
    folder.mkdir(parents=True, exist_ok=True)
    name = clock.now().astimezone(UTC).strftime(NAME)  # names sort by time, also when the clock is put back
    # beside the data rather than in `folder`: what is not yet encrypted shall not lie where backups are fetched from
    with TemporaryDirectory(dir=settings.ENVIRONMENT.data_dir) as beside:
        plain = Path(beside) / f"{name}{PLAIN}"
        tell("Reading the database and the files")
        _write(plain, Path(beside) / DUMP)
        tell("Checking what was written")
        check(plain)
        final = folder / f"{name}{SEALED if key else PLAIN}"
        part = final.with_name(f"{final.name}.part")
        try:
            _copy(plain, part, key)
            settle(part, final)
        finally:
            part.unlink(missing_ok=True)  # what is torn takes up the room that is lacking
    Backup.objects.create(name=final.name, size=final.stat().st_size)
    return final


def _write(path: Path, dump: Path) -> None:
    with tarfile.open(path, "w:") as tar, database.snapshot() as (source, name):
        path.chmod(0o600)
        writer = ArchiveWriter(tar)
        # files first: one that is deleted before the snapshot is merely superfluous, one that comes is added below
        _add_files(writer)
        server = database.server_version(source)
        manifest = Manifest(
            version("fyrtaarn"), clock.now().isoformat(), server, _applied(source), database.tables(source)
        )
        database.dump(dump, name, server)
        writer.add(DUMP, lambda: File(dump.open("rb")))
        _add_files(writer)
        writer.close(manifest)


def _add_files(writer: ArchiveWriter) -> None:
    for kept in sorted(names_in_storage()):
        if FILES + kept not in writer.parts:
            writer.add(FILES + kept, partial(default_storage.open, kept, "rb"))


def _applied(source: database.Connection) -> list[str]:
    table = MigrationRecorder.Migration._meta.db_table
    rows = source.execute(f"SELECT app || '.' || name FROM {table} ORDER BY 1")  # noqa: S608 - Django's own name
    return [str(name) for (name,) in rows]


def _copy(plain: Path, part: Path, key: pyrage.x25519.Recipient | None) -> None:
    with plain.open("rb") as source, part.open("wb") as target:
        part.chmod(0o600)
        if key:
            pyrage.encrypt_io(source, target, [key])
        else:
            while block := source.read(1024 * 1024):
                target.write(block)


def _public_key(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as fault:
        raise BackupError("FYRTAARN_BACKUP_RECIPIENT is no age public key (age1…).") from fault


def make_key(path: Path) -> str:
    """Write a new secret key to a file that is not there yet; returns the public key that belongs to it."""
    identity = pyrage.x25519.Identity.generate()
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(f"{identity}\n")
    except FileExistsError as fault:
        raise BackupError(f"{path} is there already, and a key is never written over.") from fault
    return str(identity.to_public())


def restore_backup(path: Path, key: Path | None = None, tell: Tell = lambda _line: None) -> Manifest:
    """Bring a backup into the empty database and the empty folder of files that the settings name.

    Every row and every file is compared with what the backup says. Raises BackupError.
    """
    _demand(path)
    if next(names_in_storage(), None):
        raise BackupError("The place of the files is not empty, and a restore never writes over what is there.")
    settings.ENVIRONMENT.data_dir.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=settings.ENVIRONMENT.data_dir) as beside:
        unpacked = Path(beside) / "unpacked"
        manifest = _unpacked(path, key, unpacked, tell)
        _bring_back(manifest, unpacked, tell)
        tell("Bringing the files back")
        bring_files_back(unpacked)
    connections.close_all()
    return manifest


def rehearse(path: Path, key: Path | None = None, server: str = "", tell: Tell = lambda _line: None) -> Rehearsal:
    """Bring a backup into a database that is made for it and thrown away, compare every row, and note how it went.

    `server` is the address of the PostgreSQL server that lends the database; empty: the one that Django uses. Files are
    unpacked and held against their digests.
    """
    started = time.perf_counter()
    told = Rehearsal(backup=path.name)
    try:
        _demand(path)
        with TemporaryDirectory(dir=settings.ENVIRONMENT.data_dir) as beside, database.scratch(server) as address:
            unpacked = Path(beside) / "unpacked"
            manifest = _unpacked(path, key, unpacked, tell)
            _bring_back(manifest, unpacked, tell, address)
        told.tables, told.rows, told.files = len(manifest.tables), manifest.rows, manifest.files
    except (BackupError, OSError) as fault:
        told.fault = str(fault)
    told.seconds = time.perf_counter() - started
    told.save()
    return told


def bring_files_back(unpacked: Path) -> None:
    """Put the files of an unpacked backup where the settings keep files."""
    for kept in sorted(found for found in (unpacked / FILES).rglob("*") if found.is_file()):
        with kept.open("rb") as content:
            default_storage.save(str(kept.relative_to(unpacked / FILES)), File(content))


def _demand(path: Path) -> None:
    if not path.exists():
        raise BackupError(f"{path} is not there.")


def _unpacked(path: Path, key: Path | None, into: Path, tell: Tell) -> Manifest:
    """Check a backup and unpack it."""
    tell("Reading the backup")
    into.mkdir()
    plain = _opened(path, key, into.parent)
    manifest = check(plain)
    _refuse_newer(manifest)
    unpack(plain, into)
    return manifest


def _bring_back(manifest: Manifest, unpacked: Path, tell: Tell, address: database.Address | None = None) -> None:
    """Bring the database of an unpacked backup back, and compare."""
    tell("Bringing the database back")
    with database.connect(address) as target:
        server = database.server_version(target)
    if server < manifest.postgresql:
        raise BackupError(f"The backup is of PostgreSQL {manifest.postgresql}; this server is older ({server}).")
    database.restore(unpacked / DUMP, server, address)
    tell("Comparing every table with the backup")
    _compare(manifest, address)


def _opened(path: Path, key: Path | None, beside: Path) -> Path:
    """The backup as a plain archive, decrypted where it has to be."""
    if not path.name.endswith(SEALED):
        return path
    if key is None:
        raise BackupError(f"{path.name} is encrypted: give the file of its secret key with --key.")
    plain = beside / path.name.removesuffix(SEALED)
    try:
        identity = pyrage.x25519.Identity.from_str(key.read_text("ascii").strip())
        with path.open("rb") as source, plain.open("wb") as target:
            pyrage.decrypt_io(source, target, [identity])
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as fault:
        raise BackupError(f"{key} cannot be used as a secret key: {fault}.") from fault
    except pyrage.DecryptError as fault:
        raise BackupError(f"{path.name} cannot be opened with this key, or it is damaged: {fault}.") from fault
    return plain


def _refuse_newer(manifest: Manifest) -> None:
    here = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    replaced = [key for migration in here.values() for key in migration.replaces]
    known = {f"{app}.{name}" for app, name in (*here, *replaced)}
    unknown = sorted(set(manifest.migrations) - known)
    if unknown:
        raise BackupError(
            f"The backup was made by a newer Fyrtårn ({manifest.version}); install that version first."
            f" Unknown here: {', '.join(unknown[:5])}."
        )


def _compare(manifest: Manifest, address: database.Address | None) -> None:
    with database.connect(address) as target:
        found = database.tables(target)
    wrong = sorted(name for name in {*found, *manifest.tables} if found.get(name) != manifest.tables.get(name))
    if wrong:
        raise BackupError(
            f"These tables are not what the backup says: {', '.join(wrong[:5])}. Do not use this database."
        )
