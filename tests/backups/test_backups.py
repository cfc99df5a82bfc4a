"""A backup is made while people write, and brought back into an empty installation that holds the same."""

import io
import os
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import close_old_connections, connection
from django.test import override_settings
from psycopg import sql
from psycopg.conninfo import make_conninfo

from fyrtaarn.backups import actions, database, folder
from fyrtaarn.backups.archive import MANIFEST, BackupError, check
from fyrtaarn.backups.models import Backup, Rehearsal
from fyrtaarn.config.environment import DATABASE_URLS
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import keep_file
from fyrtaarn.foundation.models import OutgoingMail
from fyrtaarn.people.models import User
from fyrtaarn.privacy.actions import erase
from fyrtaarn.privacy.models import Erasure
from fyrtaarn.privacy.remembering import write_list
from tests.harness.people import make_organisation, make_user
from tests.harness.processes import own_database_url

pytestmark = pytest.mark.django_db(transaction=True)
RESTORED = "restored_in_a_test"


@pytest.fixture(autouse=True)
def content(kolding: Any, tmp_path: Path) -> Iterator[None]:
    """An installation with people, an organisation, a file and a mail that waits, its files in a folder of its own."""
    with override_settings(MEDIA_ROOT=tmp_path / "media"):
        owner = make_user("Åse Ærlig")
        organisation = make_organisation(kolding, "Køkkenet", owner=owner)
        upload = SimpleUploadedFile("brev.txt", "Kære kommune: æøå".encode(), "text/plain")
        keep_file(upload, subject=organisation, by=owner)
        OutgoingMail.objects.create(key="en", recipient="a@example.dk", subject="Hej", text="Hej")
        yield


@pytest.fixture
def empty_database() -> Iterator[str]:
    """Address of a new database on the tests' server."""
    given = connection.get_connection_params()
    address = {name: given[name] for name in ("host", "port", "user", "password") if given.get(name)}
    name = sql.Identifier(RESTORED)
    with psycopg.connect(make_conninfo(**address, dbname="postgres"), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(name))
        yield f"postgresql:///?{'&'.join(f'{key}={value}' for key, value in (address | {'dbname': RESTORED}).items())}"
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def restore(backup: Path, url: str, data: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The command itself, as on a new machine."""
    environment = os.environ | dict.fromkeys(DATABASE_URLS, url) | {"FYRTAARN_DATA_DIR": str(data)}
    command = [sys.executable, "-m", "fyrtaarn.config.cli", "restore", str(backup), *options]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def rows(url_or_none: str | None, table: str) -> list[Any]:
    """All rows of a table, here or in a restored database."""
    statement = sql.SQL("SELECT row::text FROM {} row ORDER BY 1").format(sql.Identifier(table))
    with psycopg.connect(url_or_none) if url_or_none else database.connect() as source:
        return source.execute(statement).fetchall()


def test_what_was_there_is_there_again_row_by_row(empty_database: str, tmp_path: Path, settings: Any) -> None:
    key = tmp_path / "key"
    backup = actions.make_backup(tmp_path / "backups", actions.make_key(key))
    done = restore(backup, empty_database, tmp_path / "new", "--key", str(key))
    assert done.returncode == 0, done.stderr
    assert "1 files" in done.stdout
    with database.connect() as source:
        names = [name.partition(".")[2] for name in database.tables(source)]
    for name in set(names) - {
        "foundation_outgoingmail",
        "backups_backup",
    }:  # the command compares all; starting data comes on top
        assert set(rows(None, name)) <= set(rows(empty_database, name)), name
    kept = [path.read_bytes() for path in (tmp_path / "new" / "files").rglob("*") if path.is_file()]
    assert kept == ["Kære kommune: æøå".encode()]
    with psycopg.connect(empty_database) as restored:
        waiting = restored.execute("SELECT count(*) FROM foundation_outgoingmail WHERE claimed IS NULL").fetchone()
    assert waiting == (0,)
    assert "held back" in done.stdout


def test_what_is_written_meanwhile_is_wholly_in_it_or_not_at_all(empty_database: str, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            number += 1
            make_user(f"Person {number}")
        close_old_connections()
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        backup = actions.make_backup(tmp_path / "backups")
    finally:
        done.set()
        writer.join()
    manifest = check(backup)
    assert 0 < manifest.tables["public.people_user"].rows < User.objects.count()
    restored = restore(backup, empty_database, tmp_path / "new")
    assert restored.returncode == 0, restored.stderr


def test_who_has_been_erased_since_is_erased_again(empty_database: str, tmp_path: Path) -> None:
    backup = actions.make_backup(tmp_path / "backups")
    person = User.objects.get(name="Åse Ærlig")
    Erasure.objects.create(person=person, due=clock.today(), done=clock.now())
    erase(person)
    write_list(backup.parent)
    done = restore(backup, empty_database, tmp_path / "new")
    assert done.returncode == 0, done.stderr
    assert "1 people who had been erased" in done.stdout
    with psycopg.connect(empty_database) as restored:
        for table in ("people_user", "people_userevent", "account_emailaddress"):
            named = sql.SQL("SELECT count(*) FROM {} row WHERE row::text ~* 'aerlig|ærlig'").format(
                sql.Identifier(table)
            )
            assert restored.execute(named).fetchone() == (0,)


def test_nothing_is_ever_written_over(tmp_path: Path, settings: Any) -> None:
    backup = actions.make_backup(tmp_path / "backups")
    people = User.objects.count()
    settings.MEDIA_ROOT = tmp_path / "empty"
    with pytest.raises(BackupError, match="database is not empty"):
        actions.restore_backup(backup)
    assert User.objects.count() == people
    settings.MEDIA_ROOT = tmp_path / "media"
    with pytest.raises(BackupError, match="is not empty"):
        actions.restore_backup(backup)


def test_an_encrypted_backup_opens_with_its_own_key_alone(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "empty"
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    public = actions.make_key(right)
    actions.make_key(wrong)
    backup = actions.make_backup(tmp_path / "backups", public)
    assert "Åse".encode() not in backup.read_bytes()
    assert oct(right.stat().st_mode)[-3:] == "600"
    with pytest.raises(BackupError, match="encrypted"):
        actions.restore_backup(backup)
    with pytest.raises(BackupError, match="cannot be opened with this key"):
        actions.restore_backup(backup, wrong)
    with pytest.raises(BackupError, match="cannot be used as a secret key"):
        actions.restore_backup(backup, backup)
    with pytest.raises(BackupError, match="never written over"):
        actions.make_key(right)
    with pytest.raises(BackupError, match="no age public key"):
        actions.make_backup(tmp_path / "backups", "age1nonsense")


def test_a_damaged_backup_is_found_out(tmp_path: Path) -> None:
    backup = actions.make_backup(tmp_path / "backups")
    whole = backup.read_bytes()
    with tarfile.open(backup) as tar:
        dump = next(info for info in tar if info.name == "database.dump")
    at = dump.offset_data + dump.size // 2
    backup.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    with pytest.raises(BackupError, match=r"damaged.*database\.dump"):
        check(backup)
    for length in (0, 100, at, len(whole) - 20_000):
        backup.write_bytes(whole[:length])
        with pytest.raises(BackupError):
            check(backup)
    with pytest.raises(BackupError, match="is not there"):
        actions.restore_backup(tmp_path / "none.tar")


def with_manifest(backup: Path, change: Any) -> Path:
    """The same archive with its manifest changed."""
    manifest = check(backup)
    change(manifest)
    forged = backup.with_name("forged.tar")
    with tarfile.open(backup) as source, tarfile.open(forged, "w:") as target:
        for info in source:
            content = source.extractfile(info)
            assert content is not None
            text = manifest.to_json() if info.name == MANIFEST else content.read()
            info.size = len(text)
            target.addfile(info, io.BytesIO(text))
    return forged


def test_a_newer_or_another_backup_is_refused(tmp_path: Path, settings: Any) -> None:
    backup = actions.make_backup(tmp_path / "backups")
    settings.MEDIA_ROOT = tmp_path / "empty"
    newer = with_manifest(backup, lambda manifest: manifest.migrations.append("people.9999_tomorrow"))
    with pytest.raises(BackupError, match=r"newer Fyrtårn.*people\.9999_tomorrow"):
        actions.restore_backup(newer)
    strange = with_manifest(backup, lambda manifest: setattr(manifest, "format", 2))
    with pytest.raises(BackupError, match="format 2"):
        actions.restore_backup(strange)
    elsewhere = with_manifest(backup, lambda manifest: setattr(manifest, "postgresql", 99))
    with pytest.raises(BackupError, match="server is older"):
        actions.restore_backup(elsewhere)


def test_a_difference_after_the_restore_is_told(empty_database: str, tmp_path: Path) -> None:
    def forget_a_row(manifest: Any) -> None:
        state = manifest.tables["public.people_user"]
        manifest.tables["public.people_user"] = type(state)(state.rows + 1, state.digest)

    forged = with_manifest(actions.make_backup(tmp_path / "backups"), forget_a_row)
    done = restore(forged, empty_database, tmp_path / "new")
    assert done.returncode == 1
    assert "people_user" in done.stderr


def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    from fyrtaarn.backups.archive import unpack

    path = tmp_path / "evil.tar"
    with tarfile.open(path, "w:") as tar:
        info = tarfile.TarInfo("../outside.txt")
        info.size = 3
        tar.addfile(info, io.BytesIO(b"out"))
    with pytest.raises(BackupError, match="leads out"):
        unpack(path, tmp_path / "in" / "side")
    assert not (tmp_path / "in" / "outside.txt").exists()


def test_a_link_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "evil.tar"
    with tarfile.open(path, "w:") as tar:
        info = tarfile.TarInfo("files/link")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(info)
    with pytest.raises(BackupError, match="which is no file"):
        check(path)


def test_the_newest_are_kept_and_broken_off_ones_removed(tmp_path: Path) -> None:
    names = [f"fyrtaarn-2026010{day}T020000000000.tar{'.age' if day % 2 else ''}" for day in range(1, 6)]
    for name in (*names, "fyrtaarn-20260106T020000000000.tar.part", "notes.txt"):
        (tmp_path / name).touch()
    removed = {path.name for path in folder.remove_old(tmp_path, 2)}
    assert removed == {*names[:3], "fyrtaarn-20260106T020000000000.tar.part"}
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {*names[3:], "notes.txt"}


def test_the_nightly_job_makes_one_where_a_folder_is_set(tmp_path: Path, settings: Any) -> None:
    from dataclasses import replace

    from fyrtaarn.backups.jobs import nightly

    nightly(timestamp=0)
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, backup_dir=str(tmp_path / "nightly"), backup_keep=1)
    nightly(timestamp=0)
    nightly(timestamp=0)
    (only,) = folder.backups_in(tmp_path / "nightly")
    assert check(only).tables["public.people_user"].rows == 1


def databases() -> set[str]:
    with database.connect() as source:
        return {str(name) for (name,) in source.execute("SELECT datname FROM pg_database").fetchall()}


def test_a_trial_brings_all_back_and_leaves_nothing_behind(tmp_path: Path) -> None:
    key = tmp_path / "key"
    backup = actions.make_backup(tmp_path / "backups", actions.make_key(key))
    there = databases()
    done = actions.rehearse(backup, key)
    assert done.fault == ""
    assert (done.tables, done.files) == (len(check_opened(backup, key).tables), 1)
    assert done.rows == check_opened(backup, key).rows > 0
    assert databases() == there
    assert Rehearsal.objects.get() == done


def check_opened(backup: Path, key: Path) -> Any:
    opened = backup.with_name("opened")
    opened.mkdir(exist_ok=True)
    return check(actions._opened(backup, key, opened))


def test_a_trial_that_fails_says_why_and_leaves_nothing_behind(tmp_path: Path) -> None:
    def forget_a_row(manifest: Any) -> None:
        state = manifest.tables["public.people_user"]
        manifest.tables["public.people_user"] = type(state)(state.rows + 1, state.digest)

    there = databases()
    backup = actions.make_backup(tmp_path / "backups")
    assert "people_user" in actions.rehearse(with_manifest(backup, forget_a_row)).fault
    assert "is not there" in actions.rehearse(tmp_path / "none.tar").fault
    backup.write_bytes(b"not a backup")
    assert "damaged" in actions.rehearse(backup).fault
    assert Rehearsal.objects.exclude(fault="").count() == 3
    assert databases() == there


def test_the_weekly_trial_runs_where_a_server_is_named(tmp_path: Path, settings: Any) -> None:
    from dataclasses import replace

    from fyrtaarn.backups.jobs import nightly, rehearse_newest

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, backup_dir=str(tmp_path / "nightly"))
    nightly(timestamp=0)
    rehearse_newest(timestamp=0)
    assert not Rehearsal.objects.exists()
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, rehearsal_url=own_database_url())
    rehearse_newest(timestamp=0)
    assert Rehearsal.objects.get().fault == ""
    assert Backup.objects.get().name == Rehearsal.objects.get().backup
