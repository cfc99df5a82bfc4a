"""The worker's login may do all that waits for it: erase, seal, tell and send."""

from datetime import timedelta
from typing import Any

import pytest

from fyrtaarn.config.database import EMBEDDED_LOGINS
from fyrtaarn.foundation import clock, mail, notices, sealing
from fyrtaarn.foundation.models import Seal
from fyrtaarn.privacy import actions
from fyrtaarn.privacy.models import Copy
from tests.harness.logins import acting_as

from .lived import FIRST, NAME

pytestmark = pytest.mark.django_db
WORKER = EMBEDDED_LOGINS["worker"]


def test_the_worker_erases_and_the_seals_hold(asta: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    with acting_as(WORKER):
        assert sealing.seal_history() is not None
        actions.erase(asta)
        assert list(sealing.broken_seals()) == []
    asta.refresh_from_db()
    assert NAME not in asta.name
    assert asta.email != FIRST
    assert Seal.objects.exclude(reason="").exists()


def test_the_worker_makes_copies_and_sends_what_waits(asta: Any) -> None:
    copy = actions.ask_for_copy(asta)
    with acting_as(WORKER):
        actions.make_copy(copy.pk)
        notices.write_digests()
        mail.send_waiting_mail()
    assert Copy.objects.get(pk=copy.pk).made is not None
