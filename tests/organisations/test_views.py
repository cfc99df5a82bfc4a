"""Pages about organisations: bad input, both languages, and Chromium's and axe's view of them."""

from typing import Any

import pytest
from django.test import Client

from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.organisations import actions
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.topics.models import Theme
from tests.harness.browser import assert_good_page, sign_in
from tests.harness.people import make_employee, make_organisation, make_user

NEW, DESCRIBE = "/min/organisationer/ny/", "/min/organisationer/ny/beskriv/"


def signed_in(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def described(here: Any, **changes: Any) -> dict[str, Any]:
    return {"name": "Eksempelværkstedet", "kind": "company", "home": here.pk, "language": "da", **changes}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "word"),
    [("1234567", "otte cifre"), ("90000008", "ikke et CVR-nummer"), ("ÆØÅ", "otte cifre"), ("9" * 21, "20 tegn")],
)
def test_a_wrong_number_is_said_in_words(client: Client, number: str, word: str) -> None:
    answer = signed_in(client, make_user()).post(NEW, {"cvr": number})
    assert word in answer.content.decode()


@pytest.mark.django_db
def test_a_number_that_no_register_answers_for_leads_on_to_typing(client: Client, kolding: Any) -> None:
    answer = signed_in(client, make_user()).post(NEW, {"cvr": "90000004"}, follow=True)
    assert answer.redirect_chain[-1][0] == DESCRIBE
    page = answer.content.decode()
    assert "Registret svarer ikke" in page
    assert 'value="90000004"' in page


@pytest.mark.django_db
def test_a_number_that_is_here_already_leads_to_its_page(client: Client, kolding: Any) -> None:
    organisation = make_organisation(kolding, cvr="90000004")
    answer = signed_in(client, make_user()).post(NEW, {"cvr": "90000004"})
    assert answer.headers["Location"] == f"/organisationer/{organisation.slug}/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""}, {"name": "x" * 201}, {"kind": "spaceship"}, {"home": 0}, {"home": "' OR 1=1"}, {"email": "@"},
        {"website": "javascript:alert(1)"}, {"employees": "-1"}, {"themes": "999999"}, {"what": "a\x00b"},
        {"cvr": "90000008"}, {"language": "xx"},
    ],
)  # fmt: skip
def test_bad_input_is_answered_in_words_and_nothing_is_made(client: Client, kolding: Any, changes: Any) -> None:
    answer = signed_in(client, make_user()).post(DESCRIBE, described(kolding, **changes))
    assert answer.status_code == 200
    assert "form-error" in answer.content.decode()
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_a_like_name_is_asked_about_once(client: Client, kolding: Any) -> None:
    make_organisation(kolding, name="Eksempelværkstedet")
    signed_in(client, make_user())
    assert "Er det en af disse?" in client.post(DESCRIBE, described(kolding)).content.decode()
    client.post(DESCRIBE, described(kolding, alike_seen="1"))
    assert Organisation.objects.count() == 2


@pytest.mark.django_db
def test_an_overtaken_form_keeps_its_text_and_shows_the_other(client: Client, kolding: Any) -> None:
    owner = make_user()
    organisation = make_organisation(kolding, owner=owner, what="Den gamle tekst")
    path = f"/min/organisationer/{organisation.slug}/rediger/"
    signed_in(client, owner)
    client.post(path, described(kolding, what="Den førstes tekst", version=1))
    page = client.post(path, described(kolding, what="Den andens tekst", version=1)).content.decode()
    assert "Den førstes tekst" in page
    assert "Den andens tekst" in page
    client.post(path, described(kolding, what="Den andens tekst", version=2))
    organisation.refresh_from_db()
    assert organisation.what == "Den andens tekst"


@pytest.mark.django_db
def test_topics_are_named_in_the_readers_language(client: Client, kolding: Any) -> None:
    Theme.objects.create(slug="mad", name="Mad", name_en="Food")
    page = signed_in(client, make_user(language="en")).get(DESCRIBE, headers={"Accept-Language": "en"})
    assert "Food" in page.content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_pages_are_good_in_chromium(page: Any, live_server: Any, kolding: Any) -> None:
    owner, manager = make_user(), make_employee(kolding, "community_manager")
    own, free = make_organisation(kolding, owner=owner), make_organisation(kolding, name="Uden hold")
    sign_in(page, live_server.url, owner)
    for path in ("/min/organisationer/", NEW, DESCRIBE, f"/min/organisationer/{own.slug}/rediger/",
                 f"/min/organisationer/{own.slug}/hold/", f"/organisationer/{free.slug}/det-er-min/"):  # fmt: skip
        page.goto(live_server.url + path)
        assert_good_page(page)
    page.get_by_label("Hvorfor er den din?").fill("Jeg er leder af stedet.")
    page.get_by_role("button", name="Send anmodningen").click()
    page.get_by_text("Venter på svar").wait_for()
    sign_in(page, live_server.url, manager)
    for path in (
        "/kolding/administration/organisationer/",
        f"/kolding/administration/organisationer/{own.slug}/godkendelse/",
    ):
        page.goto(live_server.url + path)
        assert_good_page(page)


@pytest.mark.django_db
def test_a_reason_is_kept_without_what_the_database_cannot_keep(client: Client, kolding: Any) -> None:
    claim = actions.claim(make_user(), make_organisation(kolding), "Jeg er leder")  # type: ignore[arg-type]
    signed_in(client, make_employee(kolding, "municipality_administrator"))
    address = f"/kolding/administration/organisationer/{claim.pk}/afgoer/"
    assert client.post(address, {"decision": "refuse", "reason": "Vi kender\0 dig ikke"}).status_code == 302
    assert steps_of(claim).get().reason == "Vi kender dig ikke"
