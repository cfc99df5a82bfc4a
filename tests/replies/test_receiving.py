"""People answer by mail: through a real mail server, into the dialogue, once, and nobody else for them."""

import smtplib
import threading
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.db import connection, connections

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import files_of
from fyrtaarn.foundation.mail import send_waiting_mail, undelivered
from fyrtaarn.foundation.models import OutgoingMail
from fyrtaarn.meetings import actions
from fyrtaarn.meetings.models import Message
from fyrtaarn.replies.actions import MOST_AN_HOUR
from fyrtaarn.replies.models import TakenAnswer
from tests.harness.answers import answer, hand_over, refusal
from tests.harness.smtp import MailServer
from tests.meetings.conftest import Pair, make_pair

from .test_reading import REPORT

pytestmark = pytest.mark.django_db(transaction=True)
PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _answers_are_taken(settings: Any) -> None:
    settings.REPLY_ADDRESS = "svar@svar.example.dk"


@pytest.fixture
def pair(kolding: Any) -> Pair:
    return make_pair(kolding)


@pytest.fixture
def ours(pair: Pair, mail_server: MailServer) -> EmailMessage:
    """The mail in which Olga is told that the department has written to her in their dialogue."""
    meeting = actions.open_meeting(pair.editor, pair.sought, pair.offered, "Vil I være med?")
    actions.accept(pair.owner, meeting, "Ja")
    actions.write(pair.editor, meeting, "Hvornår kan I?")
    send_waiting_mail()
    return next(m for m in mail_server.messages if m["To"] == pair.owner.email and "besked" in str(m["Subject"]))


def said() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("text", flat=True))[3:]


def test_an_answer_lands_in_the_dialogue_with_its_files_and_the_other_party_is_told(
    server: tuple[str, int], ours: EmailMessage, pair: Pair, mail_server: MailServer
) -> None:
    assert ours.get_content().startswith("## Skriv dit svar over denne linje ##")
    assert ours["From"] != ours["Reply-To"]
    message = answer(ours)
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="Tilbud.pdf")
    hand_over(server, message)
    assert said() == ["Tirsdag klokken ti."]
    written = Message.objects.latest("pk")
    assert written.author == pair.owner
    assert [stored.name for stored in files_of(written)] == ["Tilbud.pdf"]
    mail_server.messages.clear()
    send_waiting_mail()
    assert pair.editor.email in {str(m["To"]) for m in mail_server.messages}


def test_an_answer_that_is_handed_over_again_stands_there_once(server: tuple[str, int], ours: EmailMessage) -> None:
    together = [threading.Thread(target=hand_over, args=(server, answer(ours))) for _ in range(4)]
    for one in together:
        one.start()
    for one in together:
        one.join()
    assert said() == ["Tirsdag klokken ti."]


def test_nobody_answers_for_another(server: tuple[str, int], ours: EmailMessage, pair: Pair) -> None:
    forged = answer(ours)
    forged.replace_header("From", f"Olga <{pair.stranger.email}>")
    assert "550" in refusal(server, forged)
    made_up = str(ours["Reply-To"]).replace("-", "-x", 1)
    assert "550" in refusal(server, answer(ours), to=made_up)
    another = str(ours["Reply-To"]).replace("+s", "+s1", 1)
    assert "550" in refusal(server, answer(ours), to=another)
    assert "550" in refusal(server, answer(ours), to="svar@svar.example.dk")
    assert "550" in refusal(server, answer(ours), to="anna@example.dk")
    assert said() == []


def test_who_has_left_the_organisation_writes_no_more(server: tuple[str, int], ours: EmailMessage, pair: Pair) -> None:
    pair.owner.memberships.all().delete()
    assert "550" in refusal(server, answer(ours))
    assert said() == []
    assert not TakenAnswer.objects.exists()


def test_what_cannot_stand_there_is_told_to_its_sender_in_her_language(
    server: tuple[str, int], ours: EmailMessage, pair: Pair
) -> None:
    assert "Der er ingen ny tekst" in refusal(server, answer(ours, text=""))
    message = answer(ours)
    message.add_attachment(b"MZ\x90", maintype="application", subtype="octet-stream", filename="spil.exe")
    assert "550" in refusal(server, message)
    pair.owner.language = "en"
    pair.owner.save()
    assert "There is no new text" in refusal(server, answer(ours, text=""))
    actions.end(pair.editor, Message.objects.latest("pk").meeting, "Tak for nu")
    assert "has ended" in refusal(server, answer(ours))
    assert said() == ["Tak for nu"]


def test_programs_that_answer_each_other_come_no_further(server: tuple[str, int], ours: EmailMessage) -> None:
    hand_over(server, answer(ours, Auto_Submitted="auto-replied"))
    hand_over(server, answer(ours), sender="")
    assert said() == []
    for number in range(MOST_AN_HOUR):
        hand_over(server, answer(ours, **{"Message-ID": f"<{number}@example.dk>"}))
    assert "for mange svar" in refusal(server, answer(ours, **{"Message-ID": "<last@example.dk>"}))
    assert len(said()) == MOST_AN_HOUR
    TakenAnswer.objects.update(taken=clock.now() - timedelta(hours=2))
    hand_over(server, answer(ours, **{"Message-ID": "<later@example.dk>"}))
    assert len(said()) == MOST_AN_HOUR + 1


def test_a_mail_that_comes_back_is_noted_once(
    server: tuple[str, int], ours: EmailMessage, pair: Pair, mail_server: MailServer
) -> None:
    mail = OutgoingMail.objects.get(
        recipient=pair.owner.email, thread__startswith="dialogue-", subject__contains="besked"
    )
    from fyrtaarn.foundation.return_addresses import Purpose, address_of

    with smtplib.SMTP(*server, timeout=20) as client:
        client.sendmail("", [address_of(Purpose.RETURN, mail.pk)], REPORT.format(action="delayed"))
        assert not undelivered().exists()
        client.sendmail("", [address_of(Purpose.RETURN, mail.pk)], REPORT.format(action="failed"))
    [lost] = undelivered()
    assert (lost.pk, lost.last_error) == (mail.pk, "smtp; 550 5.1.1 No such user")
    mail_server.messages.clear()
    send_waiting_mail()
    assert pair.owner.email not in {str(m["To"]) for m in mail_server.messages}, "what came back is not sent again"


def test_a_mail_that_has_been_forgotten_is_answered_no_more(server: tuple[str, int], ours: EmailMessage) -> None:
    OutgoingMail.objects.update(recipient="")
    assert "for gammel" in refusal(server, answer(ours))


def test_while_the_database_does_not_take_it_the_server_before_us_keeps_it(
    server: tuple[str, int], ours: EmailMessage
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE; ALTER TABLE replies_takenanswer RENAME TO away")
        try:
            assert "451" in refusal(server, answer(ours))
        finally:
            cursor.execute("ALTER TABLE away RENAME TO replies_takenanswer")
    hand_over(server, answer(ours))
    assert said() == ["Tirsdag klokken ti."]


def test_without_an_address_nothing_can_be_answered(pair: Pair, mail_server: MailServer, settings: Any) -> None:
    settings.REPLY_ADDRESS = ""
    meeting = actions.open_meeting(pair.editor, pair.sought, pair.offered, "Vil I være med?")
    actions.accept(pair.owner, meeting, "Ja")
    send_waiting_mail()
    assert mail_server.messages
    assert not any("Reply-To" in m or "##" in m.get_content() for m in mail_server.messages)
    connections.close_all()
