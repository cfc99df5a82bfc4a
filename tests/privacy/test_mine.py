"""My page: what is held on me, my copy of it, and being erased."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import keep_file
from fyrtaarn.foundation.models import Notice, Step
from fyrtaarn.people.proof import PROVED
from fyrtaarn.privacy import actions
from fyrtaarn.privacy.models import Copy, Erasure
from tests.harness.browser import assert_good_page, sign_in
from tests.harness.people import make_user

from .lived import FIRST, NAME, PHONE

pytestmark = pytest.mark.django_db
PASSWORD = "en lang og god sætning"


def signed_in(person: Any) -> Client:
    """As one who has just given her password."""
    client = Client()
    client.force_login(person)
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    return client


def long_signed_in(person: Any) -> Client:
    """As one who signed in so long ago that she must show again who she is."""
    client = Client()
    client.force_login(person)
    session = client.session
    session[PROVED] = (clock.now() - settings.PROOF_LASTS).isoformat()
    session.save()
    return client


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def opened(copy: Copy) -> zipfile.ZipFile:
    copy.refresh_from_db()
    with copy.content.open("rb") as content:
        return zipfile.ZipFile(io.BytesIO(content.read()))


def test_the_page_says_what_is_held_why_and_how_long(asta: Any, at_most_queries: Any) -> None:
    client = Client()
    client.force_login(asta)
    client.get("/min/data/")
    with at_most_queries(12):
        page = words(client.get("/min/data/"))
    for said in ("Det, du har skrevet i dialoger", "Så de to parter kan tale sammen", "Fem år efter det sidste ord",
                 "offentlighedslovens §§ 13 og 15", "Dine adgangsnøgler"):  # fmt: skip
        assert said in page
    assert "Workbooks" not in page


def test_one_who_has_left_nothing_sees_her_account_alone(db: None) -> None:
    page = words(signed_in(make_user("Ny Her")).get("/min/data/"))
    assert "Din konto: navn" in page
    assert "Det, du har skrevet i dialoger" not in page


def test_the_copy_holds_all_that_is_hers_and_no_secret(asta: Any, town: Any) -> None:
    upload = SimpleUploadedFile("plan.txt", "Min plan: æøå".encode(), "text/plain")
    keep_file(upload, subject=town.solutions["offered solution"], by=asta)
    copy = actions.ask_for_copy(asta)
    assert actions.ask_for_copy(asta) == copy
    actions.make_copy(copy.pk)
    with opened(copy) as archive:
        data = json.loads(archive.read("data.json"))
        page = archive.read("laes-mig.html").decode()
        contents = [archive.read(name).decode() for name in archive.namelist() if name.endswith("plan.txt")]
    assert "Min plan: æøå" in contents
    held = {part["model"]: part for part in data["held"]}
    assert {"people.user", "meetings.message", "agreements.statusupdate", "organisations.membership"} <= held.keys()
    assert [row["email"] for row in held["people.user"]["rows"]] == [FIRST]
    assert {row["name"] for row in held["people.user"]["earlier"]} == {"Olga Ejer", NAME}
    assert any(PHONE in row["text"] for row in held["meetings.message"]["rows"])
    assert all(row["author"] == asta.pk for row in held["meetings.message"]["rows"])
    for said in (NAME, PHONE, "Det går godt.", "Det, du har skrevet i dialoger"):
        assert said in page
    everything = json.dumps(data) + page
    assert asta.password not in everything
    assert "hemmeligt" not in everything
    assert Notice.objects.filter(recipient=asta, kind="privacy.copy").count() == 1
    actions.make_copy(copy.pk)
    assert Notice.objects.filter(recipient=asta, kind="privacy.copy").count() == 1


def test_the_copy_is_fetched_by_her_alone_after_a_fresh_sign_in_and_only_for_a_week(asta: Any) -> None:
    copy = actions.ask_for_copy(asta)
    actions.make_copy(copy.pk)
    address = f"/min/data/kopi/{copy.key}/"
    assert Client().post(address).status_code == 302
    assert signed_in(make_user()).post(address).status_code == 404
    assert long_signed_in(asta).post(address).headers["Location"].startswith("/konto/reauthenticate/")
    answer = signed_in(asta).post(address)
    assert answer.headers["Content-Type"] == "application/zip"
    assert b"".join(answer).startswith(b"PK")  # type: ignore[arg-type]
    assert Step.objects.filter(subject_type="privacy.copy", subject_id=copy.pk, name="fetch", by=asta).count() == 1
    Copy.objects.update(asked=clock.now() - timedelta(days=8))
    assert signed_in(asta).post(address).status_code == 403
    assert "Hent min kopi" not in words(signed_in(asta).get("/min/data/"))


def test_her_copies_go_with_her(asta: Any, django_capture_on_commit_callbacks: Any) -> None:
    copy = actions.ask_for_copy(asta)
    actions.make_copy(copy.pk)
    copy.refresh_from_db()
    storage, name = copy.content.storage, copy.content.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(asta)
    assert not storage.exists(name)
    assert not Copy.objects.exists()
    actions.make_copy(copy.pk)  # a job that comes late finds nothing to do


def test_erasing_shows_first_what_goes_and_what_stays(asta: Any) -> None:
    page = words(signed_in(asta).get("/min/data/slet/"))
    goes, rest = page.split("Det her bliver, men uden dig")
    emptied, stays = rest.split("Det her bliver, og hvorfor")
    assert "Søgninger, du har gemt" in goes
    assert "Din konto: navn" in emptied
    assert "Det, du har skrevet i dialoger" in stays
    assert "Den anden part og kommunens sager har brug for hele dialogen." in stays
    assert not Erasure.objects.exists()


def test_erasing_asks_for_a_fresh_sign_in_and_can_be_called_back(asta: Any) -> None:
    assert long_signed_in(asta).post("/min/data/slet/").headers["Location"].startswith("/konto/reauthenticate/")
    assert not Erasure.objects.exists()
    client = signed_in(asta)
    assert client.post("/min/data/slet/").status_code == 302
    page = words(client.get("/min/data/"))
    assert "Din konto bliver slettet" in page
    assert "Behold min konto" in page
    client.post("/min/data/fortryd/")
    assert Erasure.objects.get().called_back is not None
    assert "Din konto bliver slettet" not in words(client.get("/min/data/"))


def test_one_whom_others_depend_on_sees_why_not_yet(town: Any) -> None:
    client = signed_in(town.administrator)
    page = words(client.get("/min/data/slet/"))
    assert "Du er eneste administrator i Kolding" in page
    assert "Slet mig om" not in page
    assert client.post("/min/data/slet/").status_code == 403


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_are_good(asta: Any, page: Any, live_server: Any) -> None:
    sign_in(page, live_server.url, asta)
    for address in ("/min/data/", "/min/data/slet/"):
        page.goto(live_server.url + address)
        assert_good_page(page)
