"""Erasing a person: her traces are looked for in every table, file, letter and log afterwards."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail as sent_mail
from django.db import close_old_connections, connection
from django.test import Client, override_settings

from fyrtaarn.foundation import clock, personal_data
from fyrtaarn.foundation.mail import send_waiting_mail
from fyrtaarn.foundation.models import Notice, OutgoingMail, Seal
from fyrtaarn.foundation.personal_data import Fate
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.sealing import broken_seals, seal_history
from fyrtaarn.meetings.models import Message
from fyrtaarn.organisations.models import Membership
from fyrtaarn.people.models import Role, User
from fyrtaarn.privacy import actions, queries, remembering
from fyrtaarn.privacy.models import Erasure
from tests.harness.people import make_employee, make_user
from tests.permissions.town import Town

from .lived import FIRST, KNOWN_BY, NAME, SECOND, found_in

pytestmark = pytest.mark.django_db


def kept_columns() -> set[str]:
    """The columns that declare that they stay, and the same in the history."""
    found = set()
    for holding in personal_data.HOLDINGS.values():
        for name in holding.fields_with(Fate.KEEP):
            for model in filter(None, (holding.model, holding.history)):
                if name in {column.name for column in model._meta.fields}:
                    found.add(f"{model._meta.db_table}.{model._meta.get_field(name).column}")  # type: ignore[union-attr]
    return found


def carry_out(person: Any) -> Erasure:
    """Ask, and let the days pass."""
    erasure = actions.ask_for_erasure(person)
    Erasure.objects.filter(pk=erasure.pk).update(due=clock.today())
    assert actions.erase_due() == 1
    erasure.refresh_from_db()
    return erasure


def test_nothing_of_her_is_found_afterwards_but_what_declares_that_it_stays(
    asta: Any, django_capture_on_commit_callbacks: Any, capfd: Any
) -> None:
    before = found_in(*KNOWN_BY)
    assert {"people_user.email", "people_userevent.name", "usersessions_usersession.ip", "imports_importrow.cells",
            "foundation_notice.params", "foundation_outgoingmail.text", "people_invitationevent.email",
            "socialaccount_socialaccount.uid", "meetings_message.text"} <= before  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        carry_out(asta)
    assert send_waiting_mail() > 0
    actions.forget_receipts()
    left = found_in(*KNOWN_BY)
    assert left == {
        "fieldwork_signeddeclaration.name", "fieldwork_signeddeclarationevent.name", "meetings_message.text",
        "meetings_messageevent.text",
    }  # fmt: skip
    assert left <= kept_columns()
    told = capfd.readouterr()
    assert not [text for text in KNOWN_BY if text.lower() in (told.out + told.err).lower()]


def test_the_seal_on_the_history_holds_afterwards_and_says_why(asta: Any) -> None:
    long_ago = clock.now() - timedelta(days=3)
    with connection.cursor() as cursor:
        for table in ("people_userevent", "meetings_messageevent"):
            cursor.execute(f"UPDATE {table} SET pgh_created_at = %s", [long_ago])
    seal_history()
    carry_out(asta)
    assert list(broken_seals()) == []
    assert Seal.objects.exclude(reason="").get().reason == "a person was erased"


def test_she_is_signed_out_and_cannot_come_back(asta: Any) -> None:
    client = Client()
    client.force_login(asta)
    assert client.get("/min/data/").status_code == 200
    carry_out(asta)
    assert client.get("/min/data/").status_code == 302
    answer = client.post("/konto/login/", {"login": FIRST, "password": "en lang og god sætning"})
    assert "_auth_user_id" not in client.session
    assert answer.status_code in (200, 302)
    assert not [s for s in Session.objects.all() if s.get_decoded().get("_auth_user_id") == str(asta.pk)]
    assert not UserSession.objects.filter(user=asta).exists()


def test_what_she_took_part_in_stays_whole(asta: Any, town: Town) -> None:
    messages, agreements = Message.objects.count(), asta.pk
    carry_out(asta)
    assert Message.objects.count() == messages
    written = Message.objects.filter(author=agreements).order_by("pk").last()
    assert written is not None
    assert str(written.author) == "Tidligere bruger"
    assert not Membership.objects.current().filter(user=asta).exists()
    page = Client()
    page.force_login(town.people["organisation member"])
    assert "Tidligere bruger" in page.get(f"/min/dialoger/{town.dialogues['open dialogue'].pk}/").content.decode()


def test_others_of_her_first_name_lose_nothing(asta: Any, town: Town) -> None:
    other = make_user("Asta Andersen", phone="12 34 56 78")
    notice = Notice.objects.create(
        recipient=town.editor, kind="organisations.joined", path="/", params={"person": str(other)}
    )
    carry_out(asta)
    notice.refresh_from_db()
    assert notice.params == {"person": "Asta Andersen"}
    other.refresh_from_db()  # type: ignore[attr-defined]
    assert (other.name, other.phone) == ("Asta Andersen", "12 34 56 78")  # type: ignore[attr-defined]


def test_receipts_tell_her_and_can_be_called_back(asta: Any) -> None:
    erasure = actions.ask_for_erasure(asta)
    assert actions.ask_for_erasure(asta) == erasure
    assert erasure.due == clock.today() + timedelta(days=14)
    assert actions.erase_due() == 0
    actions.call_back(erasure, asta)
    Erasure.objects.filter(pk=erasure.pk).update(due=clock.today())
    assert actions.erase_due() == 0
    asta.refresh_from_db()
    assert asta.name == NAME
    with pytest.raises(Refused):
        actions.call_back(erasure, asta)
    send_waiting_mail()
    subjects = [letter.subject for letter in sent_mail.outbox if letter.to == [FIRST]]
    assert subjects[-2:] == ["Du har bedt os slette din konto", "Din konto bliver"]


def test_the_last_letter_goes_to_her_and_is_then_forgotten(asta: Any) -> None:
    carry_out(asta)
    send_waiting_mail()
    assert [letter.subject for letter in sent_mail.outbox if letter.to == [FIRST]][-1] == "Din konto er slettet"
    actions.forget_receipts()
    assert not OutgoingMail.objects.filter(recipient__in=(FIRST, SECOND)).exists()
    assert actions.forget_receipts() == 0


def test_somebody_whom_others_depend_on_is_told_what_comes_first(kolding: Any, town: Town, asta: Any) -> None:
    administrator = town.administrator
    with pytest.raises(Refused, match="eneste administrator i Kolding"):
        actions.ask_for_erasure(administrator)
    second = make_employee(kolding, "municipality_administrator")
    erasure = actions.ask_for_erasure(administrator)
    Role.objects.filter(user=second).update(ends=clock.today())
    Erasure.objects.filter(pk=erasure.pk).update(due=clock.today())
    assert actions.erase_due() == actions.erase_due() == 0
    assert Notice.objects.filter(recipient=administrator, kind="privacy.waits").count() == 1
    Membership.objects.filter(user=town.people["organisation member"]).update(kind="member")
    with pytest.raises(Refused, match="eneste ejer af Eksempelværkstedet"):
        actions.ask_for_erasure(asta)


def test_a_restored_backup_erases_her_again(asta: Any, tmp_path: Path) -> None:
    carry_out(asta)
    remembering.write_list(tmp_path)
    lines = remembering.read_list(tmp_path / "erased.json")
    assert len(lines) == 1
    assert not [text for text in KNOWN_BY if text in (tmp_path / "erased.json").read_text()]
    assert remembering.living(lines) == []
    Erasure.objects.all().delete()  # as in the database before
    User.objects.filter(pk=asta.pk).update(name=NAME, email=FIRST, is_active=True)
    assert actions.erase_again(lines) == 1
    asta.refresh_from_db()
    assert (asta.name, asta.is_active) == ("", False)
    assert actions.erase_again(lines) == 0
    another = make_user("En Anden")
    born_elsewhere = {f"{another.pk}-0123456789abcdef": "2026-01-01"}  # type: ignore[attr-defined]
    assert actions.erase_again(born_elsewhere) == 0
    remembering.write_list(tmp_path)
    assert remembering.read_list(tmp_path / "erased.json").keys() == lines.keys()


def test_letters_in_files_go_too(asta: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any) -> None:
    backend = "django.core.mail.backends.filebased.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_FILE_PATH=tmp_path / "mail"):
        actions.ask_for_erasure(asta)
        send_waiting_mail()
        files = list((tmp_path / "mail").glob("*.log"))
        assert any(FIRST in path.read_text() for path in files)
        with django_capture_on_commit_callbacks(execute=True):
            carry_out(asta)
        left = "".join(path.read_text() for path in files)
        assert "Subject:" in left
        assert not [text for text in KNOWN_BY if text.lower() in left.lower()]


@pytest.mark.django_db(transaction=True)
def test_two_workers_erase_once(asta: Any) -> None:
    erasure = actions.ask_for_erasure(asta)
    Erasure.objects.filter(pk=erasure.pk).update(due=clock.today())
    done: list[int] = []

    def work() -> None:
        try:
            done.append(actions.erase_due())
        finally:
            close_old_connections()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == 1
    assert OutgoingMail.objects.filter(key=f"erasure-done-{erasure.pk}").count() == 1


def test_the_dry_run_says_what_will_be(asta: Any) -> None:
    held = {one.holding.key: one for one in queries.held_on(asta)}
    assert held["listings.savedsearch"].goes
    assert held["people.user"].is_emptied
    assert not held["meetings.message"].goes
    assert not held["meetings.message"].is_emptied
    carry_out(asta)
    after = {one.holding.key for one in queries.held_on(asta)}
    assert not after & {key for key, one in held.items() if one.goes}
    assert after >= {key for key, one in held.items() if not one.goes and not one.is_emptied}
