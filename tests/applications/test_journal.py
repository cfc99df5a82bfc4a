"""Applications in a request for access: what was sent and what became of it, and nothing of a draft."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from fyrtaarn.applications import actions
from fyrtaarn.applications.journal import of_party
from fyrtaarn.foundation import clock
from tests.harness.people import make_organisation, make_user

from .conftest import Round, make_draft, make_sent

pytestmark = pytest.mark.django_db


def test_the_journal_tells_what_was_sent_asked_and_mended(round_: Round, koebenhavn: Any) -> None:
    sent, day = make_sent(round_.owner, round_.organisation, round_.call), clock.today() + timedelta(days=5)
    question = actions.ask_applicant(round_.manager, sent, "Har I et køkken?", day)
    actions.answer(round_.owner, question, "Ja, i kælderen.")
    returned = actions.return_to_applicant(round_.manager, sent, "Skriv, hvor mange.", day).application
    mended = actions.write(round_.owner, returned, {"what": "Vi laver mad til fyrre."}, returned.version)
    actions.withdraw(round_.owner, actions.send(round_.owner, mended))
    with translation.override("da"):
        found = list(of_party(round_.municipality, None, round_.organisation))
    assert [one.what for one in found] == [
        "Sendt", "Spurgt ansøgeren", "Ansøgerens svar", "Sendt retur til rettelse", "Rettet og sendt igen",
        "Trukket tilbage",
    ]  # fmt: skip
    assert all(sent.number in one.matter and "Eksempelkøkkenet" in one.matter for one in found)
    assert "Vi laver mad sammen hver torsdag." in found[0].text
    assert "Køkkenudstyr" in found[0].text
    assert [one.text for one in found[1:4]] == ["Har I et køkken?", "Ja, i kælderen.", "Skriv, hvor mange."]
    assert "Vi laver mad til fyrre." in found[4].text
    for person in (round_.owner, round_.manager):
        assert len(list(of_party(round_.municipality, person, None))) == len(found)
    assert not list(of_party(koebenhavn, None, round_.organisation))
    assert not list(of_party(round_.municipality, make_user("En Anden"), None))  # type: ignore[arg-type]


def test_a_draft_is_in_nobodys_journal(round_: Round) -> None:
    make_draft(round_.owner, round_.organisation, round_.call)
    other: Any = make_organisation(round_.municipality, "En anden")
    assert not list(of_party(round_.municipality, None, round_.organisation))
    assert not list(of_party(round_.municipality, round_.owner, None))
    assert not list(of_party(round_.municipality, None, other))
