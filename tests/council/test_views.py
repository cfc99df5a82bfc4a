"""The council's pages: what everybody sees, what each may do, what bad input leads to."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from fyrtaarn.areas.models import Department
from fyrtaarn.council import actions
from fyrtaarn.council.models import Advice, AgendaProposal, CouncilMeeting
from fyrtaarn.foundation import clock, overview
from fyrtaarn.foundation.models import OutgoingMail
from tests.harness.browser import html_faults
from tests.harness.people import make_department, make_employee

from .conftest import Board, make_advice, make_called, make_given, make_held, make_meeting, make_minutes

pytestmark = pytest.mark.django_db
RAAD = "/kolding/raad/"


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def html_of(path: str, client: Client | None = None, language: str = "da") -> str:
    answer: Any = (client or Client()).get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200, path
    html: str = answer.content.decode()
    assert not html_faults(html)
    return html


def text_of(path: str, client: Client | None = None, language: str = "da") -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html_of(path, client, language)).split())


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_public_page_opens_with_much_and_with_nothing(board: Board, language: str) -> None:
    pages = ("", "medlemmer/", "moeder/", "anbefalinger/", f"aar/{clock.today().year}/", "forslag/nyt/")
    for page in pages:
        html_of(RAAD + page, language=language)
    make_called(board)
    actions.answer_advice(board.contact, make_given(board), "follows", "Ja.")
    make_given(board, days=-9)
    for page in pages:
        html_of(RAAD + page, language=language)


def test_without_a_council_the_page_says_so_and_the_secretary_begins_it(koebenhavn: Any) -> None:
    assert Client().get("/koebenhavn/raad/").status_code == 404
    secretary: Any = make_employee(koebenhavn, "council_secretary")
    client = signed_in(secretary)
    assert "/koebenhavn/raad/opret/" in client.get("/koebenhavn/raad/").content.decode()
    sent = {"name": "Rådet", "purpose": "Råder.", "answer_days": "0"}
    refused = client.post("/koebenhavn/raad/opret/", sent)
    assert refused.status_code == 422
    assert "Råder." in refused.content.decode()
    assert client.post("/koebenhavn/raad/opret/", {**sent, "answer_days": "30"}).status_code == 302
    assert koebenhavn.council.name == "Rådet"


@pytest.mark.parametrize(
    ("language", "words"), [("da", "Svaret er 9 dage forsinket"), ("en", "The answer is 9 days late")]
)
def test_everybody_sees_how_late_an_answer_is(board: Board, language: str, words: str) -> None:
    given = make_given(board, days=-9)
    for page in ("", "anbefalinger/", f"anbefalinger/{given.pk}/"):
        assert words in text_of(RAAD + page, language=language)


def test_the_secretary_lets_another_department_answer_for_one_that_has_ended(board: Board) -> None:
    given, heir = make_given(board), make_department(board.municipality, "Kultur og Velfærd")
    Department.objects.filter(pk=board.department.pk).update(valid_to=clock.today(), successor=heir)
    page, secretary = f"{RAAD}anbefalinger/{given.pk}/", signed_in(board.secretary)
    assert "er nedlagt" in text_of(page, secretary)
    assert "er nedlagt" not in text_of(page)
    form = html_of(f"{page}overdrag/", secretary)
    assert f'<option value="{heir.pk}" selected>' in form
    assert secretary.post(f"{page}overdrag/", {"department": "999999"}).status_code == 422
    assert secretary.post(f"{page}overdrag/", {"department": str(heir.pk)}).status_code == 302
    assert "Først givet til" in text_of(page)
    assert secretary.post(f"{page}overdrag/", {"department": str(heir.pk)}).status_code == 403


def test_a_late_answer_shows_as_late_and_in_the_year(board: Board) -> None:
    given = make_given(board, days=-1)
    answered = signed_in(board.lead).post(
        f"{RAAD}anbefalinger/{given.pk}/svar/", {"stance": "partly", "answer": "Vi begynder småt."}
    )
    assert answered.status_code == 302
    page = text_of(f"{RAAD}anbefalinger/{given.pk}/")
    assert "Besvaret 1 dag for sent" in page
    assert "Vi begynder småt." in page
    assert "Lars Leder" not in page
    year = text_of(f"{RAAD}aar/{clock.today().year}/")
    assert "Besvaret for sent 1" in year
    assert "0 af 1" in year


def test_drafts_are_for_the_council_alone(board: Board) -> None:
    meeting, advice = make_meeting(board, title="Hemmeligt møde"), make_advice(board, title="Hemmeligt råd")
    inside = [signed_in(person) for person in (board.secretary, board.members[0])]
    outside = [Client(), signed_in(board.contact)]
    for page, secret in (("moeder/", "Hemmeligt møde"), ("anbefalinger/", "Hemmeligt råd")):
        assert all(secret in html_of(RAAD + page, client) for client in inside)
        assert all(secret not in html_of(RAAD + page, client) for client in outside)
    for page in (f"moeder/{meeting.pk}/", f"anbefalinger/{advice.pk}/", f"moeder/{meeting.pk}/kalender.ics"):
        assert [client.get(RAAD + page).status_code for client in inside] == [200, 200]
        assert [client.get(RAAD + page).status_code for client in outside] == [404, 404]


def test_minutes_are_read_by_all_once_they_are_approved(board: Board) -> None:
    wording = make_minutes(board, "Vi talte om bænke.")
    page = f"{RAAD}moeder/{wording.meeting_id}/referat/1/"
    assert Client().get(page).status_code == 404
    assert "Vi talte om bænke" not in html_of(f"{RAAD}moeder/{wording.meeting_id}/")
    first, second = (signed_in(person) for person in board.members[:2])
    assert "skal være anderledes" in first.post(page, {"approves": "nej"}).content.decode()
    assert first.post(page, {"approves": "ja"}).status_code == 302
    assert Client().get(page).status_code == 404
    assert second.post(page, {"approves": "ja"}).status_code == 302
    assert "Vi talte om bænke" in html_of(f"{RAAD}moeder/{wording.meeting_id}/")
    assert "2 af 3 medlemmer" in text_of(page)
    assert "Medlem 1" not in html_of(page)


def test_a_visitor_proposes_confirms_and_gets_an_answer(board: Board) -> None:
    visitor = Client()
    sent = {"title": "Flere bænke", "text": "Folk vil sidde ned.", "name": "Nora Nabo", "email": "nora@example.dk"}
    assert visitor.post(f"{RAAD}forslag/nyt/", {**sent, "email": "ikke en adresse"}).status_code == 422
    assert "nora@example.dk" in visitor.post(f"{RAAD}forslag/nyt/", sent).content.decode()
    proposal = AgendaProposal.objects.get()
    letter = f"{RAAD}forslag/brev/{proposal.token}/"
    assert letter in OutgoingMail.objects.get(recipient="nora@example.dk").text
    html_of(letter)
    proposal.refresh_from_db()
    assert proposal.state == "unconfirmed", "opening the letter changes nothing"
    assert Client().post(letter).status_code == 302
    secretary, meeting = signed_in(board.secretary), make_meeting(board)
    assert "Flere bænke" in html_of(f"{RAAD}forslag/", secretary)
    taken_up = {"meeting": meeting.pk, "reason": "Et godt emne."}
    assert secretary.post(f"{RAAD}forslag/{proposal.pk}/optag/", taken_up).status_code == 302
    assert "Et godt emne." in html_of(letter)
    assert Client().get(f"{RAAD}forslag/brev/forkert/").status_code == 404
    assert signed_in(board.members[0]).get(f"{RAAD}forslag/{proposal.pk}/").status_code == 404


def test_nobody_has_us_write_to_an_address_without_end(board: Board) -> None:
    sent = {"title": "A", "text": "B", "name": "C", "email": "offer@example.dk"}
    answers = [Client().post(f"{RAAD}forslag/nyt/", sent) for _number in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [422] * 2
    assert OutgoingMail.objects.filter(recipient="offer@example.dk").count() == 5


def test_a_meeting_goes_into_a_calendar(board: Board) -> None:
    meeting = make_called(board, title="Møde; om bænke, og mere")
    file = Client().get(f"{RAAD}moeder/{meeting.pk}/kalender.ics")
    assert file.headers["Content-Type"].startswith("text/calendar")
    text = file.content.decode().replace("\r\n ", "")
    assert "SUMMARY:Møde\\; om bænke\\, og mere (Det sociale virksomhedsråd)" in text
    actions.cancel_meeting(board.secretary, meeting, "Sygdom")
    everything = Client().get(f"{RAAD}moeder.ics").content.decode()
    assert "STATUS:CANCELLED" in everything
    assert "SEQUENCE:2" in everything


def test_bad_input_leads_back_to_the_form_with_all_that_was_written(board: Board) -> None:
    client, day = signed_in(board.secretary), (clock.today() + timedelta(days=5)).isoformat()
    good = {"title": "Et møde", "day": day, "begins": "10:00", "finishes": "12:00", "place": "Her", "version": "0"}
    for bad in ({"finishes": "09:00"}, {"day": "2020-01-01"}, {"begins": "x"}, {"title": ""}, {"version": "9" * 30}):
        answer = client.post(f"{RAAD}moeder/nyt/", {**good, **bad})
        assert answer.status_code == 422, bad
        assert "Her" in answer.content.decode()
    assert not CouncilMeeting.objects.exists()
    for number in ("0", "99999999999999999999"):
        assert client.get(f"{RAAD}aar/{number}/").status_code == 404


def test_the_second_secretary_is_shown_both_texts(board: Board) -> None:
    advice = make_advice(board)
    sent = {"department": board.department.pk, "title": "Fra Sigrid", "text": "Tekst", "version": advice.version}
    client = signed_in(board.secretary)
    assert client.post(f"{RAAD}anbefalinger/{advice.pk}/rediger/", sent).status_code == 302
    answer = client.post(f"{RAAD}anbefalinger/{advice.pk}/rediger/", {**sent, "title": "Fra den anden"})
    assert answer.status_code == 422
    assert all(text in answer.content.decode() for text in ("Fra den anden", "Fra Sigrid"))
    assert Advice.objects.get().title == "Fra Sigrid"


def test_what_waits_stands_on_my_overview(board: Board) -> None:
    make_given(board, days=-3)
    make_minutes(board)
    actions.propose(board.members[0], board.council, title="Bænke", text="B", show_name=False)
    found = {
        name: [item.title for items in overview.overview_of(person).values() for item in items]
        for name, person in (("lead", board.lead), ("member", board.members[0]), ("secretary", board.secretary))
    }
    assert found == {"lead": ["Brug de tomme lokaler"], "member": ["Møde i rådet"], "secretary": ["Bænke"]}


def test_minutes_cannot_be_written_over_unseen(board: Board) -> None:
    meeting = make_held(board)
    client = signed_in(board.secretary)
    page = f"{RAAD}moeder/{meeting.pk}/referat/"
    assert client.post(page, {"text": "Den ene", "latest": "0"}).status_code == 302
    answer = client.post(page, {"text": "Den anden", "latest": "0", "correction": "Fordi"})
    assert answer.status_code == 422
    assert "Den anden" in answer.content.decode()
