"""Files and backups on S3-compatible storage, against a storage that runs as a process of its own."""

import os
import socket
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from botocore.config import Config
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fyrtaarn.backups import actions, jobs, remote
from fyrtaarn.backups.archive import FILES, BackupError, check
from fyrtaarn.foundation import clock, watching
from fyrtaarn.foundation.buckets import Bucket, read_bucket
from fyrtaarn.foundation.files import keep_file, register_file_rule, remove_file
from fyrtaarn.foundation.models import StoredFile
from fyrtaarn.foundation.rules import allowed_if
from fyrtaarn.organisations.models import Organisation
from tests.harness.people import make_organisation, make_user

pytestmark = pytest.mark.django_db(transaction=True)
LETTER = "Kære kommune: æøå".encode()


@pytest.fixture
def files_there(bucket: Bucket, settings: Any) -> None:
    """An installation whose files lie in the bucket."""
    settings.STORAGES = {**settings.STORAGES, "default": bucket.django_storage()}


@pytest.fixture
def letter(files_there: None, kolding: Any) -> Any:
    owner = make_user("Åse Ærlig")
    upload = SimpleUploadedFile("brev.txt", LETTER, "text/plain")
    return keep_file(upload, subject=make_organisation(kolding, owner=owner), by=owner)


def keys(bucket: Bucket) -> list[str]:
    return [entry["Key"] for entry in bucket.client().list_objects_v2(Bucket=bucket.name).get("Contents", ())]


def test_a_file_lies_in_the_bucket_and_is_read_by_those_who_may(
    letter: Any, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules: dict[str, Any] = {}
    monkeypatch.setattr("fyrtaarn.foundation.files.FILE_RULES", rules)
    register_file_rule(Organisation, lambda user, _subject: allowed_if(user == letter.uploaded_by, "no"))
    assert keys(bucket) == [letter.content.name]
    hers, another = Client(), Client()
    hers.force_login(letter.uploaded_by)
    another.force_login(make_user())  # type: ignore[arg-type]
    answer = hers.get(letter.url)
    assert b"".join(answer.streaming_content) == LETTER
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert another.get(letter.url).status_code == 404
    assert Client().get(letter.url).status_code == 404
    remove_file(letter, by=letter.uploaded_by)
    assert keys(bucket) == []


def test_a_storage_that_does_not_answer_is_told_and_not_waited_for(
    letter: Any, bucket: Bucket, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fyrtaarn.foundation.files.FILE_RULES", {})
    register_file_rule(Organisation, lambda user, _subject: allowed_if(user == letter.uploaded_by, "no"))
    short = Config(connect_timeout=0.3, read_timeout=0.3, retries={"max_attempts": 1})
    monkeypatch.setattr("fyrtaarn.foundation.bucket_storage.PATIENCE", short)
    client = Client(raise_request_exception=False)
    client.force_login(letter.uploaded_by)
    began = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        away = replace(bucket, endpoint=f"http://127.0.0.1:{silent.getsockname()[1]}")
        settings.STORAGES = {**settings.STORAGES, "default": away.django_storage()}
        with pytest.raises(ValidationError, match="lige nu"):
            keep_file(SimpleUploadedFile("to.txt", LETTER), subject=letter.uploaded_by, by=letter.uploaded_by)
        answer = client.get(letter.url)
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    assert time.monotonic() - began < 20
    assert StoredFile.objects.count() == 1


def test_a_backup_takes_the_files_from_one_storage_and_brings_them_into_another(
    letter: Any, tmp_path: Path, settings: Any, bucket: Bucket
) -> None:
    backup = actions.make_backup(tmp_path / "backups")
    assert [name for name in check(backup).parts if name.startswith(FILES)] == [FILES + letter.content.name]
    with pytest.raises(BackupError, match="is not empty"):
        actions.restore_backup(backup)
    new = replace(bucket, name=f"{bucket.name}-new")
    new.client().create_bucket(Bucket=new.name)
    settings.STORAGES = {**settings.STORAGES, "default": new.django_storage()}
    with pytest.raises(BackupError, match="database is not empty"):  # ours is full; what is asked for is the files
        actions.restore_backup(backup)
    assert keys(new) == []
    unpacked = tmp_path / "unpacked"
    actions.unpack(backup, unpacked)
    actions.bring_files_back(unpacked)
    assert keys(new) == [letter.content.name]
    with default_storage.open(letter.content.name) as content:
        assert content.read() == LETTER


def test_backups_are_copied_once_compared_and_thinned(tmp_path: Path, bucket: Bucket, settings: Any) -> None:
    here = tmp_path / "backups"
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, backup_dir=str(here), backup_bucket=bucket, backup_keep=2)
    made = [actions.make_backup(here).name for _ in range(3)]
    (here / "erased.json").write_text("{}")
    jobs.mirror(timestamp=0)
    assert keys(bucket) == ["erased.json", *made[1:]]
    made.append(actions.make_backup(here).name)
    jobs.mirror(timestamp=0)
    assert remote.names(bucket) == [made[3], made[2]]
    assert remote.mirror(here, bucket, 2) == []
    assert remote.remove_old(bucket, 2) == []
    fetched = remote.fetch(made[3], bucket, tmp_path)
    assert check(fetched) == check(here / made[3])
    assert (tmp_path / "erased.json").read_text() == "{}"


def test_nothing_is_removed_there_while_the_clock_is_in_doubt(
    tmp_path: Path, bucket: Bucket, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, backup_dir=str(tmp_path), backup_bucket=bucket, backup_keep=1)
    first = actions.make_backup(tmp_path)
    jobs.mirror(timestamp=0)
    monkeypatch.setattr(watching, "database_time", lambda: clock.now() - timedelta(days=400))
    second = actions.make_backup(tmp_path)
    jobs.mirror(timestamp=0)
    assert remote.names(bucket) == [second.name, first.name]


def test_a_copy_that_differs_is_found_out(tmp_path: Path, bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    actions.make_backup(tmp_path)
    original = remote._digest
    monkeypatch.setattr(remote, "_digest", lambda source: original(source) + repr(type(source)))
    with pytest.raises(BackupError, match="not the same"):
        remote.mirror(tmp_path, bucket, 2)


def test_a_storage_that_is_not_there_is_named(tmp_path: Path, bucket: Bucket) -> None:
    actions.make_backup(tmp_path)
    with pytest.raises(BackupError, match="no-such-bucket"):
        remote.mirror(tmp_path, replace(bucket, name="no-such-bucket"), 2)
    with pytest.raises(BackupError, match="does not do it"):
        remote.fetch("fyrtaarn-none.tar", bucket, tmp_path)


def test_the_command_fetches_one(tmp_path: Path, bucket: Bucket) -> None:
    made = actions.make_backup(tmp_path / "here")
    remote.mirror(tmp_path / "here", bucket, 2)
    url = f"s3://{bucket.key}:{bucket.secret}@{bucket.endpoint.removeprefix('http://')}/{bucket.name}?tls=off"
    command = [
        sys.executable,
        "-m",
        "fyrtaarn.config.cli",
        "backup",
        "--to",
        str(tmp_path / "there"),
        "--fetch",
        made.name,
    ]
    done = subprocess.run(
        command, env=os.environ | {"FYRTAARN_BACKUP_S3_URL": url}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "there" / made.name).read_bytes() == made.read_bytes()


@pytest.mark.parametrize(
    "url",
    ["https://key:secret@host/bucket", "s3://host/bucket", "s3://key:secret@host/", "s3://k:s@host/a/b", "s3://k@h/b"],
)
def test_a_bucket_that_lacks_something_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="s3://"):
        read_bucket(url)


def test_a_bucket_is_read_with_its_port_region_and_odd_secret() -> None:
    found = read_bucket("s3://AKIA:a%2Fb%2B@s3.example.org:9000/filer?region=eu-north-1")
    assert found == Bucket("https://s3.example.org:9000", "filer", "AKIA", "a/b+", "eu-north-1")
