"""The file of a backup: a tar with the database's dump, the kept files, and a manifest that says what must be in it."""

import hashlib
import json
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.core.files import File

from fyrtaarn.foundation import clock

MANIFEST = "manifest.json"
DUMP = "database.dump"
FILES = "files/"
FORMAT = 1
BLOCK = 1024 * 1024


class BackupError(Exception):
    """A backup that cannot be made, read or restored; the message says why and what to do."""


@dataclass(frozen=True)
class TableState:
    """What a table held: its number of rows, and a sum over their contents that does not depend on their order."""

    rows: int
    digest: str


@dataclass
class Manifest:
    """What a backup holds. `parts` maps a name in the archive to the SHA-256 of its content."""

    version: str
    made: str
    postgresql: int
    migrations: list[str]
    tables: dict[str, TableState]
    parts: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(state.rows for state in self.tables.values())

    @property
    def files(self) -> int:
        return sum(name.startswith(FILES) for name in self.parts)

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, content: bytes) -> "Manifest":
        """Raises BackupError for anything but a manifest of this format."""
        try:
            values: dict[str, Any] = json.loads(content)
            if values["format"] != FORMAT:
                raise BackupError(f"This backup has format {values['format']}; this version reads format {FORMAT}.")
            return cls(**values | {"tables": {name: TableState(**state) for name, state in values["tables"].items()}})
        except (ValueError, KeyError, TypeError) as fault:
            raise BackupError(f"The backup's {MANIFEST} cannot be read: {fault}.") from fault


class ArchiveWriter:
    """Writes parts into a tar and remembers the digest of each."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.parts: dict[str, str] = {}

    def add(self, name: str, opened: Callable[[], File]) -> None:  # type: ignore[type-arg]
        """Add a file; one that has been removed in the meantime is left out."""
        with suppress(FileNotFoundError), opened() as source:
            info = tarfile.TarInfo(name)
            info.size, info.mode, info.mtime = source.size, 0o600, int(clock.now().timestamp())
            reading = _Digesting(source)
            self._tar.addfile(info, reading)
            self.parts[name] = reading.digest.hexdigest()

    def close(self, manifest: Manifest) -> None:
        """Add the manifest, which ends the archive."""
        manifest.parts = self.parts
        content = manifest.to_json()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(content)
        self._tar.addfile(info, BytesIO(content))


class _Digesting:
    """A file that is digested while it is read."""

    def __init__(self, source: File) -> None:  # type: ignore[type-arg]
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content: bytes = self._source.read(size)
        self.digest.update(content)
        return content


def check(path: Path) -> Manifest:
    """Read a whole archive and hold it against its manifest.

    Raises BackupError when something is missing, was changed, or does not belong there.
    """
    found: dict[str, str] = {}
    manifest = None
    try:
        with tarfile.open(path, "r:") as tar:
            for info, content in _contents(tar):
                if info.name == MANIFEST:
                    manifest = Manifest.from_json(content.read())
                else:
                    found[info.name] = _digest(content)
    except (tarfile.TarError, EOFError) as fault:
        raise BackupError(f"{path.name} is no backup, or it is damaged: {fault}.") from fault
    if manifest is None:
        raise BackupError(f"{path.name} lacks its manifest: it is no backup, or it was cut short.")
    wrong = sorted(name for name in {*found, *manifest.parts} if found.get(name) != manifest.parts.get(name))
    if wrong:
        raise BackupError(f"{path.name} is damaged; these parts are missing or changed: {', '.join(wrong[:5])}.")
    return manifest


def unpack(path: Path, into: Path) -> None:
    """Unpack a checked archive; names that lead out of the folder are refused."""
    with tarfile.open(path, "r:") as tar:
        for info, content in _contents(tar):
            target = (into / info.name).resolve()
            if not target.is_relative_to(into.resolve()):
                raise BackupError(f"{path.name} holds a name that leads out of its folder: {info.name}.")
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                shutil.copyfileobj(content, file)


def _contents(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for info in tar:
        content = tar.extractfile(info) if info.isfile() else None
        if content is None:
            raise BackupError(f"The archive holds {info.name}, which is no file.")
        yield info, content


def _digest(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := content.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()
