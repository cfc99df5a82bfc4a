"""Counting what was asked: nothing of a person is kept, little is shown, and all is forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.foundation import clock
from fyrtaarn.people.models import User
from fyrtaarn.vocabulary import asked
from fyrtaarn.vocabulary.asked import keepable
from fyrtaarn.vocabulary.models import AskedQuestion
from tests.harness.people import make_employee
from tests.harness.races import at_once
from tests.listings.samples import listed

pytestmark = pytest.mark.django_db
BEACON = "/soeg/spurgt/"


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("Cykler til unge", "cykler til unge"),
        ("  madspild  i   KANTINEN ", "madspild i kantinen"),
        ("padel i kolding", "padel i kolding"),
        ("work for young people", "work for young people"),
        ("cykler qwxzplk", "cykler"),
        ("jens hansen", ""),
        ("Mette Frederiksen cykler", ""),
        ("fatima har brug for hjælp", "har brug for hjælp"),
        ("Bo Holm søger job", ""),
        ("hjælp til holm-berg", "hjælp til"),
        ("skriv til nogen@example.dk", ""),
        ("010190-1234", ""),
        ("ring 20 30 40 50", ""),
        ("min søn har det svært og vi ved ikke hvad vi skal gøre med ham", ""),
        ("", ""),
    ],
)
def test_only_words_that_say_nothing_of_a_person_are_kept(question: str, kept: str) -> None:
    assert keepable(question, {"kolding"}) == kept


@given(st.text(max_size=150))
def test_whatever_is_asked_no_digits_and_no_addresses_are_kept(question: str) -> None:
    kept = keepable(question)
    assert not any(letter.isdigit() or letter == "@" for letter in kept)
    assert len(kept.split()) <= asked.MOST_WORDS


def carried(question: str, municipality: Any = None, **changes: Any) -> str:
    return asked.token(
        question, municipality and municipality.pk, **{"nothing": False, "start": 0, "counts": True, **changes}
    )


def counts(text: str) -> dict[str, int]:
    row = AskedQuestion.objects.get(text=text)
    return {name: getattr(row, name) for name in ("asked", "nothing", "opened", "opened_late")}


def test_a_page_is_counted_by_day_and_place(kolding: Any) -> None:
    for _ in range(2):
        asked.note(carried("Cykler", kolding, nothing=True), "")
    asked.note(carried("cykler", kolding), "3")
    asked.note(carried("cykler", kolding), "12")
    assert counts("cykler") == {"asked": 2, "nothing": 2, "opened": 2, "opened_late": 1}
    row = AskedQuestion.objects.get()
    assert (row.day, row.municipality) == (clock.today(), kolding)
    asked.note(carried("cykler"), "")
    assert AskedQuestion.objects.filter(municipality=None).count() == 1


def test_paging_on_and_narrowing_is_no_new_question() -> None:
    asked.note(carried("cykler", counts=False), "")
    assert not AskedQuestion.objects.exists()
    asked.note(carried("cykler", counts=False, start=20), "1")
    assert counts("cykler") == {"asked": 0, "nothing": 0, "opened": 1, "opened_late": 1}


@pytest.mark.parametrize("opened", ["x", "-1", "0", "99999", "²"])
def test_nonsense_is_not_counted(opened: str) -> None:
    asked.note(carried("cykler"), opened)
    asked.note("made up", "")
    asked.note(carried("cykler")[:-3], "")
    assert not AskedQuestion.objects.exists()


def test_the_page_carries_what_the_browser_tells_without_cookies(client: Client, kolding: Any) -> None:
    listed(kolding, "Cykelbaggården", "Cykler")
    page = client.get("/kolding/soeg/", {"q": "cykler"}).content.decode()
    told = page.split('data-asked="')[1].split('"')[0]
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(BEACON, {"asked": told, "opened": ""}).status_code == 204
    assert stranger.post(BEACON, {"asked": told, "opened": "1"}).status_code == 204
    assert not stranger.cookies
    assert counts("cykler") == {"asked": 1, "nothing": 0, "opened": 1, "opened_late": 0}
    assert stranger.get(BEACON).status_code == 405
    assert "data-asked" not in client.get("/kolding/soeg/").content.decode()


def ask_on(days: int, text: str, municipality: Any = None, last: int = 0, **numbers: int) -> None:
    for day in range(days):
        AskedQuestion.objects.create(
            text=text, municipality=municipality, day=clock.today() - timedelta(days=day + last), asked=1, **numbers
        )


def test_what_few_have_asked_is_shown_to_nobody() -> None:
    ask_on(3, "padel", nothing=1)
    ask_on(2, "ridebane", nothing=1)
    AskedQuestion.objects.create(text="golf", day=clock.today(), asked=500, nothing=500)
    assert [row["text"] for row in asked.questions("intet", None, True)] == ["padel"]


def test_what_went_wrong_is_told_apart() -> None:
    ask_on(3, "padel", nothing=1)
    ask_on(3, "svømning", opened=1, opened_late=1)
    ask_on(3, "ridning")
    ask_on(3, "godt", opened=1)
    told = {need: [row["text"] for row in asked.questions(need, None, True)] for need in asked.NEEDS}
    assert told == {"intet": ["padel"], "ingen": ["ridning"], "langt-nede": ["svømning"]}


def test_old_and_rare_questions_are_forgotten() -> None:
    ask_on(3, "padel", last=400)
    ask_on(2, "ridebane", last=40)
    ask_on(2, "golf")
    ask_on(3, "svømning", last=60)
    asked.forget_old()
    assert set(AskedQuestion.objects.values_list("text", flat=True)) == {"golf", "svømning"}


def login(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def test_no_municipality_sees_what_was_asked_of_another(
    client: Client, kolding: Any, koebenhavn: Any, administrator: Any, editor: Any
) -> None:
    ask_on(3, "padel", kolding, nothing=1)
    ask_on(3, "ridebane", koebenhavn, nothing=1)
    ask_on(3, "golf", nothing=1)
    login(client, administrator)
    own, national = client.get("/kolding/administration/soegninger/"), client.get("/administration/soegninger/")
    assert [row["text"] for row in own.context["rows"]] == ["padel"]
    assert [row["text"] for row in national.context["rows"]] == ["golf"]
    assert client.get("/koebenhavn/administration/soegninger/").status_code == 403
    login(client, editor)
    assert {row["text"] for row in client.get("/administration/soegninger/").context["rows"]} == {
        "padel",
        "ridebane",
        "golf",
    }
    login(client, make_employee(kolding, "buyer"))
    assert client.get("/kolding/administration/soegninger/").status_code == 403
    assert client.get("/administration/soegninger/").status_code == 403


def test_the_list_leads_on_and_can_be_taken_along(client: Client, editor: Any) -> None:
    ask_on(3, "padel", nothing=1)
    login(client, editor)
    page = client.get("/administration/soegninger/?hvad=sludder").content.decode()
    assert "/administration/ord/tilfoej/?ord=padel" in page
    for kind in ("csv", "xlsx"):
        assert b"".join(client.get(f"/administration/soegninger/?format={kind}"))


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_are_two() -> None:
    told = carried("cykler")
    assert at_once(*[lambda: asked.note(told, "")] * 4) == [None] * 4
    assert counts("cykler")["asked"] == 4
