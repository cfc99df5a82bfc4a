"""The journal of a stay holds all that was said and signed, and is found for each of its parties."""

from typing import Any

import pytest
from django.test import Client

from fyrtaarn.fieldwork import actions
from fyrtaarn.fieldwork.journal import entries_of
from fyrtaarn.foundation.journal import entries_about

from .conftest import House, begin, make_agreed

pytestmark = pytest.mark.django_db


def whole_stay(house: House) -> Any:
    stay: Any = make_agreed(house)
    actions.sign(house.guest, stay, "Gerda Gæst", house.offer.version)
    begin(stay, days_ago=6)
    actions.note_attendance(house.host, stay, came=True)
    actions.write_learned(house.guest, stay, "De unge ved det selv.", agrees=False)
    return stay


def test_it_holds_what_was_said_in_order(house: House) -> None:
    entries = list(entries_of([whole_stay(house)]))
    assert [entry.text for entry in entries] == [
        "Vi vil forstå hverdagen.",
        "Velkommen.",
        "Jeg fortæller ikke om de unge.",
        "",
        "De unge ved det selv.",
    ]
    assert {entry.by for entry in entries} == {"Gerda Gæst", "Helle Vært"}


def test_each_party_is_found_and_nobody_else(house: House, koebenhavn: Any) -> None:
    whole_stay(house)
    for about in ({"person": house.guest}, {"person": house.host}, {"organisation": house.organisation}):
        assert "De unge ved det selv." in [entry.text for entry in entries_about(house.municipality, **about)]
    for here, about in (
        (house.municipality, {"person": house.other_guest}),
        (house.municipality, {"organisation": house.other}),
        (koebenhavn, {"person": house.guest}),
    ):
        assert "De unge ved det selv." not in [entry.text for entry in entries_about(here, **about)]


def test_the_parties_fetch_it(house: House) -> None:
    stay = whole_stay(house)
    client = Client()
    client.force_login(house.guest)
    answer: Any = client.get(f"/kolding/feltarbejde/ophold/{stay.pk}/journal/")
    assert answer.headers["Content-Type"] == "application/zip"
    assert b"".join(answer).startswith(b"PK")
