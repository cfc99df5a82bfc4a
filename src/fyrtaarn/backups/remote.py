"""A second place for backups: S3-compatible storage, to which the folder's backups are copied and read back."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from botocore.exceptions import BotoCoreError, ClientError

from fyrtaarn.foundation.buckets import Bucket

from .archive import BLOCK, BackupError
from .folder import backups_in

BESIDE = "*.json"  # the list of those who have been erased, which a restore needs


def mirror(folder: Path, bucket: Bucket, keep: int) -> list[str]:
    """Copy what the bucket lacks of a folder's backups, and what lies beside them; returns the names of new backups.

    Of these the newest `keep`; each is read back and compared. Raises BackupError.
    """
    with _plain_words(bucket):
        client, there = bucket.client(), set(names(bucket))
        new = [path for path in backups_in(folder)[:keep] if path.name not in there]
        for path in (*new, *sorted(folder.glob(BESIDE))):
            client.upload_file(str(path), bucket.name, path.name)
            written = client.get_object(Bucket=bucket.name, Key=path.name)["Body"]
            with path.open("rb") as source:
                if _digest(written) != _digest(source):
                    raise BackupError(f"{path.name} is not the same on the S3 storage as here; it is copied again.")
    return [path.name for path in new]


def remove_old(bucket: Bucket, keep: int) -> list[str]:
    """Leave the newest `keep` backups in the bucket; returns the names of those removed. Raises BackupError."""
    old = names(bucket)[keep:]
    with _plain_words(bucket):
        for name in old:
            bucket.client().delete_object(Bucket=bucket.name, Key=name)
    return old


def names(bucket: Bucket) -> list[str]:
    """The backups in the bucket, the newest first. Raises BackupError."""
    with _plain_words(bucket):
        pages = bucket.client().get_paginator("list_objects_v2").paginate(Bucket=bucket.name, Prefix="fyrtaarn-")
        return sorted((entry["Key"] for page in pages for entry in page.get("Contents", ())), reverse=True)


def fetch(name: str, bucket: Bucket, into: Path) -> Path:
    """Bring a backup, and what lies beside it, into a folder; returns its path. Raises BackupError."""
    with _plain_words(bucket):
        client = bucket.client()
        listed = client.list_objects_v2(Bucket=bucket.name).get("Contents", ())
        beside = [entry["Key"] for entry in listed if Path(entry["Key"]).match(BESIDE)]
        for key in (*beside, name):
            client.download_file(bucket.name, key, str(into / Path(key).name))
    return into / name


def _digest(source: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := source.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


@contextmanager
def _plain_words(bucket: Bucket) -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError, OSError) as fault:
        raise BackupError(f"The S3 storage at {bucket.endpoint}/{bucket.name} does not do it: {fault}") from fault
