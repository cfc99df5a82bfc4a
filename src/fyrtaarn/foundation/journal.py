"""The journal: what there is in a municipality's matters as a dated register of documents and facts, with the files.

Each room says in its journal.py what its own matters hold, and what of it is about one party:

    @source
    def of_party(municipality, person, organisation): yield from entries_of(...)

From this come the answers to requests for access, which find everything about one party, and the journal of a single
matter, which its parties take along (offentlighedsloven §§ 7 and 15, databeskyttelsesforordningen article 15).
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from operator import attrgetter
from pathlib import PurePosixPath
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import FileResponse
from django.template import loader
from django.utils.translation import gettext as _

from . import clock
from .exports import BYTE_ORDER_MARK, plain_text
from .models import StoredFile
from .slugs import danish_slug

TABLE, PAGE, FILES = "register.csv", "register.html", "filer"


@dataclass(frozen=True)
class Entry:
    """One document or fact of a matter, as of a moment."""

    at: datetime
    matter: str
    what: str
    text: str
    by: str
    files: tuple[StoredFile, ...] = ()


Source = Callable[[Any, Any, Any], Iterable[Entry]]
sources: list[Source] = []
"""What rooms hold about one party: (the municipality, the person or None, the organisation or None)."""


def source(function: Source) -> Source:
    """Register what a room holds about one party in a municipality's matters."""
    sources.append(function)
    return function


def entries_about(municipality: Any, *, person: Any = None, organisation: Any = None) -> list[Entry]:
    """Everything about one party, a person or an organisation, in the municipality's matters, oldest first."""
    return in_order(entry for of_room in sources for entry in of_room(municipality, person, organisation))


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Oldest first."""
    return sorted(entries, key=attrgetter("at"))


def beginning_of(day: date | None) -> datetime:
    """The moment from which a day's fact holds; what has no day comes first."""
    return datetime.combine(day or date.min, time(), clock.COPENHAGEN)


def write_journal(into: IO[bytes], title: str, entries: Iterable[Entry], *, about: str = "") -> None:
    """Write the archive, in the active language: the register as a table and as a page, and the files.

    `about` is what the page says of the register itself, as the case that it is for.
    """
    rows = [
        (number, entry, {f"{FILES}/{stored.pk}-{PurePosixPath(stored.name).name}": stored for stored in entry.files})
        for number, entry in enumerate(entries, 1)
    ]
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        archive.writestr(TABLE, _table(rows))
        context = {"title": title, "about": about, "rows": rows, "made": clock.now()}
        archive.writestr(PAGE, loader.render_to_string("foundation/journal.html", context))
        for _number, _entry, files in rows:
            for name, stored in files.items():
                with stored.content.open("rb") as content:
                    archive.writestr(name, content.read())


def journal_response(title: str, entries: Iterable[Entry]) -> FileResponse:
    """The journal of one matter as a download."""
    packed = io.BytesIO()
    write_journal(packed, title, entries)
    packed.seek(0)
    return FileResponse(
        packed,
        as_attachment=True,
        filename=f"journal-{danish_slug(title)}-{clock.today():%Y-%m-%d}.zip",
        content_type="application/zip",
        headers={"Cache-Control": "private, no-store"},
    )


def _table(rows: Iterable[tuple[int, Entry, Mapping[str, StoredFile]]]) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Number"), _("Date"), _("Matter"), _("What"), _("Text"), _("By"), _("Files")])
    for number, entry, files in rows:
        words = [entry.matter, entry.what, entry.text, entry.by, ", ".join(files)]
        moment = f"{entry.at.astimezone(clock.COPENHAGEN):%Y-%m-%d %H:%M}"
        writer.writerow([number, moment, *(plain_text(str(word)) for word in words)])
    return BYTE_ORDER_MARK + lines.getvalue()
