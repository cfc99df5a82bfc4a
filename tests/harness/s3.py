"""An S3-compatible storage: moto's server as a process of its own, with a new bucket for each test."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from .processes import free_port

NUMBER = count(1)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[int]:
    """The port of a storage that runs until the tests end."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with suppress(URLError, ConnectionError):
                urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
                break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def bucket(s3_server: int) -> object:
    """A new, empty bucket."""
    from fyrtaarn.foundation.buckets import read_bucket

    made = read_bucket(f"s3://key:secret@127.0.0.1:{s3_server}/bucket-{next(NUMBER)}?tls=off")
    made.client().create_bucket(Bucket=made.name)
    return made
