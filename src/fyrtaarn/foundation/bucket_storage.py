"""Uploaded files on S3-compatible storage, asked with patience that ends. Imported only where a bucket is set."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from .storage import StorageUnavailable

PATIENCE = Config(s3={"addressing_style": "path"}, connect_timeout=5, read_timeout=10, retries={"max_attempts": 1})
"""A page waits half a minute at the most."""


@contextmanager
def _plain_words() -> Iterator[None]:
    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as fault:
        raise StorageUnavailable(str(fault)) from fault


class BucketStorage(S3Storage):  # type: ignore[misc]
    """Raises StorageUnavailable, an OSError, where the storage does not do it; FileNotFoundError for what is not there."""

    def __init__(self, **options: Any) -> None:
        super().__init__(client_config=PATIENCE, **options)

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _plain_words():
            return super()._open(name, mode)

    def _save(self, name: str, content: Any) -> str:
        with _plain_words():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with _plain_words():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _plain_words():
            return bool(super().exists(name))

    def listdir(self, name: str) -> Any:
        with _plain_words():
            return super().listdir(name)

    def get_modified_time(self, name: str) -> Any:
        with _plain_words():
            return super().get_modified_time(name)
