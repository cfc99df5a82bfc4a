"""What is new in a mail, as common mail programs write it."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.replies.reading import new_text, read_failure, read_letter

OURS = "> ## Skriv dit svar over denne linje ##\n>\n> Ny besked fra Eva\n> https://fyrtaarn.example.dk/min/dialoger/7/"
BARE = OURS.replace("> ", "").replace(">\n", "\n")
ANSWER = "Ja tak, tirsdag passer fint.\n\nHilsen Olga"


@pytest.mark.parametrize(
    "below",
    [
        f"\n\nDen tirs. 3. nov. 2026 kl. 10.12 skrev Fyrtårn <svar+s1-abc@svar.example.dk>:\n\n{OURS}",
        f"\n\nOn Tue, 3 Nov 2026 at 10:12, Fyrtårn <svar+s1-abc@svar.example.dk> wrote:\n{OURS}",
        f"\n\nDen 3. november 2026 kl. 10.12 skrev\nFyrtårn\n<svar+s1-abc@svar.example.dk>:\n{OURS}",
        "\n\n________________________________\nFra: Fyrtårn <no-reply@example.org>\nSendt: 3. november 2026 10:12\n"
        f"Til: Olga Ejer\nEmne: Ny besked\n\n{BARE}",
        f"\n\n-----Oprindelig meddelelse-----\nFra: Fyrtårn\nSendt: 3. november 2026\nTil: Olga\n\n{BARE}",
        f"\n\n*From:* Fyrtårn <no-reply@example.org>\n*Sent:* Tuesday\n*To:* Olga\n\n{BARE}",
        f"\n\n{BARE}",
        f"\n-- \nOlga Ejer\nEksempelværkstedet\n\n{OURS}",
        f"\n\n{OURS}\n\n",
        "",
    ],
)
def test_the_answer_is_read_without_what_is_quoted_below(below: str) -> None:
    assert new_text(ANSWER + below) == ANSWER


@pytest.mark.parametrize(
    "text",
    [
        "Fra: mandag til onsdag kan jeg ikke.\nTirsdag er fin.",
        "Den gamle aftale skrev vi under:\n\nden gælder stadig.",
        "> Kan I på tirsdag?\nJa.\n> Har I plads?\nNej.",
        "Vi kan tage:\n---\nto borgere",
        "Priser > 100 kr.",
    ],
)
def test_words_that_only_look_like_a_quotation_stay(text: str) -> None:
    assert new_text(text) == text


@given(st.text())
def test_any_text_can_be_read_and_reading_twice_changes_nothing(text: str) -> None:
    once = new_text(text)
    assert new_text(once) == once


@given(
    st.text(
        st.characters(codec="utf-8", exclude_characters="\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029>-_:*# "), min_size=1
    )
)
def test_nothing_of_a_plain_answer_is_lost(line: str) -> None:
    assert new_text(f"{line}\n\n{OURS}") == line.strip()


@given(st.binary())
def test_any_bytes_can_be_read(raw: bytes) -> None:
    letter = read_letter(raw)
    assert "\x00" not in letter.text + letter.sender + letter.identity
    read_failure(raw)


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Olga Ejer <Olga@Example.dk>"
    message["Message-ID"] = "<1@example.dk>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Ja tak")
    return message


def test_who_writes_what_and_with_which_files() -> None:
    message = mail()
    message.add_alternative("<p>Ja <b>tak</b></p>", subtype="html")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Tilbud på frokost.pdf")
    message.add_attachment(
        b"logo", maintype="image", subtype="png", filename="logo.png", disposition="inline", cid="<1>"
    )
    message.add_attachment(b"seal", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    letter = read_letter(message.as_bytes())
    assert (letter.sender, letter.identity, letter.text) == ("olga@example.dk", "<1@example.dk>", "Ja tak")
    assert [(one.name, one.content) for one in letter.attachments] == [("Tilbud på frokost.pdf", b"%PDF-1.7")]


def test_a_mail_in_html_alone_is_read_in_lines() -> None:
    message = EmailMessage()
    message.set_content(
        "<style>p {color: red}</style><div>Ja tak,</div><div>tirsdag &amp; onsdag</div><br>"
        "<blockquote>Ny besked fra Eva</blockquote>",
        subtype="html",
    )
    assert read_letter(message.as_bytes()).text == "Ja tak,\ntirsdag & onsdag"


def test_a_character_set_that_nobody_knows_still_gives_the_text() -> None:
    raw = b'From: a@example.dk\nContent-Type: text/plain; charset="x-none"\n\nJa tak\n'
    assert read_letter(raw).text == "Ja tak"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<liste.example.dk>"},
        {"X_Auto_Response_Suppress": "All"},
    ],
)
def test_a_program_that_answers_is_known(headers: dict[str, str]) -> None:
    assert read_letter(mail(**headers).as_bytes()).automatic
    assert not read_letter(mail(Auto_Submitted="no").as_bytes()).automatic


REPORT = """From: <mailer-daemon@example.dk>
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

Sorry
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.dk

Final-Recipient: rfc822; olga@example.dk
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user
--x--
"""


def test_a_report_says_what_failed_for_good() -> None:
    failed = read_failure(REPORT.format(action="failed").encode())
    assert failed is not None
    assert failed.reason == "smtp; 550 5.1.1 No such user"
    assert read_failure(REPORT.format(action="delayed").encode()) is None
    assert read_failure(mail().as_bytes()) is None
