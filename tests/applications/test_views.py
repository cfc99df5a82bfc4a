"""The pages: of the team, step by step, and of those who handle what is sent."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fyrtaarn.applications import actions
from fyrtaarn.applications.forms import FORMS
from fyrtaarn.applications.models import ApplicantQuestion, Application
from fyrtaarn.areas.models import District
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import files_of
from fyrtaarn.organisations.models import Membership
from fyrtaarn.pools.models import Stage
from tests.harness.people import make_department, make_employee, make_organisation, make_user

from .conftest import Round, goal, line, make_call, make_draft, make_sent, words

pytestmark = pytest.mark.django_db
STEPS = tuple(FORMS)


@pytest.fixture
def owner(round_: Round) -> Client:
    return signed_in(round_.owner)


@pytest.fixture
def manager(round_: Round) -> Client:
    return signed_in(round_.manager)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def draft_of(around: Round, **fields: Any) -> Any:
    return make_draft(around.owner, around.organisation, around.call, **fields)


def sent_of(around: Round, **fields: Any) -> Any:
    return make_sent(around.owner, around.organisation, around.call, **fields)


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def address(name: str, *args: Any) -> str:
    return reverse(f"applications:{name}", args=args)


def filled(client: Client, url: str) -> dict[str, Any]:
    """What the form on a page says when nothing has been changed."""
    form = client.get(url).context["form"]
    found = {form.add_prefix(field.name): field.value() for field in form}
    return {name: "" if value is None else value for name, value in found.items() if value is not False}


def test_an_application_is_begun_written_and_sent(round_: Round, owner: Client) -> None:
    page = owner.get(address("mine"))
    assert address("begin", round_.call.pk) in text_of(page)
    begin = address("begin", round_.call.pk)
    answer = owner.post(begin, filled(owner, begin))
    draft = Application.objects.get()
    assert answer["Location"] == address("step", draft.pk, "hvad")
    what = address("step", draft.pk, "hvad")
    told = {"title": "Fællesspisning", "what": "Vi laver mad.", "for_whom": "Ældre.", "last_day": "1.2.2028"}
    assert owner.post(what, {**filled(owner, what), **told})["Location"] == address("step", draft.pk, "effekt")
    effect = address("step", draft.pk, "effekt")
    owner.post(effect, {**filled(owner, effect), "goals-0-text": "Flere spiser sammen", "goals-0-measure": "Vi tæller"})
    budget = address("step", draft.pk, "budget")
    rows = {"lines-0-text": "Gryder", "lines-0-oere": "12.500,50", "lines-1-text": "Tid", "lines-1-oere": "5.000"}
    again = owner.post(budget, {**filled(owner, budget), **rows, "lines-1-source": "own", "go": "budget"})
    assert again["Location"] == budget
    assert "17.500,50" in text_of(owner.get(budget))
    assert "Skriv, hvordan det klarer sig bagefter." in text_of(owner.get(address("check", draft.pk)))
    refused = owner.post(address("send", draft.pk))
    assert refused.status_code == 422
    economy = address("step", draft.pk, "oekonomi")
    owner.post(economy, {**filled(owner, economy), "future_economy": "Deltagerne betaler.", "aid_declared": "on"})
    assert owner.post(address("send", draft.pk))["Location"] == address("receipt", draft.pk)
    draft.refresh_from_db()
    assert (draft.state, draft.asked) == ("sent", 1_250_050)
    assert draft.number in text_of(owner.get(address("receipt", draft.pk)))
    assert owner.get(what).status_code == 403


def test_nothing_known_is_asked(round_: Round, owner: Client, kolding: Any) -> None:
    """A filled profile, a solution and a challenge: counted are the fields that are empty though the answer is known."""
    from fyrtaarn.applications.forms.steps import WhatForm
    from tests.portal.conftest import make_challenge, make_solution

    editor: Any = make_employee(kolding, "department_editor", make_department(kolding), name="Erik")
    district = District.objects.create(municipality=kolding, name="Vamdrup", slug="vamdrup")
    solution: Any = make_solution(
        round_.owner, round_.organisation, published=True, for_whom="Ældre", evidence="Det virker", districts=[district]
    )
    challenge: Any = make_challenge(editor, kolding, published=True, change="Flere spiser sammen")
    begin = address("begin", round_.call.pk)
    asked = {field.name for field in owner.get(begin).context["form"].visible_fields()}
    assert asked == {"solution", "challenge"}  # one organisation, no stages, no pitch: not asked
    owner.post(begin, {**filled(owner, begin), "solution": solution.pk, "challenge": challenge.pk})
    draft = Application.objects.get()
    known = ("title", "what", "for_whom", "why", "district", "starts", "last_day", "contact")
    form = owner.get(address("step", draft.pk, "hvad")).context["form"]
    assert isinstance(form, WhatForm)
    empty = [name for name in known if not form[name].value()]
    assert empty == []
    assert [field.name for field in form.plain_fields if not field.value()] == []
    effect = owner.get(address("step", draft.pk, "effekt")).context["form"]
    assert effect["goals-0-text"].value() == "Flere spiser sammen"
    assert (draft.title, draft.what, draft.contact) == (solution.title, solution.what, round_.owner)


def test_what_was_declared_last_time_is_filled_in(round_: Round, owner: Client) -> None:
    first = draft_of(round_)
    aid = {"cvr": "10150817", "giver": "En anden", "day": clock.today(), "cents": 250_000, "regime": "de_minimis"}
    rows = {"aid": [aid], "linked": [{"cvr": "10150817", "name": "Søster"}]}
    actions.write(round_.owner, first, {}, first.version, rows=rows)
    second = actions.begin(
        round_.owner, make_call(round_.manager, round_.municipality, "Ny pulje"), round_.organisation
    )
    form = owner.get(address("step", second.pk, "oekonomi")).context["form"]
    assert (form["aid-0-cvr"].value(), form["linked-0-name"].value()) == ("10150817", "Søster")
    assert not form["aid_declared"].value()


@pytest.mark.parametrize(
    ("step", "bad", "said"),
    [
        ("hvad", {"starts": "i morgen"}, "dato"),
        ("hvad", {"starts": "1.5.2027", "last_day": "1.4.2027"}, "Den sidste dag"),
        ("hvad", {"contact": "999999", "title": "x" * 200}, "150"),
        ("hvad", {"what": "x" * 6000}, "5000"),
        ("effekt", {"goals-0-text": "x" * 300}, "200"),
        ("budget", {"lines-0-text": "Gryder", "lines-0-oere": "mange"}, "12.500"),
        ("budget", {"lines-0-text": "Gryder", "lines-0-oere": "-5"}, "12.500"),
        ("budget", {"lines-0-text": "Gryder", "lines-0-oere": "99999999999999999"}, "10.000.000.000|beløb"),
        ("budget", {"lines-0-kind": "guld", "lines-0-text": "Ur"}, "guld"),
        ("oekonomi", {"aid-0-cvr": "12345678"}, "CVR"),
        ("oekonomi", {"aid-0-giver": "En kommune"}, "Skriv også det her"),
        ("oekonomi", {"aid-0-day": "1.1.2099"}, "Skriv en dag"),
        (
            "oekonomi",
            {"linked-0-cvr": "10150817", "linked-0-name": "A", "linked-1-cvr": "10150817"},
            "står her allerede|også",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    round_: Round, owner: Client, step: str, bad: dict[str, str], said: str
) -> None:
    draft = draft_of(round_)
    url = address("step", draft.pk, step)
    answer = owner.post(url, {**filled(owner, url), **bad})
    assert answer.status_code == 422
    page = text_of(answer)
    assert re.search(said, page)
    for value in bad.values():
        assert value in page or value in ("guld", "999999")
    stored = Application.objects.get(pk=draft.pk)
    assert (stored.title, stored.version) == (draft.title, draft.version)


@pytest.mark.parametrize("step", STEPS)
def test_an_empty_page_can_be_saved_and_a_broken_one_is_no_fault(round_: Round, owner: Client, step: str) -> None:
    draft = actions.begin(round_.owner, round_.call, round_.organisation)
    url = address("step", draft.pk, step)
    assert owner.post(url, {"version": str(draft.version)}).status_code in (302, 422)
    broken = {"version": "x", "page_key": "y" * 99, "lines-999-text": "a", "goals-77-text": "b", "aid-x-cvr": "c"}
    assert owner.post(url, broken).status_code in (302, 409, 422)


def test_while_she_types_it_is_saved_and_faults_are_said(round_: Round, owner: Client) -> None:
    draft = draft_of(round_)
    url = address("step", draft.pk, "budget")
    sent = {**filled(owner, url), "lines-1-text": "Husleje"}
    saved = owner.post(url, sent, headers={"HX-Request": "true"})
    assert "Gemt" in text_of(saved)
    assert [one.oere for one in draft.lines.all()] == [5_000_000, 0]
    faulty = owner.post(url, {**sent, "lines-1-oere": "?"}, headers={"HX-Request": "true"})
    assert "Ikke gemt" in text_of(faulty)
    missing = text_of(owner.get(address("check", draft.pk)))
    assert "Skriv beløbet i linje 2." in missing


def test_two_who_write_both_keep_their_text(round_: Round, owner: Client) -> None:
    colleague: Any = make_user("Kaj Kollega")
    Membership.objects.create(user=colleague, organisation=round_.organisation, kind="member")
    draft, other = draft_of(round_), signed_in(colleague)
    url = address("step", draft.pk, "budget")
    mine, theirs = filled(owner, url), filled(other, url)
    more = {f"lines-{index}-text": f"Deres {index}" for index in range(1, 4)}
    assert other.post(url, {**theirs, **more}).status_code == 302
    answer = owner.post(url, {**mine, "lines-1-text": "Min linje", "lines-1-oere": "2.000"})
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Min linje" in page
    assert "Deres 1" in page
    assert "Deres 3" in page
    assert "Kaj Kollega" in page


def test_questions_are_asked_and_answered_on_pages(round_: Round, owner: Client, manager: Client) -> None:
    sent = sent_of(round_)
    here = round_.municipality.slug
    ask = address("ask", here, sent.pk)
    assert manager.post(ask, {"text": "", "due": ""}).status_code == 422
    assert manager.post(ask, {"text": "Har I et køkken?", "due": "1.1.2020"}).status_code == 422
    assert manager.post(ask, {"text": "Har I et køkken?", "due": ""}).status_code == 302
    question = ApplicantQuestion.objects.get()
    answer = address("answer", sent.pk, question.pk)
    assert answer in text_of(owner.get(sent.path))
    assert owner.post(answer, {"text": " "}).status_code == 422
    assert owner.post(answer, {"text": "Ja, på skolen."}).status_code == 302
    assert "Ja, på skolen." in text_of(manager.get(address("handled", here, sent.pk)))
    assert owner.post(answer, {"text": "Nej."}).status_code == 403


def test_it_is_sent_back_mended_and_the_changes_are_shown(round_: Round, owner: Client, manager: Client) -> None:
    sent, here = sent_of(round_), round_.municipality.slug
    due = clock.today() + timedelta(days=5)
    back = address("return", here, sent.pk)
    assert manager.post(back, {"text": "Ret titlen.", "due": due.isoformat()}).status_code == 302
    assert "Ret titlen." in text_of(owner.get(sent.path))
    what = address("step", sent.pk, "hvad")
    owner.post(what, {**filled(owner, what), "title": "En bedre titel"})
    handled = address("handled", here, sent.pk)
    assert "En bedre titel" not in text_of(manager.get(handled)).split("<h1")[1].split("</h1>")[0]
    assert owner.post(address("send", sent.pk)).status_code == 302
    page = text_of(manager.get(handled))
    assert "En bedre titel" in page
    assert words()["title"] in page


def test_the_queue_is_filtered_and_taken_along(round_: Round, manager: Client) -> None:
    stage = Stage.objects.create(rules=round_.call.rules, number=1, name="Afprøvning", most=20_000_000)
    sent, other = sent_of(round_, stage=stage), sent_of(round_, title="Noget andet", lines=[line(150_000)], stage=stage)
    draft = draft_of(round_, title="Kladde")
    queue = address("queue", round_.municipality.slug)
    page = text_of(manager.get(queue))
    assert sent.title in page
    assert draft.title not in page
    wanted = {"pulje": round_.pool.pk, "indkaldelse": round_.call.pk, "tilstand": "sent", "mindst": "100.000"}
    narrow = text_of(manager.get(queue, {**wanted, "trin": stage.pk}))
    assert other.title in narrow
    assert sent.title not in narrow
    table = manager.get(queue, {"format": "csv"})
    content = b"".join(table.streaming_content).decode() if table.streaming else table.content.decode()  # type: ignore[attr-defined]
    assert "Noget andet" in content


def test_files_are_added_read_and_removed(round_: Round, owner: Client, manager: Client) -> None:
    draft = draft_of(round_)
    add = address("files", draft.pk)
    assert owner.post(add, {}).status_code == 422
    assert owner.post(add, {"uploads": SimpleUploadedFile("x.exe", b"MZ")}).status_code == 422
    assert owner.post(add, {"uploads": SimpleUploadedFile("brev.txt", b"Vi vil gerne.")}).status_code == 302
    stored = files_of(draft).get()
    assert owner.get(stored.url).status_code == 200
    assert manager.get(stored.url).status_code in (403, 404)
    assert owner.post(address("remove-file", draft.pk), {"file": "ingen"}).status_code == 404
    assert owner.post(address("remove-file", draft.pk), {"file": stored.pk}).status_code == 302
    assert not files_of(draft).exists()


def test_withdrawn_taken_up_again_and_carried_over(round_: Round, owner: Client) -> None:
    sent = sent_of(round_)
    assert owner.post(address("withdraw", sent.pk)).status_code == 302
    other = make_call(round_.manager, round_.municipality, "En anden pulje")
    carry = address("carry-over", sent.pk)
    assert owner.post(carry, {"call": "999"}).status_code == 422
    form = filled(owner, carry)
    twice = [owner.post(carry, {**form, "call": other.pk})["Location"] for _time in range(2)]
    assert twice[0] == twice[1]
    assert Application.objects.filter(carried_from=sent).count() == 1
    assert owner.post(address("reopen", sent.pk))["Location"] == address("check", sent.pk)


def test_others_see_nothing(round_: Round, kolding: Any, koebenhavn: Any) -> None:
    sent, draft = sent_of(round_), draft_of(round_, title="Kladde")
    here = round_.municipality.slug
    elsewhere = make_employee(koebenhavn, "fund_manager")
    competitor = make_user("Konkurrent")
    make_organisation(kolding, "Konkurrenten", owner=competitor)
    for stranger in (elsewhere, competitor, make_employee(kolding, "caseworker")):
        client = signed_in(stranger)
        for found in (sent, draft):
            assert client.get(found.path).status_code == 403
            assert client.get(address("handled", here, found.pk)).status_code == 403
            assert client.post(address("send", found.pk)).status_code == 403
        assert client.get(address("queue", here)).status_code == 403
    assert signed_in(round_.manager).get(address("handled", here, draft.pk)).status_code == 403


def test_who_may_not_apply_is_told_why(round_: Round, owner: Client) -> None:
    rules = round_.call.rules
    rules.kinds, rules.cvr_needed = ["association"], True
    rules.save()
    begin = address("begin", round_.call.pk)
    answer = owner.post(begin, filled(owner, begin))
    assert answer.status_code == 422
    assert "forening" in text_of(answer)
    assert "CVR-nummer" in text_of(answer)
    assert not Application.objects.exists()


def test_one_with_a_goal_too_many_is_shown_five(round_: Round, owner: Client) -> None:
    draft = draft_of(round_)
    actions.write(round_.owner, draft, {}, draft.version, rows={"goals": [goal(text=f"Mål {n}") for n in range(5)]})
    form = owner.get(address("step", draft.pk, "effekt")).context["form"]
    assert len(form.row_groups[0].rows) == 5
