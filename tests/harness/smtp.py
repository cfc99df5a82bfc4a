"""A small mail server (RFC 5321) on a port of its own, which can also behave badly."""

import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest


@dataclass
class MailServer:
    """What was handed over, and how the server answers; "drop" ends the connection, "silent" says nothing more."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    greeting: str = "220 test"
    on_recipient: str = "250 OK"
    on_data: str = "250 OK"

    def subjects(self) -> list[str]:
        return sorted(str(message["Subject"]) for message in self.messages)


class Dialogue(socketserver.StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        mailbox: MailServer = self.server.mailbox
        self.say(mailbox.greeting)
        while line := self.rfile.readline():
            verb = line.strip().upper().partition(b" ")[0]
            if verb == b"DATA":
                if not self.take(mailbox):
                    return
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say(mailbox.on_recipient if verb == b"RCPT" else "250 OK")

    def take(self, mailbox: MailServer) -> bool:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        if mailbox.on_data in ("250 OK", "drop"):
            mailbox.messages.append(message_from_bytes(b"".join(lines), policy=policy.default))
        if mailbox.on_data == "drop":
            return False
        self.say(mailbox.on_data)
        return True

    def say(self, text: str) -> None:
        if text == "silent":
            self.rfile.read()  # until the other side gives up
        else:
            self.wfile.write(text.encode() + b"\r\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    mailbox: MailServer


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A running mail server that the product sends to."""
    mailbox = MailServer()
    with Server(("127.0.0.1", 0), Dialogue) as server:
        server.mailbox = mailbox
        mailbox.port = server.server_address[1]
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield mailbox
        server.shutdown()
