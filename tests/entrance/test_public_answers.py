"""Answers that everybody can read: written once, from a question that came in, by those who answer for the department."""

from typing import Any

import pytest

from fyrtaarn.entrance import actions
from fyrtaarn.entrance.models import Outcome, PublicAnswer
from fyrtaarn.foundation.rules import Refused
from tests.harness.races import at_once

from .desk import Desk, guest_case, routed

WORDS = {"question_da": "Må vi spise på et plejehjem?", "answer_da": "Ja. Ring til stedet."}


def written(desk: Desk, **more: str) -> PublicAnswer:
    answer = PublicAnswer(department=desk.social, written_by=desk.karl)
    return actions.save_public_answer(desk.karl, answer, {**WORDS, **more})


@pytest.mark.django_db
def test_a_closed_question_becomes_an_answer_for_everybody(desk: Desk, client: Any) -> None:
    case = routed(desk)
    actions.answer(desk.karl, case, "Ja, ring til stedet.")
    actions.close(desk.karl, case, Outcome.HELPED)
    client.force_login(desk.karl)
    here = f"/kolding/sager/{case.pk}/"
    assert "Gør det til et svar til alle" in client.get(here).content.decode()
    address = f"/kolding/indgang/til-alle/ny/{desk.social.pk}/?sag={case.pk}"
    form = client.get(address).content.decode()
    assert "Ja, ring til stedet." in form
    assert case.title in form
    assert client.post(address, {**WORDS, "question_en": "May we?"}).status_code == 422
    assert not PublicAnswer.objects.exists()
    saved = client.post(address, WORDS)
    answer = PublicAnswer.objects.get()
    assert (answer.asked, answer.published, list(answer.cases.all())) == (1, None, [case])
    client.logout()
    assert client.get(saved["Location"]).status_code == 404, "a draft is not shown"
    client.force_login(desk.karl)
    client.post(f"/kolding/indgang/til-alle/{answer.pk}/udgiv/")
    client.logout()
    assert "Ring til stedet." in client.get(saved["Location"]).content.decode()
    assert WORDS["question_da"] in client.get("/kolding/spoerg/hvem-svarer/").content.decode()
    client.force_login(desk.karl)
    client.post(f"/kolding/indgang/til-alle/{answer.pk}/traek/")
    client.logout()
    assert WORDS["question_da"] not in client.get("/kolding/spoerg/hvem-svarer/").content.decode()


@pytest.mark.django_db
def test_both_languages_and_what_is_asked_most_first(desk: Desk, client: Any) -> None:
    first = written(desk, question_en="May we eat at a nursing home?", answer_en="Yes.")
    second = written(desk, question_da="Må vi låne et lokale?")
    for answer in (first, second):
        actions.publish(desk.karl, answer)
    actions.link_known(desk.karl, routed(desk), second)
    page = client.get("/kolding/spoerg/hvem-svarer/", headers={"accept-language": "en"}).content.decode()
    assert page.index("Må vi låne et lokale?") < page.index("May we eat at a nursing home?")


@pytest.mark.django_db
def test_a_question_counts_once_where_it_belongs(desk: Desk, client: Any) -> None:
    first, second, case = written(desk), written(desk), routed(desk)
    client.force_login(desk.karl)
    address = f"/kolding/sager/{case.pk}/kendt/"
    for answer in (first, first, second):
        assert client.post(address, {"answer": answer.pk}).status_code == 302
    assert client.post(address, {"answer": "999999"}).status_code == 422
    counts = [PublicAnswer.objects.get(pk=answer.pk).asked for answer in (first, second)]
    assert counts == [0, 1]
    client.post(address, {"answer": ""})
    assert not PublicAnswer.objects.filter(asked__gt=0).exists()


@pytest.mark.django_db
def test_only_those_who_answer_for_the_department_write(desk: Desk, koebenhavn: Any) -> None:
    answer = written(desk)
    for person in (desk.kaja, desk.owner, desk.administrator):
        for act in (actions.publish, actions.withdraw):
            with pytest.raises(Refused):
                act(person, answer)
        with pytest.raises(Refused):
            actions.save_public_answer(person, answer, dict(WORDS), answer.version)
    with pytest.raises(Refused):
        actions.link_known(desk.kaja, routed(desk), answer)
    from tests.harness.people import make_department

    elsewhere: Any = make_department(koebenhavn, "Teknik")
    foreign = PublicAnswer.objects.create(department=elsewhere, written_by=desk.karl, **WORDS)
    with pytest.raises(Refused):
        actions.link_known(desk.karl, routed(desk), foreign)


@pytest.mark.django_db
def test_a_strangers_question_is_no_beginning(desk: Desk, client: Any) -> None:
    case = guest_case(desk, text="Hemmeligt ønske?")
    client.force_login(desk.karl)
    for key in (str(case.pk), "x", "9" * 30):
        page = client.get(f"/kolding/indgang/til-alle/ny/{desk.social.pk}/?sag={key}")
        assert "Hemmeligt" not in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_exchange_answers_count_both_right(desk: Desk) -> None:
    first, second = written(desk), written(desk)
    one, other = routed(desk), routed(desk)
    actions.link_known(desk.karl, one, first)
    actions.link_known(desk.karl, other, second)
    at_once(
        lambda: actions.link_known(desk.karl, one, second),
        lambda: actions.link_known(desk.dorte, other, first),
    )
    assert [PublicAnswer.objects.get(pk=answer.pk).asked for answer in (first, second)] == [1, 1]
