"""The journal of a matter: dated, with its files, and for its parties alone."""

import csv
import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fyrtaarn.foundation.files import keep_file
from fyrtaarn.meetings.models import Message
from tests.harness.people import make_user
from tests.permissions.town import Town, make_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(kolding: Any) -> Town:
    return make_town(kolding, make_user("Nora Nabo"))


def fetched(person: Any, address: str) -> Any:
    client = Client()
    client.force_login(person)
    return client.get(address)


def opened(answer: Any) -> tuple[list[list[str]], str, dict[str, bytes]]:
    """The register's rows, its page and its files."""
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:
        rows = list(csv.reader(io.StringIO(archive.read("register.csv").decode("utf-8-sig")), delimiter=";"))
        files = {name: archive.read(name) for name in archive.namelist() if name.startswith("filer/")}
        return rows[1:], archive.read("register.html").decode(), files


def test_a_dialogues_journal_holds_its_messages_in_order_with_their_files(town: Town) -> None:
    dialogue = town.dialogues["open dialogue"]
    message = Message.objects.filter(meeting=dialogue).order_by("pk").last()
    upload = SimpleUploadedFile("../plan & mål.txt", "Planen: æøå".encode(), "text/plain")
    stored = keep_file(upload, subject=message, by=town.owner)  # type: ignore[arg-type]
    answer = fetched(town.editor, f"/min/dialoger/{dialogue.pk}/journal/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="journal-dialog-{dialogue.pk}-')
    rows, page, files = opened(answer)
    assert [row[4] for row in rows] == list(
        Message.objects.filter(meeting=dialogue).order_by("created", "pk").values_list("text", flat=True)
    )
    assert [row[1] for row in rows] == sorted(row[1] for row in rows)
    assert files.items() >= {f"filer/{stored.pk}-{stored.name}": "Planen: æøå".encode()}.items()
    assert f"filer/{stored.pk}-{stored.name}" in rows[-1][6].split(", ")
    assert f"Dialog {dialogue.pk}:" in page


def test_a_journal_runs_no_formula_and_no_script(town: Town) -> None:
    dialogue = town.dialogues["open dialogue"]
    Message.objects.filter(meeting=dialogue).update(text='=HYPERLINK("x")<script>alert(1)</script>')
    rows, page, _files = opened(fetched(town.owner, f"/min/dialoger/{dialogue.pk}/journal/"))
    assert rows[0][4].startswith("'=")
    assert "<script" not in page


def test_an_agreements_journal_goes_back_to_the_dialogue(town: Town, at_most_queries: Any) -> None:
    agreement = town.agreements["public agreement"]
    agreement.updates.create(course="on_track", text="Det går godt.", by=town.owner)
    client = Client()
    client.force_login(town.editor)
    with at_most_queries(12):
        answer = client.get(f"/samarbejder/{agreement.pk}/journal/")
    rows, _page, _files = opened(answer)
    matters = {row[2].split()[0] for row in rows}
    assert matters == ({"Aftale", "Dialog"} if agreement.meeting else {"Aftale"})
    kinds = [row[3] for row in rows]
    assert kinds.index("Begyndt") < kinds.index("Vilkår 1") < kinds.index("Ja til vilkår 1")
    assert kinds.count("Ja til vilkår 1") == agreement.parties.count()
    assert "Det går godt." in [row[4] for row in rows]


def test_nobody_else_gets_either(town: Town) -> None:
    dialogue, agreement = town.dialogues["open dialogue"], town.agreements["public agreement"]
    for person in (town.neighbour, town.administrator):
        for address in (f"/min/dialoger/{dialogue.pk}/journal/", f"/samarbejder/{agreement.pk}/journal/"):
            assert fetched(person, address).status_code == 403
