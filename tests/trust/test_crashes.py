"""Web server, worker and database are killed without warning while people work: nothing acknowledged is lost.

The number of kills and the seed can be set from outside: `make trust` runs the long form.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.harness.smtp import MailServer

from .installation import Installation
from .judgement import judge
from .storm import rage

KILLS = int(os.environ.get("FYRTAARN_TEST_KILLS", "15"))
SEED = int(os.environ.get("FYRTAARN_TEST_SEED", "1"))


@pytest.fixture
def installation(mailbox: MailServer) -> Iterator[Installation]:
    """All parts as real processes, in a folder that the database's own user may reach."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        town = Installation(Path(folder) / "data", mail_port=mailbox.port)
        town.prepare()
        town.keep_up()
        town.wait_until_ready()
        yield town
        town.stop()


@pytest.fixture
def _requests_unsaid(caplog: pytest.LogCaptureFixture) -> None:
    """A line for each request of the storm would hide what went wrong."""
    caplog.set_level("WARNING", "httpx")


@pytest.mark.usefixtures("_requests_unsaid")
@pytest.mark.timeout(3600 + 60 * KILLS)
def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(
    installation: Installation, mailbox: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        record = rage(installation, kills=KILLS, seed=SEED, say=print)
        faults = judge(installation, record, mailbox)
        print(f"\n{record.summary()}; mails delivered: {len(mailbox.messages)}")
    if faults:
        pytest.fail("\n".join([installation.logs(), *faults]), pytrace=False)
