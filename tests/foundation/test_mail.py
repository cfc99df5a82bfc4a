"""Outgoing mail is sent once, waits when the server is away, and is shown when nobody knows what became of it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from fyrtaarn.foundation import clock, mail
from fyrtaarn.foundation.models import OutgoingMail
from tests.harness.smtp import MailServer

pytestmark = pytest.mark.django_db(transaction=True)


def write(key: str = "hello-1", subject: str = "Hej") -> OutgoingMail:
    with transaction.atomic():
        mail.write_mail(key=key, recipient="anna@example.dk", subject=subject, text="Kære Anna\n")
    return OutgoingMail.objects.get(key=key)


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_mail_is_sent_as_written(mail_server: MailServer) -> None:
    write(subject="Søg støtte:\r\nBcc: ond@example.org")
    assert mail.send_waiting_mail() == 1
    message = mail_server.messages[0]
    assert message["To"] == "anna@example.dk"
    assert message["Subject"] == "Søg støtte: Bcc: ond@example.org"
    assert message["Bcc"] is None
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().startswith("Kære Anna")


def test_the_same_key_is_one_mail(mail_server: MailServer) -> None:
    assert write().pk == write(subject="Hej igen").pk
    mail.send_waiting_mail()
    mail.send_waiting_mail()
    assert mail_server.subjects() == ["Hej"]


def test_mail_demands_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        mail.write_mail(key="k", recipient="anna@example.dk", subject="s", text="t")


def test_mail_of_a_cancelled_action_is_not_sent(mail_server: MailServer) -> None:
    with transaction.atomic():
        mail.write_mail(key="k", recipient="anna@example.dk", subject="s", text="t")
        transaction.set_rollback(True)
    assert mail.send_waiting_mail() == 0


def test_racing_workers_send_each_mail_once(mail_server: MailServer) -> None:
    subjects = [f"Brev {i:02}" for i in range(40)]
    for subject in subjects:
        write(key=subject, subject=subject)
    start = threading.Barrier(8)

    def work() -> None:
        start.wait()
        mail.send_waiting_mail()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert mail_server.subjects() == subjects
    assert not OutgoingMail.objects.filter(sent=None).exists()


def test_a_server_that_is_away_is_tried_again_later(mail_server: MailServer, settings: Any) -> None:
    settings.EMAIL_PORT = unused_port()
    letter = write()
    assert mail.send_waiting_mail() == 0
    letter.refresh_from_db()
    assert (letter.claimed, letter.sent, letter.attempts) == (None, None, 1)
    assert "refused" in letter.last_error
    assert timedelta(0) < letter.due - clock.now() <= mail.FIRST_PAUSE

    settings.EMAIL_PORT = mail_server.port
    cache.clear()
    assert mail.send_waiting_mail() == 0, "it waits for its pause"
    OutgoingMail.objects.update(due=clock.now())
    assert mail.send_waiting_mail() == 1
    assert mail_server.subjects() == ["Hej"]


def test_pauses_grow_and_come_to_an_end(mail_server: MailServer) -> None:
    mail_server.on_recipient = "451 come back later"
    letter = write()
    pauses = []
    for _ in range(mail.MOST_ATTEMPTS):
        OutgoingMail.objects.update(due=clock.now())
        before = clock.now()
        mail.send_waiting_mail()
        letter.refresh_from_db()
        pauses.append(round((letter.due - before) / timedelta(minutes=1)))
    assert pauses[:4] == [1, 2, 4, 8]
    assert max(pauses) == 360
    OutgoingMail.objects.update(claimed=clock.now() - timedelta(hours=1))
    assert list(mail.undelivered()) == [letter]
    assert "come back later" in letter.last_error


@pytest.mark.parametrize(
    ("on_recipient", "on_data", "taken"),
    [("550 unknown", "250 OK", 0), ("250 OK", "554 no", 0), ("250 OK", "drop", 1)],
    ids=["recipient refused", "mail refused", "connection lost while handing over"],
)
def test_refused_or_doubtful_mail_is_never_sent_again(
    mail_server: MailServer, on_recipient: str, on_data: str, taken: int
) -> None:
    mail_server.on_recipient, mail_server.on_data = on_recipient, on_data
    letter = write()
    assert mail.send_waiting_mail() == 0
    mail_server.on_recipient = mail_server.on_data = "250 OK"
    OutgoingMail.objects.update(due=clock.now() - timedelta(days=1), claimed=clock.now() - timedelta(days=1))
    assert mail.send_waiting_mail() == 0
    assert len(mail_server.messages) == taken
    assert list(mail.undelivered()) == [letter]


def test_mail_claimed_by_a_worker_that_died_is_shown_not_sent(mail_server: MailServer) -> None:
    letter = write()
    OutgoingMail.objects.update(claimed=clock.now() - timedelta(hours=1))
    assert mail.send_waiting_mail() == 0
    assert mail_server.messages == []
    assert list(mail.undelivered()) == [letter]


def test_one_bad_address_does_not_hold_up_the_others(mail_server: MailServer) -> None:
    mail_server.on_recipient = "550 unknown"
    write(key="bad")
    mail.send_waiting_mail()
    mail_server.on_recipient = "250 OK"
    write(key="good", subject="Næste")
    assert mail.send_waiting_mail() == 1
    assert mail_server.subjects() == ["Næste"]


@pytest.fixture
def deaf_port() -> Iterator[int]:
    """A port whose connections are never taken up."""
    with socket.socket() as listener, ExitStack() as crowd:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(3):
            waiting = crowd.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield int(listener.getsockname()[1])


def test_a_server_that_never_answers_is_asked_once_and_holds_nobody_up(
    mail_server: MailServer, settings: Any, deaf_port: int
) -> None:
    settings.EMAIL_TIMEOUT = 0.5
    for hang in ("connecting", "greeting"):
        settings.EMAIL_PORT = deaf_port if hang == "connecting" else mail_server.port
        mail_server.greeting = "silent" if hang == "greeting" else "220 test"
        for number in range(3):
            write(key=f"{hang}-{number}")
        began = time.monotonic()
        assert mail.send_waiting_mail() == 0
        assert mail.send_waiting_mail() == 0
        assert time.monotonic() - began < 3 * settings.EMAIL_TIMEOUT
        tried = OutgoingMail.objects.filter(key__startswith=hang).order_by("pk").values_list("attempts", flat=True)
        assert sorted(tried) == [0, 0, 1], "the others have lost none of their attempts"
        assert mail.server_rests()
        cache.clear()
        OutgoingMail.objects.update(due=clock.now())
        settings.EMAIL_PORT, mail_server.greeting = mail_server.port, "220 test"
        assert mail.send_waiting_mail() == 3
        assert not mail.undelivered().exists()


@pytest.mark.parametrize("how", ["silent", "drop"])
def test_a_server_that_breaks_off_while_it_takes_a_mail_is_given_no_other_meanwhile(
    mail_server: MailServer, settings: Any, how: str
) -> None:
    settings.EMAIL_TIMEOUT = 0.5
    mail_server.on_data = how
    for number in range(3):
        write(key=f"letter-{number}", subject=f"Brev {number}")
    assert mail.send_waiting_mail() == 0
    assert mail.send_waiting_mail() == 0
    mail_server.on_data = "250 OK"
    cache.clear()
    assert mail.send_waiting_mail() == 2
    arrived = mail_server.subjects()
    assert len(arrived) == len(set(arrived)), "none twice"
    OutgoingMail.objects.filter(sent=None).update(claimed=clock.now() - timedelta(hours=1))
    assert mail.undelivered().count() == 1


def test_a_clock_that_was_a_year_ahead_loses_no_mail(mail_server: MailServer) -> None:
    year = timedelta(days=365)
    write(key="put-off")
    OutgoingMail.objects.update(due=clock.now() + year)
    assert mail.send_waiting_mail() == 1
    lost = write(key="claimed")
    OutgoingMail.objects.filter(pk=lost.pk).update(claimed=clock.now() + year)
    assert list(mail.undelivered()) == [lost]
