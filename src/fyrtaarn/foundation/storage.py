"""Where uploaded files lie: a folder in which a name stands for a whole file, also after a crash or on a full disk."""

import errno
import os
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class StorageUnavailable(OSError):
    """The storage of files does not answer, or does not do it."""


def is_for_a_while(fault: BaseException | None) -> bool:
    """Whether the fault is that files cannot be kept or read right now: the disk is full, or the storage is away."""
    return isinstance(fault, StorageUnavailable) or (isinstance(fault, OSError) and fault.errno in NO_ROOM)


class WholeFiles(FileSystemStorage):
    """Django's folder of files; what could not be written whole, and to the disk itself, has no name in it."""

    def _save(self, name: str, content: Any) -> str:
        part = f"{name}.part"
        try:
            super()._save(part, content)  # type: ignore[misc]
            settle(Path(self.path(part)), Path(self.path(name)))
        except OSError:
            self.delete(part)
            raise
        return name


def settle(part: Path, final: Path) -> None:
    """Give a finished file its name, once the disk has it."""
    with part.open("rb") as finished:
        os.fsync(finished.fileno())
    part.replace(final)
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
