"""The journal of a question: all of it for the municipality, without the notes for the asker."""

import io
from typing import Any
from zipfile import ZipFile

import pytest

from fyrtaarn.entrance import actions
from fyrtaarn.foundation.journal import entries_about

from .desk import CARE, Desk, routed

pytestmark = pytest.mark.django_db


def register_of(response: Any) -> str:
    with ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        return archive.read("register.csv").decode("utf-8-sig")


@pytest.fixture
def case(desk: Desk) -> Any:
    case = routed(desk)
    actions.note(desk.karl, case, "Spørg ledelsen først.")
    task = actions.give_task(desk.karl, case, desk.culture, "Har I et køkken?")
    actions.finish_task(desk.kaja, task, "Ja, om torsdagen.")
    actions.answer(desk.karl, case, "Kom på torsdag.")
    return case


def test_the_municipality_takes_all_of_it_along(desk: Desk, case: Any, client: Any) -> None:
    client.force_login(desk.karl)
    register = register_of(client.get(f"/kolding/sager/{case.pk}/journal/"))
    for words in (CARE, "Spørg ledelsen først.", "Har I et køkken?", "Ja, om torsdagen.", "Kom på torsdag."):
        assert words in register
    assert register.count("\r\n") == 6


def test_the_asker_takes_along_what_she_has_seen(desk: Desk, case: Any, client: Any) -> None:
    client.force_login(desk.owner)
    register = register_of(client.get(f"/min/spoergsmaal/{case.pk}/journal/"))
    assert CARE in register
    assert "Kom på torsdag." in register
    for hidden in ("Spørg ledelsen", "køkken"):
        assert hidden not in register
    client.force_login(desk.stranger)
    assert client.get(f"/min/spoergsmaal/{case.pk}/journal/").status_code in (403, 404)


def test_a_request_for_access_finds_it(desk: Desk, case: Any) -> None:
    about_asker = entries_about(desk.municipality, person=desk.owner)
    assert CARE in [entry.text for entry in about_asker]
    assert not any(entry.text == CARE for entry in entries_about(desk.municipality, person=desk.stranger))
