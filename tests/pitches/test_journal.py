"""What ambassadors were asked about is found for the team, the ambassador and nobody else."""

from typing import Any

import pytest

from fyrtaarn.foundation.journal import entries_about
from fyrtaarn.pitches import actions
from fyrtaarn.pitches.models import PitchReview

from .table import Table

pytestmark = pytest.mark.django_db


def texts(municipality: Any, **about: Any) -> list[str]:
    return [entry.text for entry in entries_about(municipality, **about) if entry.matter.startswith("Pitch ")]


def asked(table: Table) -> PitchReview:
    return actions.ask(table.olga, table.begun(), table.ambassador, table.due, "Er problemet klart?")


def test_each_party_finds_what_was_asked_and_said(table: Table, kolding: Any, koebenhavn: Any) -> None:
    actions.finish(table.asta, asked(table), {"problem": "Hvem er de fyrre?"}, "Godt begyndt.")
    for about in ({"person": table.olga}, {"person": table.asta}, {"organisation": table.organisation}):
        first, last = texts(kolding, **about)
        assert "Er problemet klart?" in first
        assert "Fyrre ældre spiser alene." in first
        assert "Godt begyndt." in last
        assert "Hvem er de fyrre?" in last
    assert not texts(kolding, person=table.mads)
    assert not texts(koebenhavn, person=table.olga)


def test_comments_that_were_not_sent_stay_the_ambassadors_own(table: Table, kolding: Any) -> None:
    review = asked(table)
    actions.comment(table.asta, review, {"problem": "Kun et udkast."}, "")
    actions.decline(table.asta, review, "Jeg har ferie.")
    assert "Kun et udkast." not in "".join(texts(kolding, organisation=table.organisation))
