"""The vocabulary as a table or as JSON, out and in again."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.exports import FORMULA_STARTS, Value
from fyrtaarn.foundation.importing import Fault, folded, in_both_languages
from fyrtaarn.foundation.reading import Unreadable, read_table

from .content import LIST_HEADINGS, LISTS, TEXT_HEADINGS, TEXTS, Content, Entry, as_json, entry_from_json
from .forms import read_words, said
from .models import ConceptKind

FORMAT_NAME = "fyrtaarn-vocabulary"
FORMAT_VERSION = 1
HEADINGS = {"kind": _("Kind"), "key": _("Key"), **TEXT_HEADINGS, **LIST_HEADINGS}
LONGEST = {"label_da": 120, "label_en": 120, "note": 1000, "key": 80}


@dataclass(frozen=True)
class RowFault:
    """What is wrong with one row of a file."""

    row: int
    heading: Any
    message: str


@dataclass(frozen=True)
class Reading:
    """What a file says: the entries that could be read, and the rows that could not."""

    content: Content
    faults: list[RowFault]


def rows_of(content: Content) -> Iterator[list[Value]]:
    """One row an entry, in the order of HEADINGS; lists have commas between."""
    for term in sorted(content):
        entry = content[term]
        kind = str(ConceptKind(entry.kind).label)
        yield [kind, *(_cell(getattr(entry, name)) for name in HEADINGS if name != "kind")]


def _cell(value: Any) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def as_document(content: Content) -> dict[str, Any]:
    """The whole as JSON, as `read_file` takes it."""
    return {"format": FORMAT_NAME, "version": FORMAT_VERSION, "concepts": as_json(content)}


def read_file(upload: "UploadedFile[Any]", known: Content) -> Reading:
    """What an uploaded file says. A row without a key is known by its name. Raises Unreadable."""
    start = upload.read(64).lstrip(b"\xef\xbb\xbf \r\n\t")
    upload.seek(0)
    if start.startswith((b"{", b"[")):
        return _read_json(upload)
    headings = {folded(word): name for name, label in HEADINGS.items() for word in (*in_both_languages(label), name)}
    file: Any = upload
    table = read_table(file, upload.size or 0, lambda text: folded(text) in headings)
    columns = [headings.get(folded(text)) for text in table.headings]
    if not {"label_da", "key"} & set(columns):
        raise Unreadable(_("The file must have a column with the Danish name or the key. Take an export as a pattern."))
    return _collect(
        [
            (number, {name: _as_written(cell) for name, cell in zip(columns, cells, strict=True) if name})
            for number, cells in table.rows
        ],
        known,
    )


def _as_written(cell: str) -> str:
    """Without the apostrophe that our export puts before what a spreadsheet would calculate."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def _read_json(upload: "UploadedFile[Any]") -> Reading:
    broken = Unreadable(_("This is not a JSON export of the words. Take an export as a pattern."))
    try:
        document = json.loads(upload.read().decode("utf-8-sig"))
        if document["format"] != FORMAT_NAME or document["version"] != FORMAT_VERSION:
            raise broken
        concepts = list(document["concepts"])
    except (ValueError, KeyError, TypeError, UnicodeDecodeError, RecursionError) as fault:
        raise broken from fault
    content: dict[str, Entry] = {}
    faults = []
    for number, row in enumerate(concepts, 1):
        try:
            entry = _checked(entry_from_json(row))
        except ValidationError as fault:
            faults.append(RowFault(number, "", " ".join(fault.messages)))
        except (TypeError, AttributeError, ValueError):
            faults.append(RowFault(number, "", str(_("This is not a concept as the export writes it."))))
        else:
            content[entry.term] = entry
    return Reading(content, faults)


def _checked(entry: Entry) -> Entry:
    """The entry with its words tidied. Raises ValidationError or what a wrong type raises."""
    texts = {name: getattr(entry, name) for name in (*TEXTS, "key", "kind")}
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError("texts are strings")
    for name, longest in LONGEST.items():
        if len(texts[name]) > longest:
            raise ValidationError(
                _("“%(heading)s” is longer than %(most)s characters."),
                params={"heading": HEADINGS[name], "most": longest},
            )
    if entry.kind not in ConceptKind.values or not entry.key or "\x00" in "".join(texts.values()):
        raise ValueError("no such kind")
    lists: dict[str, Any] = {name: read_words("\n".join(getattr(entry, name))) for name in LISTS}
    return replace(entry, **lists)


def _collect(rows: list[tuple[int, dict[str, str]]], known: Content) -> Reading:
    """Two passes, because a row may name one below it as broader."""
    kinds = {folded(word): kind for kind in ConceptKind for word in (*in_both_languages(kind.label), kind.value)}
    by_name = {
        (entry.kind, folded(name)): entry.key for entry in known.values() for name in (entry.label_da, entry.key)
    }
    faults: list[RowFault] = []
    read: list[tuple[int, dict[str, str], str, str]] = []
    for number, cells in rows:
        kind = kinds.get(folded(cells.get("kind", "") or ConceptKind.CONCEPT.value))
        name = cells.get("label_da", "") or cells.get("key", "")
        if kind is None:
            fault = Fault(_("“%(text)s” is neither a concept nor a target group."), text=cells["kind"])
            faults.append(_fault(number, "kind", fault))
            continue
        if not name:
            faults.append(_fault(number, "label_da", Fault(_("The Danish name is missing."))))
            continue
        key = cells.get("key", "") or by_name.get((kind, folded(name)), "") or name.casefold()[:80]
        by_name[kind, folded(name)] = by_name[kind, folded(key)] = key
        read.append((number, cells, kind, key))
    content: dict[str, Entry] = {}
    for number, cells, letter, key in read:
        entry = _entry(number, cells, letter, key, known.get(f"{letter}:{key}"), by_name, faults)
        if entry is None:
            continue
        if entry.term in content:
            faults.append(
                _fault(number, "label_da", Fault(_("“%(text)s” stands in an earlier row too."), text=entry.label_da))
            )
        content.setdefault(entry.term, entry)
    return Reading(content, sorted(faults, key=lambda fault: fault.row))


def _entry(
    number: int,
    cells: dict[str, str],
    kind: str,
    key: str,
    before: Entry | None,
    by_name: dict[tuple[str, str], str],
    faults: list[RowFault],
) -> Entry | None:
    """The row as an entry; a column that the file lacks stays as it is here. None when something is wrong."""
    values: dict[str, Any] = {name: cells[name].strip() for name in TEXTS if name in cells}
    wrong = len(faults)
    for name in LISTS:
        if name in cells:
            try:
                values[name] = read_words(cells[name])
            except ValidationError as fault:
                faults.append(RowFault(number, HEADINGS[name], " ".join(fault.messages)))
    for name, longest in LONGEST.items():
        if len(cells.get(name, "")) > longest:
            faults.append(_fault(number, name, Fault(_("The text is longer than %(most)s characters."), most=longest)))
    for name in values.get("broader", ()):
        if (kind, folded(name)) not in by_name:
            faults.append(_fault(number, "broader", Fault(_("There is no concept called “%(text)s”."), text=name)))
    if len(faults) > wrong:
        return None
    if "broader" in values:
        values["broader"] = tuple(by_name[kind, folded(name)] for name in values["broader"])
    entry = replace(before or Entry(key, kind), **values)
    return entry if entry.label_da else replace(entry, label_da=key)


def _fault(row: int, name: str, fault: Fault) -> RowFault:
    return RowFault(row, HEADINGS[name], said(fault))
