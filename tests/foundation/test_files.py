"""Files are judged by their content, private by default, and removed without losing who kept what."""

import io
import os
import resource
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock, files, jobs
from fyrtaarn.foundation.models import StoredFile
from fyrtaarn.foundation.rules import ALLOWED, allowed_if
from tests.harness.people import make_user

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "#0f5a6e").save(target, kind)
    return target.getvalue()


def package(**parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return target.getvalue()


def office(main: str, **more: str) -> bytes:
    return package(**{"[Content_Types].xml": "<Types/>", main: "<x/>", **more})


def workbook() -> bytes:
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    return target.getvalue()


GOOD = {
    "referat.pdf": (PDF, "application/pdf"),
    "sted.png": (picture("PNG"), "image/png"),
    "sted.jpg": (picture("JPEG"), "image/jpeg"),
    "sted.JPEG": (picture("JPEG"), "image/jpeg"),
    "sted.webp": (picture("WEBP"), "image/webp"),
    "sted.gif": (picture("GIF"), "image/gif"),
    "tal.xlsx": (workbook(), files.XLSX.media_type),
    "brev.docx": (office("word/document.xml"), files.DOCX.media_type),
    "oplæg.pptx": (office("ppt/presentation.xml"), files.PPTX.media_type),
    "brev.odt": (package(mimetype=files.ODT.media_type), files.ODT.media_type),
    "tal.ods": (package(mimetype=files.ODS.media_type), files.ODS.media_type),
    "noter.txt": ("Blåbærgrød\r\n".encode(), "text/plain"),
    "tal.csv": ("navn;antal\nÆbler;3\n".encode(), "text/csv"),
}
BAD = {
    "tom.pdf": (b"", "empty"),
    "side.html": (b"<script>alert(1)</script>", "type"),
    "tegning.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "type"),
    "program.exe": (b"MZ\x90\x00", "type"),
    "program.txt": (b"MZ\x90\x00", "type"),
    "referat.pdf": (b"not a PDF at all", "type"),
    "gammel.csv": ("Blåbær".encode("cp1252"), "type"),
    "alt.zip": (package(a="1"), "archive"),
    "brev.docx": (package(a="1"), "archive"),
    "makro.docm": (office("word/document.xml", **{"word/vbaProject.bin": "x"}), "macros"),
    "skjult.docx": (office("word/document.xml", **{"word/VBAPROJECT.BIN": "x"}), "macros"),
    "regneark.xlsx": (office("xl/workbook.xml", **{"xl/macrosheets/sheet1.xml": "x"}), "macros"),
    "styring.docx": (office("word/document.xml", **{"word/activeX/activeX1.bin": "x"}), "macros"),
    "makro.odt": (package(mimetype=files.ODT.media_type, Basic__Standard__a="x"), "macros"),
    "ødelagt.xlsx": (workbook()[:400], "broken_package"),
    "ødelagt.png": (picture("PNG")[:60], "broken_picture"),
    "bombe.xlsx": (office("xl/workbook.xml", big="0" * (files.MOST_UNPACKED_BYTES + 1)), "bomb"),
}


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def readable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody may read a municipality's files."""
    monkeypatch.setattr(files, "FILE_RULES", {})
    files.register_file_rule(Municipality, lambda user, municipality: ALLOWED)


@pytest.mark.parametrize("name", GOOD)
def test_the_type_is_told_by_the_content(name: str) -> None:
    content, media_type = GOOD[name]
    assert files.check_upload(upload(name, content)).media_type == media_type


@pytest.mark.parametrize("name", BAD)
def test_what_we_do_not_keep_is_refused_with_a_reason(name: str) -> None:
    content, code = BAD[name]
    with pytest.raises(ValidationError) as refusal:
        files.check_upload(upload(name, content))
    assert refusal.value.code == code
    assert refusal.value.messages[0].endswith(".")


def test_too_large_is_refused() -> None:
    with pytest.raises(ValidationError) as refusal:
        files.check_upload(upload("stor.pdf", PDF + b" " * files.MOST_BYTES))
    assert refusal.value.code == "too_large"


@pytest.mark.parametrize("size", [(7000, 7000), (20000, 20000)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    target = io.BytesIO()
    Image.new("1", size).save(target, "PNG")
    with pytest.raises(ValidationError) as refusal:
        files.check_upload(upload("bombe.png", target.getvalue()))
    assert refusal.value.code == "too_many_pixels"


@given(
    start=st.sampled_from([content for content, _type in GOOD.values()]),
    place=st.integers(0, 20_000),
    noise=st.binary(max_size=40),
    extension=st.sampled_from([*files.ALL_EXTENSIONS, ".exe", ""]),
)
def test_broken_content_is_kept_or_refused_but_never_fails(
    start: bytes, place: int, noise: bytes, extension: str
) -> None:
    place %= len(start)
    content = start[:place] + noise + start[place + len(noise) :]
    try:
        kind = files.check_upload(upload(f"fil{extension}", content))
    except ValidationError:
        return
    assert kind in files.ALL_TYPES


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("C:\\fakepath\\Blå bog.PNG", "Blå bog.png"),
        ("../../etc/passwd", "passwd.png"),
        ("sted.jpg", "sted.png"),
        ('x"\r\nSet-Cookie: a=b.png', "x___Set-Cookie_ a=b.png".replace("=", "_")),
        ("foto\u202egnp.exe", "foto_gnp.png"),
        ("foto.png\x00.html", "foto.png_.png"),
        ("side.html", "side.png"),
        ("." * 5, "fil.png"),
        ("æ" * 300 + ".png", "æ" * files.LONGEST_NAME + ".png"),
    ],
)
def test_names_are_tidied(kolding: Any, given_name: str, kept: str) -> None:
    odd = upload("x.png", picture("PNG"))
    odd._name = given_name  # type: ignore[attr-defined]
    assert files.keep_file(odd, subject=kolding, by=None).name == kept


@pytest.mark.django_db
class TestReading:
    def test_private_by_default(self, client: Client, kolding: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(files, "FILE_RULES", {})
        anna = make_user("Anna")
        stored = files.keep_file(upload("a.pdf", PDF), subject=kolding, by=anna)
        client.force_login(anna)  # type: ignore[arg-type]
        assert client.get(stored.url).status_code == 404

    def test_the_rule_of_the_subject_decides(
        self, client: Client, kolding: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        anna, bob = make_user("Anna"), make_user("Bob")
        monkeypatch.setattr(files, "FILE_RULES", {})
        files.register_file_rule(Municipality, lambda user, subject: allowed_if(user == anna, "Nej."))
        stored = files.keep_file(upload("a.pdf", PDF), subject=kolding, by=bob)
        assert client.get(stored.url).status_code == 404
        client.force_login(bob)  # type: ignore[arg-type]
        assert client.get(stored.url).status_code == 404
        client.force_login(anna)  # type: ignore[arg-type]
        assert client.get(stored.url).status_code == 200

    @pytest.mark.usefixtures("readable")
    def test_documents_are_downloaded_and_cannot_act_as_pages(self, client: Client, kolding: Any) -> None:
        stored = files.keep_file(upload("Blå bog.txt", b"<b>hej</b>"), subject=kolding, by=None)
        answer = client.get(stored.url)
        assert b"".join(answer.streaming_content) == b"<b>hej</b>"  # type: ignore[attr-defined]
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert "Bl%C3%A5%20bog.txt" in answer.headers["Content-Disposition"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"

    @pytest.mark.usefixtures("readable")
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("foto.html", picture("JPEG") + b"<script>alert(1)</script>"),
            ("foto.svg", picture("PNG") + package(a="1")),
            ("foto.js", picture("GIF") + b"*/alert(1)//"),
            ("side.pdf", PDF + b"<html><script>alert(1)</script>"),
            ("side.txt", b"<!DOCTYPE html><script>alert(1)</script>"),
        ],
    )
    def test_what_is_two_things_is_served_as_the_harmless_one(
        self, client: Client, kolding: Any, name: str, content: bytes
    ) -> None:
        answer = client.get(files.keep_file(upload(name, content), subject=kolding, by=None).url)
        kind = answer.headers["Content-Type"]
        assert kind.partition(";")[0] in {"image/jpeg", "image/png", "image/gif", "application/pdf", "text/plain"}
        assert kind.startswith("image/") or answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"

    @pytest.mark.usefixtures("readable")
    def test_pictures_are_shown_and_asked_for_once(self, client: Client, kolding: Any) -> None:
        stored = files.keep_file(upload("a.png", picture("PNG")), subject=kolding, by=None)
        answer = client.get(stored.url)
        assert b"".join(answer.streaming_content) == picture("PNG")  # type: ignore[attr-defined]
        assert answer.headers["Content-Disposition"].startswith("inline")
        again = client.get(stored.url, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304

    @pytest.mark.usefixtures("readable")
    def test_another_name_or_key_is_not_found(self, client: Client, kolding: Any) -> None:
        stored = files.keep_file(upload("a.pdf", PDF), subject=kolding, by=None)
        assert client.get(f"/filer/{stored.key}/b.pdf").status_code == 404
        assert client.get("/filer/00000000-0000-4000-8000-000000000000/a.pdf").status_code == 404

    @pytest.mark.usefixtures("readable")
    def test_the_files_of_a_subject_that_is_gone_are_gone(self, client: Client, kolding: Any) -> None:
        stored = files.keep_file(upload("a.pdf", PDF), subject=kolding, by=None)
        StoredFile.objects.update(subject_id=999_999)
        assert client.get(stored.url).status_code == 404


@pytest.mark.django_db(transaction=True)
class TestRemoving:
    @pytest.mark.usefixtures("readable")
    def test_the_content_goes_and_the_history_stays(self, client: Client, kolding: Any) -> None:
        anna = make_user("Anna")
        stored = files.keep_file(upload("a.pdf", PDF), subject=kolding, by=anna)
        path = Path(stored.content.path)
        assert path.read_bytes() == PDF
        files.remove_file(stored, by=anna)
        assert not path.exists()
        assert list(files.files_of(kolding)) == []
        assert client.get(stored.url).status_code == 404
        kept = StoredFile.objects.get()
        assert (kept.name, kept.removed_by, kept.size) == ("a.pdf", anna, len(PDF))

    def test_a_cancelled_removal_removes_nothing(self, kolding: Any) -> None:
        stored = files.keep_file(upload("a.pdf", PDF), subject=kolding, by=None)
        with transaction.atomic():
            files.remove_file(stored, by=make_user("Anna"))
            transaction.set_rollback(True)
        assert Path(stored.content.path).exists()
        assert list(files.files_of(kolding)) == [stored]


@pytest.mark.django_db
def test_the_files_of_many_subjects_take_one_query(kolding: Any, koebenhavn: Any, at_most_queries: Any) -> None:
    first = files.keep_file(upload("a.pdf", PDF), subject=kolding, by=None)
    second = files.keep_file(upload("b.pdf", PDF), subject=kolding, by=None)
    with at_most_queries(1):
        assert files.files_of_each([kolding, koebenhavn]) == {kolding.pk: [first, second], koebenhavn.pk: []}


@pytest.fixture
def no_room() -> Iterator[None]:
    """The operating system refuses large files."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (8 * 1024 * 1024, resource.RLIM_INFINITY))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@pytest.mark.django_db
@pytest.mark.usefixtures("no_room")
def test_what_finds_no_room_is_refused_in_words_and_leaves_nothing_behind(kolding: Any, tmp_path: Path) -> None:
    with pytest.raises(ValidationError) as refusal:
        files.keep_file(upload("referat.pdf", PDF + b" " * 10 * 1024 * 1024), subject=kolding, by=None)
    assert refusal.value.messages == ["Filen kan ikke blive gemt lige nu. Prøv igen senere, eller fortsæt uden den."]
    assert not StoredFile.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def written(name: str, folder: Path, days_ago: int) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(PDF)
    moment = (clock.now() - timedelta(days=days_ago)).timestamp()
    os.utime(path, (moment, moment))


@pytest.mark.django_db
def test_at_night_old_files_that_belong_to_nothing_are_swept_away(kolding: Any, tmp_path: Path) -> None:
    own = files.keep_file(upload("referat.pdf", PDF), subject=kolding, by=None)
    removed = files.keep_file(upload("gammel.pdf", PDF), subject=kolding, by=None)
    StoredFile.objects.filter(pk=removed.pk).update(removed=clock.now())  # and the machine died before its file went
    for stored in (own, removed):
        written(stored.content.name, tmp_path, days_ago=8)
    written("aa/halv.part", tmp_path, days_ago=8)
    written("aa/ny", tmp_path, days_ago=1)
    jobs.sweep_files(0)
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {own.content.name, "aa/ny"}
