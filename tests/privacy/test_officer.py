"""Those who look after a municipality's data: record, what is due, requests for access, and who is seen looking."""

import csv
import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fyrtaarn.config.database import EMBEDDED_LOGINS
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import keep_file
from fyrtaarn.foundation.journal import entries_about
from fyrtaarn.foundation.models import Notice, Step
from fyrtaarn.foundation.personal_data import HOLDINGS
from fyrtaarn.meetings.models import Message
from fyrtaarn.privacy import actions, retention
from fyrtaarn.privacy.models import ArchiveDecision, Register, Viewing
from tests.harness.browser import assert_good_page, sign_in
from tests.harness.logins import acting_as
from tests.harness.people import make_employee, make_user

from .lived import FIRST, NAME, PHONE

pytestmark = pytest.mark.django_db
START = "/kolding/administration/persondata/"


@pytest.fixture
def officer(town: Any) -> Client:
    client = Client()
    client.force_login(town.people["data officer"])
    return client


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_record_names_everything_that_is_declared(officer: Client, at_most_queries: Any) -> None:
    officer.get(START)
    with at_most_queries(12):
        page = words(officer.get(START))
    for holding in HOLDINGS.values():
        assert str(holding.what) in page.replace("&#x27;", "'")
    table = b"".join(officer.get(f"{START}?format=csv")).decode("utf-8-sig")  # type: ignore[arg-type]
    assert len(list(csv.reader(io.StringIO(table), delimiter=";"))) == len(HOLDINGS) + 1
    assert officer.get(f"{START}?format=xlsx").headers["Content-Type"].endswith("sheet")


def test_what_is_due_is_shown_and_a_decision_noted(officer: Client, town: Any, at_most_queries: Any) -> None:
    long_ago = clock.now() - timedelta(days=6 * 365)
    town.dialogues["ended dialogue"].__class__.objects.filter(pk=town.dialogues["ended dialogue"].pk).update(
        latest=long_ago
    )
    retention.count_due()
    with at_most_queries(12):
        page = words(officer.get(f"{START}opbevaring/"))
    assert "Venter på arkivet" in page
    form = {"holding": "meetings.message", "before": clock.today().isoformat(), "kind": "archived", "reference": ""}
    answer = officer.post(f"{START}opbevaring/arkiv/", form)
    assert answer.status_code == 200
    assert not ArchiveDecision.objects.exists()
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    answer = officer.post(f"{START}opbevaring/arkiv/", {**form, "reference": "A-1", "before": tomorrow})
    assert "Vælg i dag eller en tidligere dag." in words(answer)
    assert officer.post(f"{START}opbevaring/arkiv/", {**form, "reference": "A-1"}).status_code == 302
    page = words(officer.get(f"{START}opbevaring/"))
    assert "A-1" in page
    assert "Forsvinder i nat" in page


def test_administrators_see_the_record_but_read_across_no_matters(asta: Any, town: Any) -> None:
    client = Client()
    client.force_login(town.administrator)
    page = words(client.get(START))
    assert "Aktindsigt" not in page
    for address in ("aktindsigt/", f"aktindsigt/person/{asta.pk}/"):
        assert client.get(START + address).status_code == 403


def test_a_register_holds_the_partys_matters_in_order_with_their_files(asta: Any, town: Any, officer: Client) -> None:
    upload = SimpleUploadedFile("plan.txt", "Planen: æøå".encode(), "text/plain")
    keep_file(upload, subject=Message.objects.filter(author=asta).order_by("pk").first(), by=asta)  # type: ignore[arg-type]
    page = words(officer.post(f"{START}aktindsigt/", {"q": "asta"}))
    assert NAME in page
    assert FIRST in page
    assert officer.post(f"{START}aktindsigt/person/{asta.pk}/", {"reason": ""}).status_code == 200
    assert not Register.objects.exists()
    assert officer.post(f"{START}aktindsigt/person/{asta.pk}/", {"reason": "Sag 12/34"}).status_code == 302
    register = Register.objects.get()
    with acting_as(EMBEDDED_LOGINS["worker"]):
        actions.make_register(register.pk)
    assert Notice.objects.filter(recipient=town.people["data officer"], kind="privacy.register").count() == 1
    answer = officer.post(f"{START}aktindsigt/{register.key}/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:  # type: ignore[arg-type]
        rows = list(csv.reader(io.StringIO(archive.read("register.csv").decode("utf-8-sig")), delimiter=";"))
        page = archive.read("register.html").decode()
        contents = [archive.read(name).decode() for name in archive.namelist() if name.endswith("plan.txt")]
    assert "Planen: æøå" in contents
    moments = [row[1] for row in rows[1:]]
    assert moments == sorted(moments)
    everything = " ".join(" ".join(row) for row in rows)
    assert PHONE in everything
    assert "Det går godt." in everything
    assert "Sag 12/34" in page
    assert Step.objects.filter(subject_type="privacy.register", name="fetch").count() == 1


def test_a_register_holds_nothing_of_another_municipality(asta: Any, town: Any, koebenhavn: Any) -> None:
    assert entries_about(koebenhavn, person=asta) == []
    assert entries_about(koebenhavn, organisation=town.organisation) == []
    ours = entries_about(town.municipality, organisation=town.organisation)
    assert any(PHONE in entry.text for entry in ours)
    elsewhere = Client()
    elsewhere.force_login(make_employee(koebenhavn, "data_officer"))
    there = "/koebenhavn/administration/persondata/aktindsigt/"
    assert NAME not in words(elsewhere.get(f"{there}?q=asta"))
    assert elsewhere.get(f"{there}person/{asta.pk}/").status_code == 404
    register = Register.objects.create(municipality=town.municipality, person=asta, reason="x", by=asta)
    assert elsewhere.post(f"{there}{register.key}/").status_code == 404


def test_the_file_is_gone_after_a_week(asta: Any, town: Any, django_capture_on_commit_callbacks: Any) -> None:
    officer = town.people["data officer"]
    register = actions.ask_for_register(officer, town.municipality, "Sag", person=asta)
    actions.make_register(register.pk)
    register.refresh_from_db()
    storage, name = register.content.storage, register.content.name
    Register.objects.update(asked=clock.now() - timedelta(days=8))
    with acting_as(EMBEDDED_LOGINS["worker"]), django_capture_on_commit_callbacks(execute=True):
        assert actions.forget_register_files() == 1
    assert not storage.exists(name)
    assert Register.objects.count() == 1


def test_she_sees_who_has_looked(asta: Any, town: Any, officer: Client) -> None:
    officer.post(f"{START}aktindsigt/", {"q": "asta"})
    officer.post(f"{START}aktindsigt/", {"q": "asta"})
    seen = Viewing.objects.get(person=asta)
    assert seen.viewer == town.people["data officer"]
    mine = Client()
    mine.force_login(asta)
    page = words(mine.get("/min/data/"))
    assert "dig i søgningen efter parter" in page
    assert str(town.people["data officer"]) in page


def test_the_lists_of_roles_and_claims_note_whom_they_show(town: Any) -> None:
    client = Client()
    client.force_login(town.administrator)
    client.get("/kolding/administration/roller/")
    shown = set(Viewing.objects.filter(place="people.roles").values_list("person", flat=True))
    assert town.editor.pk in shown
    assert town.administrator.pk not in shown
    assert town.owner.pk not in shown
    client.get("/kolding/administration/organisationer/")
    assert set(Viewing.objects.filter(place="organisations.claims").values_list("person", flat=True)) == {
        town.neighbour.pk
    }


def test_a_page_that_is_refused_shows_and_notes_nobody(town: Any) -> None:
    client = Client()
    client.force_login(make_user())
    assert client.get("/kolding/administration/roller/").status_code == 403
    assert not Viewing.objects.exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_are_good(asta: Any, town: Any, page: Any, live_server: Any) -> None:
    sign_in(page, live_server.url, town.people["data officer"])
    for address in ("", "opbevaring/", "opbevaring/arkiv/", "aktindsigt/", f"aktindsigt/person/{asta.pk}/"):
        page.goto(live_server.url + START + address)
        assert_good_page(page)
