"""What stands in a mail that came in. Pure: no database, no network."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import SMTP
from email.utils import parseaddr
from html import unescape
from typing import cast

import nh3

from fyrtaarn.foundation.mail import ABOVE_THIS

OUR_LINE = re.compile(rf"^[\s>]*{ABOVE_THIS} .+ {ABOVE_THIS}\s*$")
QUOTED = re.compile(r"^\s*>")
SIGNATURE = "-- "
WROTE = re.compile(
    r"^[\s>]*((den|on|am|le|il|el|op)\b|.{1,80}<\S+@\S+>).{0,200}"
    r"\b(skrev|wrote|schrieb|a écrit|ha scritto|escribió|schreef)\b.{0,120}:\s*$",
    re.IGNORECASE,
)
WROTE_LINES = 3
"""A mail program may break the line "On … wrote:" so many times."""
HEAD = re.compile(r"^[\s>*]*(fra|from|von|från)\s*:\**\s", re.IGNORECASE)
HEAD_GOES_ON = re.compile(r"^[\s>*]*(sendt|sent|dato|date|til|to|emne|subject|gesendet|skickat)\s*:", re.IGNORECASE)
RULER = re.compile(r"^\s*(_{10,}|-{3,}\s*[\w ]{4,40}\s*-{3,})\s*$")
"""A long line, or "-----Oprindelig meddelelse-----"."""
NOT_SHOWN = {"script", "style", "blockquote"}
LINE_ENDS = re.compile(r"(?i)<br\s*/?>|</(p|div|li|tr|h[1-6])>")
AUTOMATIC_PRECEDENCE = ("bulk", "auto_reply", "junk", "list")
SEALS = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
"""What a mail program adds by itself to show whose the mail is."""


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """A mail as far as it concerns us. `text` is what is new in it."""

    sender: str
    identity: str
    text: str
    automatic: bool
    attachments: list[Attachment] = field(default_factory=list)


@dataclass(frozen=True)
class Failure:
    """What a mail server says of a mail that it could not deliver (RFC 3464)."""

    reason: str


def read_letter(raw: bytes) -> Letter:
    """Read a mail, however it is made; what cannot be read is empty."""
    mail = message_from_bytes(raw, policy=SMTP)
    return Letter(
        sender=parseaddr(_header(mail, "From"))[1].lower(),
        identity=_header(mail, "Message-ID"),
        text=new_text(_body(mail)),
        automatic=_is_automatic(mail),
        attachments=list(_attachments(mail)),
    )


def read_failure(raw: bytes) -> Failure | None:
    """What has failed for good, by a report of the delivery; None for a delay, a success, or any other mail."""
    mail = message_from_bytes(raw, policy=SMTP)
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            for said in _groups(part):
                if _header(said, "Action").lower() == "failed":
                    return Failure(_header(said, "Diagnostic-Code") or _header(said, "Status"))
    return None


def new_text(body: str) -> str:
    """What the writer has added: without the quoted mail below it and without her signature."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = lines[: _first(lines)]
    while lines and (not lines[-1].strip() or QUOTED.match(lines[-1])):
        lines.pop()
    return "\n".join(line.rstrip() for line in lines).strip()


def _first(lines: list[str]) -> int:
    """The number of the first line that is no longer the writer's."""
    for number, line in enumerate(lines):
        after = lines[number + 1 : number + 4]
        if OUR_LINE.match(line):
            return _before_introduction(lines, number)
        if line == SIGNATURE or (HEAD.match(line) and any(map(HEAD_GOES_ON.match, after))):
            return _before_ruler(lines, number)
        if RULER.match(line) and any(map(HEAD.match, after)):
            return number
        if _introduces(lines, number):
            return number
    return len(lines)


def _introduces(lines: list[str], number: int) -> bool:
    """Whether "On … wrote:" begins here and a quotation follows."""
    for length in range(1, WROTE_LINES + 1):
        if not lines[min(number + length, len(lines)) - 1].strip():
            return False
        if WROTE.match(" ".join(lines[number : number + length])):
            rest = next((line for line in lines[number + length :] if line.strip()), None)
            return rest is None or bool(QUOTED.match(rest) or OUR_LINE.match(rest))
    return False


def _before_introduction(lines: list[str], number: int) -> int:
    """Leave out the words with which a mail program introduces what it quotes without marks."""
    return next((start for start in range(number) if _introduces(lines[:number], start)), number)


def _before_ruler(lines: list[str], number: int) -> int:
    above = next((n for n in range(number - 1, -1, -1) if lines[n].strip()), None)
    return above if above is not None and RULER.match(lines[above]) else number


def _body(mail: EmailMessage) -> str:
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    text = _text(part)
    return _without_tags(text) if part.get_content_subtype() == "html" else text


def _text(part: Message) -> str:
    content = cast(bytes, part.get_payload(decode=True) or b"")
    try:
        return content.decode(part.get_content_charset("utf-8"), errors="replace").replace("\x00", "")
    except LookupError:  # a character set that nobody knows
        return content.decode("utf-8", errors="replace").replace("\x00", "")


def _without_tags(html: str) -> str:
    broken = LINE_ENDS.sub("\\g<0>\n", html.replace("\n", " "))
    return unescape(nh3.clean(broken, tags=set(), attributes={}, clean_content_tags=NOT_SHOWN))


def _attachments(mail: EmailMessage) -> Iterator[Attachment]:
    """The files that the writer has attached; not the pictures of a signature, nor seals."""
    for part in mail.walk():
        name = part.get_filename()
        belongs_to_text = part.get("Content-ID") and part.get_content_disposition() != "attachment"
        if part.is_multipart() or not name or belongs_to_text or part.get_content_type() in SEALS:
            continue
        yield Attachment(name, cast(bytes, part.get_payload(decode=True) or b""))


def _is_automatic(mail: Message) -> bool:
    """Whether a program has written it (RFC 3834) or sent it to many."""
    return (
        _header(mail, "Auto-Submitted").lower() not in ("", "no")
        or _header(mail, "Precedence").lower() in AUTOMATIC_PRECEDENCE
        or any(name in mail for name in ("List-Id", "X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress"))
        or mail.get_content_type() == "multipart/report"
    )


def _groups(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [group for group in payload if isinstance(group, Message)] if isinstance(payload, list) else []


def _header(mail: Message, name: str) -> str:
    """One line; what Python's parser cannot take apart is read as it stands."""
    try:
        found = mail.get(name, "")
    except (ValueError, IndexError, AttributeError):
        found = ""
    return " ".join(str(found).replace("\x00", "").split())
