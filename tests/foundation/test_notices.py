"""People are told once, in their own language and rhythm."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.template import engines
from django.template.loaders.filesystem import Loader
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from fyrtaarn.foundation import clock, mail, notices
from fyrtaarn.foundation.models import Notice, OutgoingMail, Rhythm
from fyrtaarn.foundation.notices import NoticeKind, choose, tell
from fyrtaarn.people.models import Role
from tests.harness.people import make_employee, make_user
from tests.harness.smtp import MailServer

MONDAY = datetime(2027, 3, 29, 7, tzinfo=clock.COPENHAGEN)  # the day after summer time began


@pytest.fixture(autouse=True)
def trial_kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two kinds of notice of a room called "trial"."""
    monkeypatch.setattr(notices, "KINDS", {})
    notices.register(NoticeKind("trial.interest", "Interesse", "Udfordringer"))
    notices.register(NoticeKind("trial.deadline", "Frister", "Ansøgninger", Rhythm.DAILY))
    cached = engines["django"].engine.template_loaders[0]  # type: ignore[attr-defined]
    cached.loaders.append(Loader(cached.engine, [Path(__file__).parent / "templates"]))
    yield
    cached.loaders.pop()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`at(moment)` sets the clock."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


def interest(*people: Any, once: str | None = None) -> list[Notice]:
    with transaction.atomic():
        return tell(
            "trial.interest",
            people,
            path="/min/dialoger/7/",
            params={"challenge": "Børn & unge", "who": "Værkstedet"},
            once=once,
        )


def deadline(*people: Any, challenge: str = "Stilhed") -> list[Notice]:
    with transaction.atomic():
        return tell("trial.deadline", people, path="/kolding/", params={"challenge": challenge})


@pytest.mark.django_db
class TestTell:
    def test_at_once_is_mailed_in_each_persons_language(self) -> None:
        anna, bob = make_user("Anna"), make_user("Bob", language="en")
        interest(anna, bob)
        danish, english = OutgoingMail.objects.order_by("recipient")
        assert danish.subject == "Ja: Børn & unge"
        assert english.subject == "Yes: Børn & unge"
        assert 'Værkstedet skriver: "Må vi se stedet & høre mere?"' in danish.text
        assert "http://127.0.0.1:8000/min/dialoger/7/" in danish.text

    def test_the_same_person_is_told_once_however_often_she_is_named(self) -> None:
        anna = make_user("Anna")
        assert len(interest(anna, anna)) == 1

    def test_once_holds_over_time_and_for_each_person(self) -> None:
        anna, bob = make_user("Anna"), make_user("Bob")
        assert len(interest(anna, once="meeting-7")) == 1
        assert [n.recipient_id for n in interest(anna, bob, once="meeting-7")] == [bob.pk]  # type: ignore[attr-defined]
        assert len(interest(anna, once="meeting-8")) == 1
        assert OutgoingMail.objects.count() == 3

    def test_without_once_it_may_come_again(self) -> None:
        anna = make_user("Anna")
        interest(anna)
        assert len(interest(anna)) == 1

    def test_closed_accounts_are_not_told(self) -> None:
        assert interest(make_user("Anna", is_active=False)) == []

    def test_who_wants_no_mail_still_sees_it_here(self) -> None:
        anna = make_user("Anna")
        choose(anna, "trial.interest", Rhythm.NONE)
        interest(anna)
        assert notices.unread_count(anna) == 1
        assert not OutgoingMail.objects.exists()
        assert notices.write_digests() == 0

    @pytest.mark.parametrize("path", ["https://ond.example.org/", "//ond.example.org", "/\\ond.example.org", "min/"])
    def test_a_notice_leads_to_this_site_alone(self, path: str) -> None:
        with pytest.raises(ValueError, match="not a page"):
            tell("trial.interest", [make_user("Anna")], path=path)

    def test_the_number_of_queries_does_not_grow_with_the_recipients(self, at_most_queries: Any) -> None:
        people = [make_user(f"Person {i}") for i in range(30)]
        with at_most_queries(8):
            interest(*people, once="all")

    def test_an_unknown_kind_or_rhythm_is_refused(self) -> None:
        anna = make_user("Anna")
        with pytest.raises(KeyError):
            tell("trial.unknown", [anna], path="/")
        with pytest.raises(KeyError):
            choose(anna, "trial.unknown", Rhythm.DAILY)
        with pytest.raises(ValueError, match="sometimes"):
            choose(anna, "trial.interest", "sometimes")


def test_two_rooms_cannot_share_a_key() -> None:
    with pytest.raises(ValueError, match=r"trial\.interest"):
        notices.register(NoticeKind("trial.interest", "Noget andet", "Andet"))


@pytest.mark.django_db(transaction=True)
def test_told_once_also_when_two_tell_at_the_same_moment() -> None:
    anna = make_user("Anna")
    start = threading.Barrier(6)

    def work() -> None:
        start.wait()
        interest(anna, once="meeting-7")
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Notice.objects.count() == OutgoingMail.objects.count() == 1


@pytest.mark.django_db
class TestDigests:
    def test_one_mail_with_everything_grouped_at_seven(self, at: Any) -> None:
        anna, bob = make_user("Anna"), make_user("Bob")
        choose(anna, "trial.interest", Rhythm.DAILY)
        at(MONDAY - timedelta(hours=10))
        interest(anna)
        deadline(anna, bob)
        deadline(anna, challenge="Ensomhed")
        at(MONDAY - timedelta(minutes=1))
        assert notices.write_digests() == 0
        at(MONDAY)
        assert notices.write_digests() == 2
        assert notices.write_digests() == 0
        digest = OutgoingMail.objects.get(recipient=anna.email)  # type: ignore[attr-defined]
        in_order = ["ANSØGNINGER", "Frist for Stilhed", "Frist for Ensomhed", "UDFORDRINGER", "Ja: Børn & unge"]
        places = [digest.text.index(words) for words in in_order]
        assert places == sorted(places)
        assert digest.subject.startswith("3 ")

    def test_weekly_waits_for_monday(self, at: Any) -> None:
        anna = make_user("Anna")
        choose(anna, "trial.deadline", Rhythm.WEEKLY)
        at(MONDAY - timedelta(days=6, hours=20))
        deadline(anna)
        for days in range(-6, 0):
            at(MONDAY + timedelta(days=days, minutes=5))
            assert notices.write_digests() == 0
        at(MONDAY + timedelta(minutes=5))
        assert notices.write_digests() == 1

    def test_a_missed_digest_is_made_up_for(self, at: Any) -> None:
        anna = make_user("Anna")
        at(MONDAY - timedelta(hours=1))
        deadline(anna)
        at(MONDAY + timedelta(days=2, hours=3))
        assert notices.write_digests() == 1

    def test_what_has_been_read_is_not_mailed(self, at: Any) -> None:
        anna = make_user("Anna")
        at(MONDAY - timedelta(hours=1))
        deadline(anna)
        assert notices.mark_read(notices.notices_of(anna)) == 1
        at(MONDAY)
        assert notices.write_digests() == 0
        assert notices.unread_count(anna) == 0

    def test_a_new_choice_holds_for_what_waits(self, at: Any) -> None:
        anna, bob = make_user("Anna"), make_user("Bob")
        at(MONDAY - timedelta(hours=1))
        deadline(anna, bob)
        choose(anna, "trial.deadline", Rhythm.NONE)
        choose(bob, "trial.deadline", Rhythm.AT_ONCE)
        at(MONDAY)
        notices.write_digests()
        assert [m.recipient for m in OutgoingMail.objects.all()] == [bob.email]  # type: ignore[attr-defined]

    def test_what_was_told_before_a_role_ended_is_not_mailed_afterwards(self, at: Any, kolding: Any) -> None:
        anna = make_employee(kolding, "municipality_administrator", name="Anna")
        make_employee(kolding, "municipality_administrator", name="Bo")
        at(MONDAY - timedelta(days=2))
        deadline(anna, challenge="Før")
        at(MONDAY - timedelta(days=1))
        Role.objects.filter(user=anna).update(starts=clock.today() - timedelta(days=9), ends=clock.today())
        at(MONDAY)
        deadline(anna, challenge="Efter")
        at(MONDAY + timedelta(days=1))
        assert notices.write_digests() == 1
        assert [one.text.count("Før") for one in OutgoingMail.objects.all()] == [0]
        assert notices.unread_count(anna) == 2, "in the product it stands as before"

    def test_at_most_one_digest_a_day(self, at: Any) -> None:
        anna = make_user("Anna")
        choose(anna, "trial.interest", Rhythm.WEEKLY)
        at(MONDAY + timedelta(hours=1))
        interest(anna)
        at(MONDAY + timedelta(hours=2))
        deadline(anna)
        at(MONDAY + timedelta(days=1))
        assert notices.write_digests() == 1
        choose(anna, "trial.interest", Rhythm.DAILY)
        assert notices.write_digests() == 0
        at(MONDAY + timedelta(days=2))
        assert notices.write_digests() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_write_one_digest() -> None:
    anna = make_user("Anna")
    deadline(anna)
    Notice.objects.update(created=clock.now() - timedelta(days=8))
    start = threading.Barrier(4)
    written = []

    def work() -> None:
        start.wait()
        written.append(notices.write_digests())
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(written) == [0, 0, 0, 1]
    assert OutgoingMail.objects.count() == 1


MOMENTS = st.datetimes(timezones=st.just(clock.COPENHAGEN)).filter(lambda moment: 1900 < moment.year < 2200)


@given(moment=MOMENTS, weekday=st.none() | st.integers(0, 6))
@example(moment=MONDAY, weekday=0)
def test_the_latest_digest_is_seven_o_clock_within_the_last_day_or_week(moment: datetime, weekday: int | None) -> None:
    latest = notices.latest_digest(moment, weekday)
    assert (latest.hour, latest.minute) == (7, 0)
    assert weekday is None or latest.weekday() == weekday
    assert timedelta(0) <= moment - latest < timedelta(days=1 if weekday is None else 7)


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_an_action_told(mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)  # its threads leave no connection behind
    interest(make_user("Anna"))
    worker = threading.Thread(target=work_once)  # the browser's event loop may run in this thread
    worker.start()
    worker.join()
    assert mail_server.subjects() == ["Ja: Børn & unge"]
    assert mail.send_waiting_mail() == 0


def work_once() -> None:
    """Do all waiting jobs."""
    from procrastinate.contrib.django import app

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    connection.close()
