"""Collections in files: JSON lines or TSV with `id<TAB>text`."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .documents import Document


class FileError(ValueError):
    """A file that cannot be read; the message says which line and why."""


def read_documents(path: Path) -> list[Document]:
    """The documents of a JSON-lines or TSV file, in order.

    Raises FileError for a broken line or an id that is there twice.
    """
    seen: set[str] = set()
    documents = []
    for number, document in _documents(path):
        if document.id in seen:
            raise FileError(f"{path}, line {number}: the id {document.id!r} is there twice")
        seen.add(document.id)
        documents.append(document)
    return documents


def _documents(path: Path) -> Iterator[tuple[int, Document]]:
    lines = path.read_text("utf-8-sig").splitlines()
    as_json = any(line.lstrip().startswith("{") for line in lines[:1])
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, _from_json(json.loads(line)) if as_json else _from_tsv(line)
        except (ValueError, TypeError, KeyError) as error:
            raise FileError(f"{path}, line {number}: {error}") from error


def _from_tsv(line: str) -> Document:
    id, tab, text = line.partition("\t")
    if not tab:
        raise ValueError("expected id<TAB>text")
    return Document(id.strip(), text=text.strip())


def _from_json(values: Mapping[str, Any]) -> Document:
    if not isinstance(values, Mapping) or not str(values.get("id", "")).strip():
        raise ValueError("expected an object with an id")
    return Document(
        id=str(values["id"]),
        title=_text(values, "title"),
        text=_text(values, "text"),
        target_groups=tuple(str(group) for group in values.get("target_groups") or ()),
        sdgs=tuple(int(goal) for goal in values.get("sdgs") or ()),
        district=_text(values, "district"),
        municipality=_text(values, "municipality"),
        organisation_type=_text(values, "organisation_type"),
        department=_text(values, "department"),
    )


def _text(values: Mapping[str, Any], name: str) -> str:
    return str(values.get(name) or "")
