"""Letting go on time, and never before the archive has said so."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from fyrtaarn.agreements.models import Acceptance, Agreement, Review
from fyrtaarn.config.database import EMBEDDED_LOGINS
from fyrtaarn.fieldwork.models import FieldworkPeriod
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import keep_file
from fyrtaarn.foundation.models import Notice, OutgoingMail, StoredFile
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.sealing import broken_seals, seal_history
from fyrtaarn.meetings.models import Meeting, Message
from fyrtaarn.organisations.models import Claim, Membership
from fyrtaarn.people.models import Invitation, Role
from fyrtaarn.privacy import actions, queries, retention
from fyrtaarn.privacy.models import ArchiveDecision, Removal
from fyrtaarn.privacy.traces import NOBODY, REMOVED
from tests.harness.logins import acting_as

from .lived import KNOWN_BY, found_in

pytestmark = pytest.mark.django_db
WORKER = EMBEDDED_LOGINS["worker"]
LONG_AGO = timedelta(days=6 * 365)


@pytest.fixture
def years_later(asta: Any, town: Any) -> Any:
    """Everything is over, six years ago."""
    upload = SimpleUploadedFile("asta.txt", b"Hilsen", "text/plain")
    keep_file(upload, subject=Message.objects.filter(author=asta).order_by("pk").last(), by=asta)  # type: ignore[arg-type]
    Review.objects.create(
        agreement=town.agreements["public agreement"], due=clock.today() - LONG_AGO, held=clock.today() - LONG_AGO,
        held_by=asta, outcome="on_track", note="Asta fortalte.",
    )  # fmt: skip
    ended = clock.now() - LONG_AGO
    Meeting.objects.update(state="ended", closed=ended, closed_by="sought", latest=ended)
    Agreement.objects.filter(state="active").update(
        state="completed", closed=ended.date(), worked="Alt", did_not_work="Intet", next_time="Mere"
    )
    FieldworkPeriod.objects.update(starts=(ended - timedelta(days=5)).date(), ends=ended.date())
    for model in (Role, Membership):
        model.objects.filter(user=asta).update(starts=ended.date(), ends=ended.date())
    Claim.objects.update(state="refused", created=ended)
    Invitation.objects.update(expires=ended)
    Notice.objects.update(created=ended)
    return town


def decide(town: Any, *keys: str) -> None:
    for key in keys:
        ArchiveDecision.objects.create(
            municipality=town.municipality, holding=key, before=clock.today(), kind="archived", reference="A-1",
            by=town.administrator,
        )  # fmt: skip


def let_go() -> int:
    with acting_as(WORKER):
        return retention.let_go()


def texts_of(asta: Any) -> set[str]:
    return set(Message.objects.filter(author=asta).values_list("text", flat=True))


def test_what_belongs_to_no_matter_goes_by_itself(years_later: Any) -> None:
    OutgoingMail.objects.create(key="gammel", recipient="a@example.dk", subject="Hej", text="Hej Asta",
                                created=clock.now() - timedelta(days=91), sent=clock.now())  # fmt: skip
    waiting = OutgoingMail.objects.create(key="venter", recipient="a@example.dk", subject="Hej", text="Hej",
                                          created=clock.now() - timedelta(days=91))  # fmt: skip
    assert let_go() > 0
    assert not Notice.objects.exists()
    assert not Invitation.objects.exists()
    sent = OutgoingMail.objects.get(key="gammel")
    assert (sent.subject, sent.text) == ("", "")
    assert "example.dk" not in sent.recipient
    waiting.refresh_from_db()
    assert waiting.recipient == "a@example.dk"
    assert let_go() == 0
    assert set(Removal.objects.values_list("municipality", flat=True)) == {None}


def test_matters_wait_for_the_archive(asta: Any, years_later: Any) -> None:
    before = texts_of(asta)
    let_go()
    assert texts_of(asta) == before
    due = {one.holding: one for one in queries.due_in(years_later.municipality)}
    assert {"meetings.message", "meetings.meeting", "agreements.statusupdate", "organisations.claim"} <= due.keys()
    assert due["meetings.message"].waits
    assert due["meetings.message"].rows == Message.objects.count()
    decide(years_later, "meetings.message")
    due = {one.holding: one for one in queries.due_in(years_later.municipality)}
    assert not due["meetings.message"].waits
    let_go()
    assert set(Message.objects.values_list("text", flat=True)) == {REMOVED}
    assert set(Message.objects.values_list("author__email", flat=True)) == {NOBODY}
    assert not StoredFile.objects.filter(subject_type="meetings.message", removed=None).exists()
    assert Agreement.objects.get(pk=years_later.agreements["public agreement"].pk).created_by.email != NOBODY
    assert "meetings.message" not in {one.holding for one in queries.due_in(years_later.municipality)}


def test_a_decision_reaches_no_further_than_its_day_and_its_municipality(
    asta: Any, years_later: Any, koebenhavn: Any
) -> None:
    last = Message.objects.order_by("pk").last()
    assert last is not None
    ArchiveDecision.objects.create(
        municipality=years_later.municipality, holding="meetings.message", kind="authorised", reference="A-2",
        before=clock.today() - LONG_AGO - timedelta(days=1), by=years_later.administrator,
    )  # fmt: skip
    ArchiveDecision.objects.create(
        municipality=koebenhavn, holding="meetings.message", before=clock.today(), kind="archived", reference="A-3",
        by=years_later.administrator,
    )  # fmt: skip
    let_go()
    last.refresh_from_db()
    assert last.text != REMOVED


def test_what_is_still_going_on_stays(asta: Any, town: Any) -> None:
    Meeting.objects.update(latest=clock.now() - LONG_AGO)
    decide(town, "meetings.message", "meetings.meeting", "people.role")
    before = texts_of(asta)
    let_go()
    assert texts_of(asta) == before
    assert Role.objects.filter(user__email=NOBODY).count() == 0


def test_after_everything_no_trace_is_left_anywhere_and_the_seal_holds(
    asta: Any, years_later: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """Erased, and everything kept for its time: nobody can find her any more."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_messageevent SET pgh_created_at = %s", [clock.now() - timedelta(days=3)])
    seal_history()
    with django_capture_on_commit_callbacks(execute=True):
        with acting_as(WORKER):
            actions.erase(asta)
        decide(years_later, *{holding.key for holding, one in retention.retained() if one.municipality})
        let_go()
    assert found_in(*KNOWN_BY) == set()
    assert list(broken_seals()) == []
    held = Review.objects.exclude(held=None).filter(agreement__closed__isnull=False)
    assert set(held.values_list("note", "held_by__email")) == {(REMOVED, NOBODY)}
    assert not Acceptance.objects.filter(wording__agreement__closed__isnull=False).exists()
    assert let_go() == 0


def test_only_those_who_look_after_the_data_note_decisions(town: Any, koebenhavn: Any) -> None:
    fields = {"holding": "meetings.message", "before": clock.today(), "kind": "archived", "reference": "A-1"}
    for person in (town.editor, town.owner, town.people["community manager"]):
        with pytest.raises(Refused):
            actions.note_decision(person, town.municipality, fields)
    with pytest.raises(Refused):
        actions.note_decision(town.administrator, koebenhavn, fields)
    for person in (town.administrator, town.people["data officer"]):
        assert actions.note_decision(person, town.municipality, fields).by == person


def test_a_run_that_fails_leaves_all_as_it_was(asta: Any, years_later: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    decide(years_later, "meetings.message")
    monkeypatch.setattr(retention, "remove_file", lambda stored, by: 1 / 0)
    before = texts_of(asta)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        let_go()
    assert texts_of(asta) == before
