"""Questions go on by mail: through a real mail server, to the right side, and nobody writes for another."""

import re
import smtplib
from email.message import EmailMessage
from typing import Any

import pytest

from fyrtaarn.config.database import EMBEDDED_LOGINS
from fyrtaarn.entrance import actions
from fyrtaarn.entrance.models import Case, CaseMessage, CaseState
from fyrtaarn.entrance.rules import Letter
from fyrtaarn.foundation.files import files_of
from fyrtaarn.foundation.mail import send_waiting_mail
from fyrtaarn.foundation.models import Notice, OutgoingMail
from fyrtaarn.foundation.return_addresses import Purpose, address_of
from tests.harness.answers import answer, hand_over, refusal
from tests.harness.logins import acting_as
from tests.harness.smtp import MailServer
from tests.replies.test_reading import REPORT

from .desk import Desk, guest_case, routed

pytestmark = pytest.mark.django_db(transaction=True)
Server = tuple[str, int]
PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _answers_are_taken(settings: Any) -> None:
    settings.REPLY_ADDRESS = "svar@svar.example.dk"


def mail_to(mail_server: MailServer, address: str, words: str = "") -> EmailMessage:
    """The latest mail to the address whose subject has the words."""
    send_waiting_mail()
    return [m for m in mail_server.messages if m["To"] == address and words in str(m["Subject"])][-1]


def said() -> list[tuple[str, str]]:
    return list(CaseMessage.objects.order_by("pk").values_list("side", "text"))[1:]


def test_asker_and_contact_person_write_to_each_other_by_mail(
    server: Server, desk: Desk, mail_server: MailServer
) -> None:
    case = routed(desk)
    given = mail_to(mail_server, desk.karl.email, "spørgsmål at svare på")
    assert "får Olga Ejer det, du skriver, som kommunens svar" in given.get_content()
    message = answer(given, "Ring til plejehjemmet.")
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="Pjece.pdf")
    hand_over(server, message)
    case.refresh_from_db()
    assert (case.state, case.holder) == (CaseState.ANSWERED, desk.karl)
    assert said() == [("municipality", "Ring til plejehjemmet.")]
    assert [stored.name for stored in files_of(CaseMessage.objects.latest("pk"))] == ["Pjece.pdf"]

    hand_over(server, answer(mail_to(mail_server, desk.owner.email, "Svar fra"), "Hvilket nummer?"))
    case.refresh_from_db()
    assert (case.state, said()[-1]) == (CaseState.IN_PROGRESS, ("asker", "Hvilket nummer?"))
    hand_over(server, answer(mail_to(mail_server, desk.karl.email, "Ny besked"), "Det står i pjecen."))
    assert said()[-1] == ("municipality", "Det står i pjecen.")


def test_a_guest_goes_on_by_mail_and_without_an_account(server: Server, desk: Desk, mail_server: MailServer) -> None:
    case = guest_case(desk)
    assert "Reply-To" not in mail_to(mail_server, case.email), "the letter is opened, not answered"
    case = actions.confirm(Letter(case.key), case)
    case = actions.route(desk.manager, case, desk.social)
    actions.answer(desk.karl, case, "Kom på torsdag.")
    letter = mail_to(mail_server, case.email, "Svar fra")
    hand_over(server, answer(letter, "Hvad tid?"))
    written = CaseMessage.objects.latest("pk")
    assert (written.side, written.author, written.text) == ("asker", None, "Hvad tid?")


def test_what_a_colleague_answers_to_a_task_stays_with_the_colleagues(
    server: Server, desk: Desk, mail_server: MailServer
) -> None:
    actions.give_task(desk.karl, routed(desk), desk.culture, "Har I et køkken?")
    asked = mail_to(mail_server, desk.kaja.email, "bedt om sin del")
    assert "som den, der spurgte, ikke ser" in asked.get_content()
    hand_over(server, answer(asked, "Ja, om torsdagen."))
    assert said() == [("internal", "Ja, om torsdagen.")]


def test_nobody_writes_for_another(server: Server, desk: Desk, mail_server: MailServer) -> None:
    routed(desk)
    given = mail_to(mail_server, desk.karl.email, "spørgsmål at svare på")
    forged = answer(given, "Nej.")
    forged.replace_header("From", f"Karl <{desk.stranger.email}>")
    assert "550" in refusal(server, forged)
    assert "550" in refusal(server, answer(given), to=str(given["Reply-To"]).replace("-", "-x", 1))
    desk.karl.roles.all().delete()
    assert "550" in refusal(server, answer(given)), "who has left the department answers no more"
    assert said() == []


def test_programs_are_put_aside_and_a_second_copy_too(server: Server, desk: Desk, mail_server: MailServer) -> None:
    routed(desk)
    given = mail_to(mail_server, desk.karl.email, "spørgsmål at svare på")
    hand_over(server, answer(given, "Jeg er på ferie.", Auto_Submitted="auto-replied"))
    assert said() == []
    for _again in range(2):
        hand_over(server, answer(given, "Ring til dem."))
    assert said() == [("municipality", "Ring til dem.")]


def test_what_is_closed_is_opened_on_the_page(server: Server, desk: Desk, mail_server: MailServer) -> None:
    case = routed(desk)
    actions.answer(desk.karl, case, "Ring til dem.")
    letter = mail_to(mail_server, desk.owner.email, "Svar fra")
    actions.close_as_asker(desk.owner, case)
    assert "550" in refusal(server, answer(letter, "Jeg mangler noget."))


def test_what_was_put_together_goes_on_together(server: Server, desk: Desk, mail_server: MailServer) -> None:
    first, second = routed(desk), routed(desk, "Og må vi låne et lokale?")
    letter = mail_to(mail_server, desk.owner.email, "har dit spørgsmål")
    actions.merge(desk.karl, second, first)
    hand_over(server, answer(letter, "Tak."))
    assert CaseMessage.objects.latest("pk").case == first


def test_a_mail_that_comes_back_is_shown_to_the_contact_person(
    server: Server, desk: Desk, mail_server: MailServer, client: Any
) -> None:
    case = routed(desk)
    actions.answer(desk.karl, case, "Ring til dem.")
    send_waiting_mail()
    lost = OutgoingMail.objects.filter(recipient=desk.owner.email, thread=f"case-{case.pk}")
    for mail in lost:
        with smtplib.SMTP(*server, timeout=20) as sender:
            sender.sendmail("", [address_of(Purpose.RETURN, mail.pk)], REPORT.format(action="failed"))
    told = Notice.objects.filter(kind="entrance.unreached")
    assert len(lost) > 1
    assert [notice.recipient for notice in told] == [desk.karl], "once, however many come back"
    client.force_login(desk.karl)
    page = client.get(f"/kolding/sager/{case.pk}/").content.decode()
    assert "En mail til den, der spurgte, er kommet retur" in page
    actions.write_as_asker(desk.owner, Case.objects.get(), "Nu har jeg læst det.")
    assert "er kommet retur</h" not in client.get(f"/kolding/sager/{case.pk}/").content.decode()


def test_a_mail_to_a_colleague_that_comes_back_says_nothing_of_the_asker(server: Server, desk: Desk) -> None:
    case = routed(desk)
    with acting_as(EMBEDDED_LOGINS["worker"]):
        actions.note_unreached(case, desk.karl.email)
    case.refresh_from_db()
    assert case.unreached is None


@pytest.mark.parametrize("language", ["da", "en"])
def test_each_mail_says_in_the_readers_language_where_an_answer_goes(
    desk: Desk, mail_server: MailServer, language: str
) -> None:
    for person in (desk.owner, desk.karl, desk.kaja):
        person.language = language
        person.save()
    case = routed(desk)
    actions.give_task(desk.karl, case, desk.culture, "Har I et køkken?")
    actions.write_as_asker(desk.owner, case, "Og hvad koster det?")
    actions.note_unreached(case, desk.owner.email)
    send_waiting_mail()
    words = "\n".join(f"{mail['Subject']}\n{mail.get_content()}" for mail in mail_server.messages)
    said_so = {
        "da": ("som kommunens svar", "som en note", "Der er kommet en mail retur"),
        "en": ("as the municipality’s answer", "as a note", "A mail came back"),
    }
    assert all(part in words for part in said_so[language])
    assert not re.search(r"\{\{|%\(", words)
