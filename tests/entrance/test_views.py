"""The pages of the entrance: asking, answering, and what one finds who has no part in it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fyrtaarn.entrance import actions
from fyrtaarn.entrance.mail import guest_path
from fyrtaarn.entrance.models import Absence, Case, CaseMessage, CaseState, Rating
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import OutgoingMail
from tests.meetings.conftest import make_listing

from .desk import CARE, Desk, asked, guest_case, routed

pytestmark = pytest.mark.django_db


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_one_who_has_signed_in_asks_with_a_file_and_is_not_asked_who_she_is(desk: Desk) -> None:
    client = signed_in(desk.owner)
    page = words(client.get("/kolding/spoerg/"))
    assert 'name="email"' not in page
    assert "Olga Ejer" in page
    upload = SimpleUploadedFile("plan.txt", b"Uge 1", "text/plain")
    data = {"text": CARE, "uploads": upload, "organisation": desk.organisation.pk}
    case = _followed(client.post("/kolding/spoerg/", data))
    assert (case.asker, case.organisation) == (desk.owner, desk.organisation)
    page = words(client.get(f"/min/spoergsmaal/{case.pk}/"))
    assert "plan.txt" in page
    assert "er ved at blive fordelt" in page


def _followed(answer: Any) -> Case:
    assert answer.status_code == 302, words(answer)
    case = Case.objects.order_by("pk").last()
    assert case is not None
    return case


def test_a_guest_asks_confirms_reads_and_writes_with_the_letter_alone(desk: Desk) -> None:
    client = Client()
    data = {"text": CARE, "name": "Gerda", "email": "gerda@example.dk"}
    case = _followed(client.post("/kolding/spoerg/", data))
    letter = guest_path(case)
    assert letter in OutgoingMail.objects.get().text
    assert "Ja, send mit spørgsmål" in words(client.get(letter))
    case.refresh_from_db()
    assert case.state == CaseState.UNCONFIRMED  # looking confirms nothing
    assert client.post(f"{letter}bekraeft/").status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.RECEIVED
    case = actions.route(desk.manager, case, desk.social, desk.care)
    upload = SimpleUploadedFile("kort.txt", b"Her", "text/plain")
    actions.answer(desk.karl, case, "Kom forbi på tirsdag.", [upload])
    note = actions.note(desk.karl, case, "Ring først.", [SimpleUploadedFile("nej.txt", b"Hm", "text/plain")])
    page = words(client.get(letter))
    assert "Kom forbi på tirsdag." in page
    assert "Ring først." not in page
    [path] = re.findall(rf"{re.escape(letter)}fil/\d+/", page)
    assert b"".join(client.get(path).streaming_content) == b"Her"  # type: ignore[attr-defined]
    assert client.get("/kolding/spoerg/brev/x/").status_code == 404
    from fyrtaarn.foundation.files import files_of

    [hidden] = files_of(note)
    assert client.get(f"{letter}fil/{hidden.pk}/").status_code == 404
    assert client.post(letter, {"text": "Tak, det passer."}).status_code == 302
    assert case.messages.filter(side="asker").count() == 2
    assert client.post(f"{letter}svar/", {"answer": "yes"}).status_code == 302
    assert client.post(f"{letter}luk/").status_code == 302
    assert client.post(f"{letter}aabn/", {"text": "Nej vent."}).status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.IN_PROGRESS


def test_a_letter_holds_in_its_own_municipality_alone(desk: Desk, koebenhavn: Any) -> None:
    letter = guest_path(guest_case(desk))
    assert Client().get(letter).status_code == 200
    assert Client().get(letter.replace("/kolding/", "/koebenhavn/")).status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": ""}, "Dette felt er påkrævet"),
        ({"text": "?!"}, "Skriv et spørgsmål med ord"),
        ({"text": "a" * 5001}, "5000"),
        ({"email": "gerda"}, "e-mail"),
        ({"name": "x" * 151}, "150"),
    ],
)
def test_bad_input_is_explained_and_nothing_is_lost(desk: Desk, changed: dict[str, str], said: str) -> None:
    data = {"text": CARE, "name": "Gerda", "email": "gerda@example.dk", **changed}
    answer = Client().post("/kolding/spoerg/", data)
    assert answer.status_code == 200
    assert said in words(answer)
    assert not Case.objects.exists()


def test_a_stranger_cannot_fill_an_inbox(desk: Desk) -> None:
    data = {"text": CARE, "name": "", "email": "offer@example.dk"}
    answers = [Client().post("/kolding/spoerg/", data).status_code for _time in range(7)]
    assert answers == [302] * 5 + [200] * 2
    assert OutgoingMail.objects.count() == 5


def test_what_it_is_about_goes_along_when_everybody_may_see_it(desk: Desk) -> None:
    shown = make_listing("sought", desk.municipality, title="Fælles bord")
    hidden = make_listing("sought", desk.municipality, title="Hemmeligt", audience="municipality")
    client = signed_in(desk.owner)
    assert "Fælles bord" in words(client.get(f"/kolding/spoerg/?om={shown.pk}"))
    assert _followed(client.post(f"/kolding/spoerg/?om={shown.pk}", {"text": CARE})).about == shown
    assert "Hemmeligt" not in words(client.get(f"/kolding/spoerg/?om={hidden.pk}"))
    assert client.get("/kolding/spoerg/?om=x").status_code == 200


def test_from_the_board_to_the_answer(desk: Desk) -> None:
    case = asked(desk)
    actions.sort_new(case.pk)
    manager, karl = signed_in(desk.manager), signed_in(desk.karl)
    assert CARE[:20] in words(manager.get("/kolding/sager/?vis=ingen"))
    page = words(manager.get(f"/kolding/sager/{case.pk}/"))
    assert "På grund af: " in page
    send = f"/kolding/sager/{case.pk}/send/"
    assert "selected" in words(manager.get(f"{send}?emne={desk.care.pk}"))
    data = {"topic": desk.care.pk, "department": desk.social.pk}
    assert manager.post(send, data).status_code == 302
    assert CARE[:20] in words(karl.get("/kolding/sager/"))
    here = f"/kolding/sager/{case.pk}/"
    assert "Hvorfor?: Dette felt" in words(karl.post(f"{here}send/", {"department": desk.culture.pk}))
    assert karl.post(f"{here}opgave/", {"department": desk.culture.pk, "what": "Har I plads?"}).status_code == 302
    task = case.tasks.get()
    kaja = signed_in(desk.kaja)
    assert kaja.post(f"{here}opgave/{task.pk}/", {"answer": "Ja."}).status_code == 302
    assert karl.post(here, {"kind": "note", "text": "Internt ord"}).status_code == 302
    assert karl.post(here, {"kind": "answer", "text": "Kom på tirsdag."}).status_code == 302
    assert karl.post(f"{here}luk/", {"outcome": "helped"}).status_code == 302
    page = words(karl.get(here))
    assert "Internt ord" in page
    owner = words(signed_in(desk.owner).get(f"/min/spoergsmaal/{case.pk}/"))
    assert "Kom på tirsdag." in owner
    assert "Internt ord" not in owner


def test_several_are_taken_at_once(desk: Desk) -> None:
    cases = [routed(desk), routed(desk)]
    foreign = asked(desk)
    client = signed_in(desk.dorte)
    assert client.post("/kolding/sager/tag/", {"case": [*(c.pk for c in cases), foreign.pk, "x"]}).status_code == 302
    for case in cases:
        case.refresh_from_db()
        assert (case.holder, case.state) == (desk.dorte, CaseState.IN_PROGRESS)
    foreign.refresh_from_db()
    assert foreign.state == CaseState.RECEIVED


def test_those_without_a_part_in_it_find_nothing(desk: Desk) -> None:
    case = routed(desk)
    for person in (desk.stranger, desk.kaja, desk.administrator):
        client = signed_in(person)
        for path in (f"/kolding/sager/{case.pk}/", f"/min/spoergsmaal/{case.pk}/"):
            answer = client.get(path)
            assert answer.status_code == 403
            assert CARE[:20] not in words(answer)
    assert signed_in(desk.owner).get(f"/kolding/sager/{case.pk}/").status_code == 403
    assert signed_in(desk.karl).get(f"/min/spoergsmaal/{case.pk}/").status_code == 403
    assert signed_in(desk.stranger).get("/kolding/sager/").status_code == 403


def test_the_list_is_taken_home_by_those_who_handle_it(desk: Desk) -> None:
    routed(desk)
    content = b"".join(signed_in(desk.karl).get("/kolding/sager/?format=csv").streaming_content)  # type: ignore[attr-defined]
    assert CARE[:20] in content.decode()
    content = b"".join(signed_in(desk.kaja).get("/kolding/sager/?vis=alle&format=csv").streaming_content)  # type: ignore[attr-defined]
    assert CARE[:20] not in content.decode()


def test_an_entrance_is_set_up_from_nothing(kolding: Any) -> None:
    from tests.harness.people import make_department, make_employee

    social = make_department(kolding, "Socialforvaltningen")
    manager: Any = make_employee(kolding, "community_manager")
    karl: Any = make_employee(kolding, "contact_person", social, name="Karl Kontakt")
    client = signed_in(manager)
    assert client.post("/kolding/indgang/emner/almindelige/").status_code == 302
    assert kolding.case_topics.count() == 16
    topic = kolding.case_topics.first()
    form = {"name": topic.name, "words": topic.words, "days": "3", "straight": "on", "version": "1"}
    path = f"/kolding/indgang/emner/{topic.pk}/"
    assert "Vælg den forvaltning" in words(client.post(path, form))
    assert client.post(path, {**form, "department": social.pk}).status_code == 302  # type: ignore[attr-defined]
    assert client.post("/kolding/indgang/emner/ny/", {"name": "Heste", "days": "31"}).status_code == 200
    assert client.post("/kolding/indgang/emner/ny/", {"name": "Heste", "days": "4"}).status_code == 302
    person = f"{karl.pk}-{social.pk}"  # type: ignore[attr-defined]
    assert client.post("/kolding/indgang/kontaktpersoner/ny/", {"person": "1-1"}).status_code == 200
    assert client.post("/kolding/indgang/kontaktpersoner/ny/", {"person": person}).status_code == 302
    contact = karl.contact_profiles.get()
    own = signed_in(karl)
    path = f"/kolding/indgang/kontaktpersoner/{contact.pk}/"
    assert own.post(path, {"topics": [topic.pk], "help_da": "Heste", "version": "1"}).status_code == 302
    contact.refresh_from_db()
    assert (list(contact.topics.all()), contact.help_da) == ([topic], "Heste")
    days = {"starts": "2037-02-02", "ends": "2037-02-01"}
    assert "skal være efter" in words(own.post(f"{path}vaek/", days))
    assert own.post(f"{path}vaek/", {**days, "ends": "2037-02-09"}).status_code == 302
    absence = contact.absences.get()
    assert own.post(f"/kolding/indgang/vaek/{absence.pk}/fjern/").status_code == 302
    assert own.post(f"/kolding/indgang/svar/ny/{social.pk}/", {"title": "Tider", "text": "8-15"}).status_code == 302  # type: ignore[attr-defined]
    again = own.post(f"/kolding/indgang/svar/ny/{social.pk}/", {"title": "Tider", "text": "9-16"})  # type: ignore[attr-defined]
    assert "Der er allerede" in words(again)
    page = words(own.get("/kolding/indgang/"))
    assert "Tider" in page
    assert own.post(f"{path}slut/").status_code == 403
    assert client.post(f"{path}slut/").status_code == 302


def test_a_saved_answer_stands_in_the_form(desk: Desk) -> None:
    case = routed(desk)
    client = signed_in(desk.karl)
    client.post(f"/kolding/indgang/svar/ny/{desk.social.pk}/", {"title": "Tider", "text": "Ring mellem 8 og 15."})
    answer = desk.social.saved_answers.get()
    assert "Ring mellem 8 og 15." in words(client.get(f"/kolding/sager/{case.pk}/?svar={answer.pk}"))
    assert client.get(f"/kolding/sager/{case.pk}/?svar=x").status_code == 200


def test_the_rating_is_shown_to_those_who_answered(desk: Desk) -> None:
    case = actions.answer(desk.karl, routed(desk), "Ja.")
    client = signed_in(desk.owner)
    assert client.post(f"/min/spoergsmaal/{case.pk}/svar/", {"answer": "partly", "words": "Næsten"}).status_code == 302
    assert client.post(f"/min/spoergsmaal/{case.pk}/svar/", {"answer": "maybe"}).status_code == 302
    assert Rating.objects.get().answer == "partly"
    assert "Delvist: Næsten" in words(signed_in(desk.karl).get(f"/kolding/sager/{case.pk}/"))
    assert client.post(f"/min/spoergsmaal/{case.pk}/ukendt/").status_code == 404


def test_an_upload_that_we_do_not_keep_leaves_nothing_behind(desk: Desk) -> None:
    before = CaseMessage.objects.count()
    upload = SimpleUploadedFile("virus.exe", b"MZ\x00", "application/octet-stream")
    answer = signed_in(desk.owner).post("/kolding/spoerg/", {"text": CARE, "uploads": upload})
    assert "kan ikke gemme denne slags" in words(answer) or answer.status_code == 200
    assert CARE[:30] in words(answer)
    assert (CaseMessage.objects.count(), Case.objects.count()) == (before, 0)


def test_the_overview_names_what_waits_for_whom(desk: Desk) -> None:
    case = routed(desk)
    today = clock.today()
    karl = desk.karl.contact_profiles.get()
    Absence.objects.create(contact=karl, starts=today, ends=today + timedelta(days=2))
    for person, path, why in (
        (desk.karl, f"/kolding/sager/{case.pk}/", "Et spørgsmål, du skal svare på"),
        (desk.dorte, f"/kolding/sager/{case.pk}/", "Et spørgsmål, du skal svare på"),
        (desk.owner, f"/min/spoergsmaal/{case.pk}/", "Hos en forvaltning"),
    ):
        page = words(signed_in(person).get("/min/overblik/"))
        assert path in page
        assert why in page
    for person in (desk.kaja, desk.stranger):
        assert case.title not in words(signed_in(person).get("/min/overblik/"))
