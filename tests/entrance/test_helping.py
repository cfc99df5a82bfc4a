"""While she writes she is shown what may help; only a question that is still one is sent."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fyrtaarn.entrance import actions
from fyrtaarn.entrance.helping import likely
from fyrtaarn.entrance.models import Case, PublicAnswer
from tests.portal.conftest import make_challenge

from .desk import Desk

pytestmark = pytest.mark.django_db
ASKING = "Kan vi komme og spise sammen med de ældre på et plejehjem om tirsdagen?"
PAGE = "/kolding/spoerg/"


@pytest.fixture
def eating(desk: Desk) -> PublicAnswer:
    """A published answer, beside others about other things."""
    known = [
        (
            "Må vi spise på et plejehjem?",
            "Ja. Ring til plejehjemmet, så aftaler I en dag.",
            "May we eat at a nursing home?",
        ),
        ("Kan vi låne et lokale?", "Ja. Skoler og biblioteker har ledige lokaler om aftenen.", "Can we borrow a room?"),
        ("Hvordan registrerer vi os?", "Virksomheden registreres hos Erhvervsstyrelsen.", "How do we register?"),
    ]
    answers = [
        actions.publish(
            desk.karl,
            actions.save_public_answer(
                desk.karl,
                PublicAnswer(department=desk.social, written_by=desk.karl),
                {"question_da": question, "answer_da": answer, "question_en": english, "answer_en": "Yes."},
            ),
        )
        for question, answer, english in known
    ]
    return answers[0]


def test_what_fits_is_found_with_the_words_that_speak_for_it(desk: Desk, eating: PublicAnswer) -> None:
    found = likely(ASKING, desk.municipality, desk.stranger)
    assert [answer for answer, _words in found.answers] == [eating]
    assert "plejehjem" in found.answers[0][1]
    assert [contact.user for contact, _words in found.contacts] == [desk.karl]
    assert not likely("Hej", desk.municipality, desk.stranger)
    assert not likely("xyzzy qwerty uiop asdfgh", desk.municipality, desk.stranger)


def test_a_draft_and_another_municipality_s_answers_are_not_found(
    desk: Desk, eating: PublicAnswer, koebenhavn: Any
) -> None:
    assert not likely(ASKING, koebenhavn, desk.stranger).answers
    actions.withdraw(desk.karl, eating)
    assert not likely(ASKING, desk.municipality, desk.stranger).answers


def test_an_open_challenge_is_named_with_its_reason(desk: Desk) -> None:
    make_challenge(
        desk.karl,
        desk.municipality,
        published=True,
        title="Fællesspisning på plejehjem",
        situation="Vi søger nogen, der vil spise med de ældre på plejehjem.",
        department=desk.social,
        contact=desk.karl,
    )
    [hit] = likely(ASKING, desk.municipality, desk.stranger).challenges
    assert hit.listing.title == "Fællesspisning på plejehjem"
    assert hit.reasons


def test_without_javascript_likely_answers_come_between(desk: Desk, eating: PublicAnswer, client: Any) -> None:
    client.force_login(desk.owner)
    between = client.post(PAGE, {"text": ASKING}).content.decode()
    assert "Var det dette?" in between
    assert "Ring til plejehjemmet" in between
    assert ASKING in between, "her words are still there"
    assert not Case.objects.exists()
    sent = client.post(PAGE, {"text": ASKING, "shown": "1"})
    assert sent.status_code == 302
    assert Case.objects.count() == 1


def test_she_who_was_helped_sends_nothing_and_is_counted(desk: Desk, eating: PublicAnswer, client: Any) -> None:
    thanked = client.post(f"{PAGE}hjalp/", {"answer": eating.pk}, follow=True).content.decode()
    assert "Dit spørgsmål er ikke sendt" in thanked
    eating.refresh_from_db()
    assert eating.helped == 1
    assert not Case.objects.exists()
    for bad in ("", "x", "-1", "9" * 30, "999999"):
        assert client.post(f"{PAGE}hjalp/", {"answer": bad}).status_code == 404


def test_nobody_alone_makes_an_answer_the_most_helpful(desk: Desk, eating: PublicAnswer, client: Any) -> None:
    for _again in range(40):
        client.post(f"{PAGE}hjalp/", {"answer": eating.pk})
    eating.refresh_from_db()
    assert eating.helped == 30


def test_files_are_not_lost_in_between(desk: Desk, eating: PublicAnswer, client: Any) -> None:
    client.force_login(desk.owner)
    upload = SimpleUploadedFile("a.txt", b"Hej", content_type="text/plain")
    assert client.post(PAGE, {"text": ASKING, "uploads": upload}).status_code == 302
    assert Case.objects.count() == 1


def test_while_she_writes_nothing_is_kept(desk: Desk, eating: PublicAnswer, client: Any) -> None:
    part = client.post(f"{PAGE}forslag/", {"text": ASKING}, headers={"accept-language": "en"}).content.decode()
    assert "May we eat at a nursing home?" in part
    assert "<html" not in part
    assert client.post(f"{PAGE}forslag/", {"text": "x" * 20_000}).status_code == 200
    assert client.post(f"{PAGE}forslag/").content.decode().strip() == ""
    assert client.get(f"{PAGE}forslag/").status_code == 405
    assert not Case.objects.exists()
