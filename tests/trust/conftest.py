"""What all storms need."""

import threading
from collections.abc import Iterator

import pytest

from tests.harness.smtp import Dialogue, MailServer, Server


@pytest.fixture(scope="module")
def mailbox() -> Iterator[MailServer]:
    """A mail server that outlives everything."""
    box = MailServer()
    with Server(("127.0.0.1", 0), Dialogue) as server:
        server.mailbox = box
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield box
        server.shutdown()
