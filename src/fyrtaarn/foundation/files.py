"""Files: kept after a look at their content, private unless the subject's room says who may read them."""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from lzma import LZMAError
from pathlib import PurePosixPath
from typing import Any

import structlog
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from PIL import Image

from . import clock
from .models import StoredFile
from .pictures import without_notes
from .rules import Verdict, refused
from .scanning import ScannerFault, infection_in

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 40_000_000
MOST_UNPACKED_BYTES = 400 * 1024 * 1024
MOST_PARTS = 10_000
LONGEST_NAME = 120
CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\f\r"))

log = structlog.get_logger(__name__)
FileRule = Callable[[Any, Any], Verdict]


@dataclass(frozen=True)
class FileType:
    """A type that we keep: the extensions that people know it by, the first of which we write."""

    media_type: str
    extensions: tuple[str, ...]


PDF = FileType("application/pdf", (".pdf",))
DOCX = FileType("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",))
XLSX = FileType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",))
PPTX = FileType("application/vnd.openxmlformats-officedocument.presentationml.presentation", (".pptx",))
ODT = FileType("application/vnd.oasis.opendocument.text", (".odt",))
ODS = FileType("application/vnd.oasis.opendocument.spreadsheet", (".ods",))
TEXT = FileType("text/plain", (".txt",))
CSV = FileType("text/csv", (".csv",))
PICTURES = {
    "PNG": FileType("image/png", (".png",)),
    "JPEG": FileType("image/jpeg", (".jpg", ".jpeg")),
    "WEBP": FileType("image/webp", (".webp",)),
    "GIF": FileType("image/gif", (".gif",)),
}
PICTURE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"RIFF")
OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
OPEN_DOCUMENTS = {t.media_type: t for t in (ODT, ODS)}
MACROS = re.compile(r"(^|/)(vbaProject\.bin$|macrosheets/|activeX/|Basic/|Scripts/)", re.IGNORECASE)
ALL_TYPES = (PDF, DOCX, XLSX, PPTX, ODT, ODS, TEXT, CSV, *PICTURES.values())
ALL_EXTENSIONS = tuple(extension for t in ALL_TYPES for extension in t.extensions)

# all that Python's zip reader raises on broken, locked or oddly packed archives
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)

FILE_RULES: dict[str, FileRule] = {}


def register_file_rule(model: type[models.Model], rule: FileRule) -> None:
    """Let `rule(user, subject)` decide who may read the files of a model's objects; without one nobody may."""
    FILE_RULES[model._meta.label_lower] = rule


def check_upload(upload: File) -> FileType:  # type: ignore[type-arg]
    """What kind of file this is, by its content. Raises ValidationError, in plain words, if we do not keep it."""
    size = upload.size or 0
    if not size:
        raise _no("empty", _("The file is empty."))
    if size > MOST_BYTES:
        raise _no("too_large", _("The file is too large: at most %(most)d MB.") % {"most": MOST_BYTES // 1024 // 1024})
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    return _type_of(content, PurePosixPath(upload.name or "").suffix.lower())


def keep_file(upload: File, *, subject: models.Model, by: Any, alternative_text: str = "") -> StoredFile:  # type: ignore[type-arg]
    """Keep an uploaded file as one of the subject's, a picture without the camera's notes.

    Raises ValidationError, in plain words, if we do not keep it.
    """
    kind = check_upload(upload)
    content = upload.read()
    _scan(content)
    content = without_notes(content, kind.media_type)
    stored = StoredFile(
        name=_tidy_name(upload.name or "", kind),
        media_type=kind.media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        alternative_text=alternative_text,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        uploaded_by=by,
    )
    try:
        stored.content.save(stored.name, ContentFile(content), save=False)
    except OSError as fault:
        log.error("an upload could not be kept", fault=str(fault))
        raise _no("not_kept", _("The file cannot be kept right now. Try again later, or go on without it.")) from fault
    stored.save()
    return stored


def files_of(subject: models.Model) -> models.QuerySet[StoredFile]:
    """The subject's files, oldest first."""
    return StoredFile.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=subject.pk, removed__isnull=True
    )


def files_of_each(subjects: Iterable[models.Model]) -> dict[int, list[StoredFile]]:
    """The files of many subjects of one model in one query, by the subject's primary key."""
    found: dict[int, list[StoredFile]] = {subject.pk: [] for subject in subjects}
    labels = {subject._meta.label_lower for subject in subjects}
    for stored in StoredFile.objects.filter(subject_type__in=labels, subject_id__in=found, removed__isnull=True):
        found[stored.subject_id].append(stored)
    return found


@transaction.atomic
def remove_file(stored: StoredFile, *, by: Any) -> None:
    """Remove a file: its content goes when the transaction is committed; what it was, and who removed it, stays."""
    locked = StoredFile.objects.select_for_update(of=("self",), no_key=True).get(pk=stored.pk)
    if locked.removed is None:
        locked.removed, locked.removed_by = clock.now(), by
        locked.save(update_fields=["removed", "removed_by"])
        transaction.on_commit(lambda: locked.content.delete(save=False))


def sweep(before: datetime) -> list[str]:
    """Remove the files, written before that moment, that belong to nothing; returns their names.

    Such are left where a transaction was broken off after its file was written, or before a removed one was deleted.
    """
    swept = []
    belonging = {name for model in apps.get_models() for name in _names_in(model)}
    for name in set(names_in_storage()) - belonging:
        with suppress(FileNotFoundError):  # removed by somebody else meanwhile
            if default_storage.get_modified_time(name) < before:
                default_storage.delete(name)
                swept.append(name)
    return swept


def names_in_storage(folder: str = "") -> Iterator[str]:
    """The names of all kept files, in a folder or on S3-compatible storage."""
    with suppress(FileNotFoundError):
        folders, names = default_storage.listdir(folder)
        yield from (f"{folder}{name}" for name in names)
        for inner in folders:
            yield from names_in_storage(f"{folder}{inner}/")


def _names_in(model: type[models.Model]) -> Iterator[str]:
    """What the rows of a model name in the storage; a removed file is not to be there."""
    kept = Q(removed=None) if model is StoredFile else Q()
    for column in model._meta.fields:
        if column.get_internal_type() == "FileField":
            yield from model._base_manager.filter(kept).order_by().values_list(column.name, flat=True)


def may_read(user: Any, stored: StoredFile) -> Verdict:
    """Whether the user may read the file, as the rule of its subject's room says."""
    rule = FILE_RULES.get(stored.subject_type)
    subject = apps.get_model(stored.subject_type)._default_manager.filter(pk=stored.subject_id).first()
    if rule is None or subject is None or stored.removed is not None:
        return refused(_("This file is not for you."))
    return rule(user, subject)


def _scan(content: bytes) -> None:
    """Have a scanner look through the content, where one is set. What it cannot look through is not kept."""
    if not settings.SCANNER:
        return
    try:
        infection = infection_in(content)
    except ScannerFault as fault:
        log.error("the virus scanner does not answer", fault=str(fault))
        raise _no(
            "not_scanned",
            _("The file cannot be checked for viruses right now, so we have not kept it. Try again in a little while."),
        ) from fault
    if infection:
        log.warning("an upload is infected", infection=infection)
        raise _no("infected", _("A virus scanner has found something harmful in the file, so we have not kept it."))


def _no(code: str, message: Any) -> ValidationError:
    return ValidationError(message, code=code)


def _type_of(content: bytes, extension: str) -> FileType:
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(PICTURE_STARTS):
        return _picture_type(content)
    if content.startswith(b"PK\x03\x04"):
        return _package_type(content)
    if extension in (*TEXT.extensions, *CSV.extensions) and _is_text(content):
        return CSV if extension in CSV.extensions else TEXT
    raise _no(
        "type",
        _("We cannot keep this kind of file. Use one of these: %(kinds)s.")
        % {"kinds": ", ".join(extension.removeprefix(".") for extension in ALL_EXTENSIONS)},
    )


def _picture_type(content: bytes) -> FileType:
    try:
        with Image.open(io.BytesIO(content), formats=tuple(PICTURES)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _too_many_pixels()
            picture.load()
            return PICTURES[str(picture.format)]
    except Image.DecompressionBombError as fault:
        raise _too_many_pixels() from fault
    except (OSError, SyntaxError, ValueError) as fault:
        raise _no("broken_picture", _("The picture cannot be read. Save it anew and try again.")) from fault


def _too_many_pixels() -> ValidationError:
    most = MOST_PIXELS // 1_000_000
    return _no(
        "too_many_pixels",
        _("The picture is too large: at most %(most)d million pixels. Make it smaller and try again.") % {"most": most},
    )


def _package_type(content: bytes) -> FileType:
    """The type of an office document, which is a zip archive; nothing is unpacked but the name of its type."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
                raise _no("bomb", _("The file grows too large when it is opened, so we cannot keep it."))
            if any(MACROS.search(name) for name in names):
                raise _no("macros", _("The file holds macros. Save it without macros and try again."))
            if "mimetype" in names and (kind := OPEN_DOCUMENTS.get(_start_of(package, "mimetype"))):
                return kind
    except UNREADABLE as fault:
        raise _no("broken_package", _("The file cannot be read. Save it anew and try again.")) from fault
    for name, kind in OFFICE_PARTS.items():
        if name in names and "[Content_Types].xml" in names:
            return kind
    raise _no("archive", _("We do not keep packed files (zip). Upload the files one by one."))


def _start_of(package: zipfile.ZipFile, name: str) -> str:
    with package.open(name) as part:
        return part.read(100).decode("ascii", errors="replace").strip()


def _is_text(content: bytes) -> bool:
    if any(byte in CONTROL_BYTES for byte in content):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _tidy_name(name: str, kind: FileType) -> str:
    """The file's own name without folders and control characters, and with the extension of its real type."""
    last = re.split(r"[/\\]", name)[-1]
    plain = re.sub(r"[^\w .,()+&'-]", "_", last).strip(" .")
    stem, extension = (PurePosixPath(plain).stem, PurePosixPath(plain).suffix) if plain else ("", "")
    if extension.lower() not in kind.extensions:
        extension = kind.extensions[0]
    return f"{stem[:LONGEST_NAME] or 'fil'}{extension.lower()}"
