"""A party finds in the journal what it was told and answered, and never what another was."""

from typing import Any

import pytest

from fyrtaarn.community import actions
from fyrtaarn.foundation.journal import entries_about

from .conftest import Place, make_draft, make_sent, say

pytestmark = pytest.mark.django_db


def said(place: Place, **about: Any) -> list[str]:
    found = entries_about(place.district.municipality, **about)
    return [entry.what + entry.text for entry in found if entry.matter.startswith("Introduction ")]


def test_a_party_finds_its_own_part(place: Place) -> None:
    introduction = make_sent(place)
    say(introduction, place, "no", "yes")
    actions.withdraw(place.manager, introduction)
    own = said(place, organisation=place.pair.organisation)
    assert any("De søger præcis jeres værksted." in text for text in own)
    assert any(text.startswith("Yes, please") for text in own)
    assert not any("De har plads til jer." in text or text.startswith("No, thank you") for text in own)
    assert any("De har plads til jer." in text for text in said(place, person=place.pair.editor))
    assert len(said(place, person=place.manager)) == 5  # two told, two answers, and that it was closed


def test_what_was_never_sent_is_in_nobodys_journal(place: Place) -> None:
    make_draft(place)
    assert not said(place, organisation=place.pair.organisation)
    assert not said(place, person=place.manager)


def test_another_municipality_finds_nothing(place: Place, koebenhavn: Any) -> None:
    make_sent(place)
    assert not list(entries_about(koebenhavn, organisation=place.pair.organisation))
