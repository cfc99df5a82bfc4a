"""Words that nobody means break no page of the board and no letter."""

from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client

from fyrtaarn.community import actions

from .conftest import Place, make_draft

WORDS = ("a\x00b", "9" * 40, "1'", "²", "x" * 9000, " ")


@pytest.mark.django_db
def test_hostile_words_are_refused_in_words(client: Client, place: Place) -> None:
    client.force_login(place.manager)
    board, draft = place.board, make_draft(place)
    told = {"title": "Sal", "email": "", "phone": "", "text": "", "follow_up": None}
    note = actions.write_note(place.manager, place.district, uuid4(), told)
    one = f"{board}introduktioner/{draft.pk}/"
    for asked in (
        f"{one}parter/ny/?navn=",
        f"{board}introduktioner/ny/?tilbudt=1&soegt=",
        f"{board}noter/?soeg=",
        f"{board}behov-og-tilbud/?side=",
        "/introduktion/",
    ):
        ends = "" if "?" in asked else "/"
        for words in (*(quote(word) for word in WORDS), "%ff%fe%00"):
            assert client.get(f"{asked}{words}{ends}").status_code in (200, 404), (asked, words)
    for path, names in (
        (f"{board}introduktioner/ny/", ("title", "draft_key")),
        (f"{one}parter/ny/", ("navn", "party", "reason")),
        (f"{one}opfoelgning/", ("on",)),
        (f"{board}noter/ny/", ("title", "email", "phone", "text", "follow_up", "draft_key")),
        (f"{board}noter/{note.pk}/", ("title", "email", "follow_up", "version")),
        (f"{board}forslag/til-side/", ("sought", "offered")),
        (f"{board}om-mig/", ("greeting", "house", "away_from")),
        (f"{board}oensker/ny/", ("local_body", "title", "asked_on", "source", "state")),
    ):
        for words in WORDS:
            assert client.post(path, dict.fromkeys(names, words)).status_code in (302, 404, 422), (path, words)
