"""The folder in which backups lie."""

from collections.abc import Iterator
from pathlib import Path

PLAIN, SEALED = ".tar", ".tar.age"


def backups_in(folder: Path) -> list[Path]:
    """The whole backups in a folder, the newest first."""
    return sorted((path for path in folder.glob("fyrtaarn-*") if path.name.endswith((PLAIN, SEALED))), reverse=True)


def remove_old(folder: Path, keep: int) -> Iterator[Path]:
    """Remove all but the newest `keep` backups, and what broken-off ones left; yields what was removed."""
    for path in (*backups_in(folder)[keep:], *folder.glob("fyrtaarn-*.part")):
        path.unlink()
        yield path
