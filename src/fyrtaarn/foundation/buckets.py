"""S3-compatible storage: how it is named in a setting, and how files and backups reach it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

FORM = "s3://key:secret@host/bucket?region=…"
DEFAULT_REGION = "us-east-1"
"""What storages that know no regions call theirs."""


@dataclass(frozen=True)
class Bucket:
    """A bucket and who may write into it."""

    endpoint: str
    name: str
    key: str
    secret: str
    region: str

    def client(self) -> Any:
        """A connection to the storage (of the library boto3, which takes a while to load)."""
        import boto3
        from botocore.config import Config

        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id=self.key,
            aws_secret_access_key=self.secret,
            region_name=self.region,
            config=Config(s3={"addressing_style": "path"}, connect_timeout=10, retries={"max_attempts": 3}),
        )

    def django_storage(self) -> dict[str, Any]:
        """Django's settings for keeping files there: private, and never written over."""
        return {
            "BACKEND": "fyrtaarn.foundation.bucket_storage.BucketStorage",
            "OPTIONS": {
                "endpoint_url": self.endpoint,
                "bucket_name": self.name,
                "access_key": self.key,
                "secret_key": self.secret,
                "region_name": self.region,
                "default_acl": None,
                "file_overwrite": False,
            },
        }


def read_bucket(url: str) -> Bucket:
    """The bucket that a setting names (see FORM); `?tls=off` only for a storage on the same machine.

    Raises ValueError when something is missing.
    """
    parts = urlsplit(url)
    name, options = parts.path.strip("/"), parse_qs(parts.query)
    if parts.scheme != "s3" or not (parts.hostname and parts.username and parts.password and name) or "/" in name:
        raise ValueError(FORM)
    scheme = "http" if options.get("tls") == ["off"] else "https"
    return Bucket(
        endpoint=f"{scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else ""),
        name=name,
        key=unquote(parts.username),
        secret=unquote(parts.password),
        region=options.get("region", [DEFAULT_REGION])[0],
    )
