"""The pages of the search room, as editors and administrators use them."""

import json
from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fyrtaarn.vocabulary import actions
from fyrtaarn.vocabulary.models import Proposal, VocabularyConcept, VocabularyVersion
from fyrtaarn.vocabulary.queries import draft_content, draft_version
from tests.harness.people import make_employee
from tests.vocabulary.conftest import SMALL

pytestmark = pytest.mark.django_db
WORDS = "/administration/ord/"


@pytest.fixture
def as_editor(client: Client, editor: Any, vocabulary: Any) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def as_administrator(client: Client, administrator: Any, vocabulary: Any) -> Client:
    client.force_login(administrator)
    return client


def form_of(concept: VocabularyConcept, **changes: str) -> dict[str, str]:
    return {
        "label_da": concept.label_da,
        "label_en": concept.label_en,
        "danish": "\n".join(concept.danish),
        "english": "\n".join(concept.english),
        "broader": "\n".join(concept.broader),
        "note": concept.note,
        "version": str(concept.version),
        **changes,
    }


def text(response: Any) -> str:
    return str(response.content.decode())


def file_of(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "",
        "nyt/",
        "tilfoej/?ord=jernhest",
        "kladde/",
        "forslag/",
        "versioner/",
        "versioner/1/",
        "import/",
        "?status=kladde",
    ],
)
def test_every_page_opens_for_both(
    client: Client, editor: Any, administrator: Any, vocabulary: Any, path: str, language: str
) -> None:
    for person in (editor, administrator):
        client.force_login(person)
        client.cookies["sprog"] = language
        response = client.get(WORDS + path)
        assert response.status_code == 200
        assert not response.context["form"].errors if "form" in response.context else True


def test_others_see_nothing_of_it(client: Client, kolding: Any, vocabulary: Any) -> None:
    client.force_login(make_employee(kolding, "buyer"))
    for path in ("", "kladde/", "import/", "hent/", "versioner/1/", f"{vocabulary['c:mad'].pk}/"):
        assert client.get(WORDS + path).status_code == 403


def test_a_list_is_searched_in_words_of_both_languages(as_editor: Client) -> None:
    for word, expected in (("ladcykel", "Cykler"), ("youth", "Unge"), ("spild", "Madspild")):
        page = text(as_editor.get(WORDS, {"soeg": word}))
        assert f">{expected}</a>" in page
        assert page.count('data-title="Begreb"') == 1


def test_an_editor_changes_a_concept(as_editor: Client, vocabulary: Any) -> None:
    concept = vocabulary["c:cykler"]
    data = form_of(concept, danish="cykel\njernhest, Ladcykel\n cykel ", broader="mad", why="Hørt på gaden")
    response = as_editor.post(concept.path, data)
    assert response.status_code == 302
    entry = draft_content()["c:cykler"]
    assert entry.danish == ("cykel", "jernhest", "Ladcykel")
    assert entry.broader == ("mad",)
    page = text(as_editor.get(concept.path))
    assert "Hørt på gaden" in page
    assert "<ins>+ jernhest</ins>" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"label_da": ""}, "form-error-message"),
        ({"danish": "", "english": ""}, "mindst ét ord"),
        ({"broader": "madd"}, "Mente du"),
        ({"broader": "Cykler"}, "kan ikke høre til sig selv"),
        ({"danish": "x" * 200}, "længere end 80 tegn"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    as_editor: Client, vocabulary: Any, changes: dict[str, str], said: str
) -> None:
    concept = vocabulary["c:cykler"]
    response = as_editor.post(concept.path, form_of(concept, note="husk mig", **changes))
    assert response.status_code == 422
    assert said in text(response)
    assert "husk mig" in text(response)
    assert draft_content() == SMALL


def test_the_second_of_two_editors_compares(as_editor: Client, editor: Any, vocabulary: Any) -> None:
    concept = vocabulary["c:cykler"]
    data = form_of(concept, danish="cykel\nmit ord")
    actions.change_concept(concept, replace(concept.entry, note="deres note"), version=1, by=editor)
    response = as_editor.post(concept.path, data)
    assert response.status_code == 409
    assert "deres note" in text(response)
    again = response.context["form"]
    assert as_editor.post(concept.path, {**data, "version": again.data["version"]}).status_code == 302
    assert "mit ord" in draft_content()["c:cykler"].danish


def test_a_word_from_a_question_is_filled_in(as_editor: Client, vocabulary: Any) -> None:
    response = as_editor.get(f"{WORDS}tilfoej/", {"ord": "jernhest", "concept": "bicycles"})
    assert response.status_code == 302
    assert "jernhest" in text(as_editor.get(response.headers["Location"]))
    assert "Mente du" in text(as_editor.get(f"{WORDS}tilfoej/", {"ord": "jernhest", "concept": "cykle"}))
    assert draft_content() == SMALL


def test_merging_splitting_and_taking_out_by_page(as_editor: Client, vocabulary: Any) -> None:
    mad, cykler = vocabulary["c:mad"], vocabulary["c:cykler"]
    data = {"label_da": "Køkkener", "label_en": "Kitchens", "words": ["køkken"]}
    assert as_editor.post(f"{mad.path}del/", data).status_code == 302
    assert as_editor.post(f"{mad.path}del/", {"label_da": "X"}).status_code == 422
    assert as_editor.post(f"{cykler.path}saml/", {"into": "Ukendt"}).status_code == 422
    assert as_editor.post(f"{cykler.path}saml/", {"into": "Køkkener"}).status_code == 302
    assert "cykel" in draft_content()["c:koekkener"].danish
    as_editor.post(f"{mad.path}traek-tilbage/")
    assert "c:mad" in draft_content()
    as_editor.post(f"{cykler.path}hent-tilbage/")
    as_editor.post(f"{mad.path}fortryd/")
    assert draft_content()["c:mad"] == SMALL["c:mad"]


def test_an_administrator_proposes_and_an_editor_answers(
    as_administrator: Client, editor: Any, vocabulary: Any, kolding: Any
) -> None:
    concept = vocabulary["c:cykler"]
    data = form_of(concept, danish="cykel\nladcykel\njernhest")
    assert as_administrator.post(concept.path, data).status_code == 422
    data |= {"why": "Vi siger jernhest", "municipality": str(kolding.pk)}
    assert as_administrator.post(concept.path, data).status_code == 302
    proposal = Proposal.objects.get()
    assert draft_content() == SMALL
    assert as_administrator.post(proposal.path, {"act": "accept"}).status_code == 403
    as_administrator.force_login(editor)
    assert "Cykler" in text(as_administrator.get("/min/overblik/"))
    assert as_administrator.post(proposal.path, {"act": "decline"}).status_code == 422
    assert as_administrator.post(proposal.path, {"act": "accept"}).status_code == 302
    assert "jernhest" in draft_content()["c:cykler"].danish


def test_a_proposal_in_another_municipalitys_name_is_refused(
    as_administrator: Client, vocabulary: Any, koebenhavn: Any
) -> None:
    concept = vocabulary["c:cykler"]
    data = form_of(concept, danish="jernhest") | {"why": "x", "municipality": str(koebenhavn.pk)}
    assert as_administrator.post(concept.path, data).status_code == 422
    assert not Proposal.objects.exists()


def test_versions_are_compared_and_brought_back(as_editor: Client, editor: Any, vocabulary: Any) -> None:
    concept = vocabulary["c:cykler"]
    actions.change_concept(concept, replace(concept.entry, danish=("jernhest",)), version=1, by=editor)
    actions.publish(draft_version(), "Jernheste", by=editor)
    page = text(as_editor.get(f"{WORDS}versioner/2/"))
    assert "<ins>+ jernhest</ins>" in page
    assert "<del>− cykel</del>" in page
    assert as_editor.get(f"{WORDS}versioner/2/", {"med": "2"}).status_code == 200
    assert as_editor.get(f"{WORDS}versioner/9/").status_code == 404
    as_editor.post(f"{WORDS}versioner/1/tilbage/")
    assert draft_content() == SMALL
    assert VocabularyVersion.objects.count() == 2


def imported(client: Client, upload: SimpleUploadedFile) -> Any:
    response = client.post(f"{WORDS}import/", {"file": upload})
    if response.context.get("payload"):
        client.post(f"{WORDS}import/skriv/", {"payload": response.context["payload"]})
    return response


def test_what_is_exported_changes_nothing_when_it_comes_back(as_editor: Client) -> None:
    for kind in ("csv", "xlsx", "json"):
        content = b"".join(as_editor.get(f"{WORDS}hent/", {"format": kind}))
        response = as_editor.post(f"{WORDS}import/", {"file": file_of(f"ord.{kind}", content)})
        assert response.status_code == 200
        assert response.context["reading"].faults == []
        assert response.context["changes"] == []


def test_a_workbook_is_previewed_and_written_row_by_row(as_editor: Client) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Begreb", "x", "x"],
        ["Dansk navn", "Danske ord", "Bredere begreber"],
        ["Cykler", "cykel, jernhest", ""],
        ["Biavl", "bi, bistade", "Mad"],
        ["Tømmer", "træ", "Findes ikke"],
        ["", "uden navn", ""],
        ["biavl", "igen", ""],
    ):
        book.active.append(row)
    target = BytesIO()
    book.save(target)
    response = imported(as_editor, file_of("ord.xlsx", target.getvalue()))
    assert [fault.row for fault in response.context["reading"].faults] == [5, 6, 7]
    assert draft_content()["c:biavl"].danish == ("bi", "bistade")
    assert draft_content()["c:biavl"].broader == ("mad",)
    assert draft_content()["c:cykler"].danish == ("cykel", "jernhest")
    assert draft_content()["c:cykler"].english == ("bicycle",)
    assert "c:tømmer" not in draft_content()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1, 2]",
        b'{"format": "fyrtaarn-vocabulary", "version": 1, "concepts": [1, {"key": 3}, {"x": 1}]}',
        b"PK\x03\x04 no workbook",
        b"\x00\x01\x02",
        b"Navn;Hvad\nA;B\n",
        json.dumps({"format": "another", "version": 1, "concepts": []}).encode(),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(as_editor: Client, content: bytes) -> None:
    response = imported(as_editor, file_of("ord.bin", content))
    assert response.status_code in (200, 422)
    assert response.context["form"].errors or response.context["reading"].faults
    assert draft_content() == SMALL


def test_an_import_that_was_overtaken_writes_nothing(as_editor: Client, editor: Any, vocabulary: Any) -> None:
    rows = b"Dansk navn;Danske ord\nBier;bi\n"
    payload = as_editor.post(f"{WORDS}import/", {"file": file_of("ord.csv", rows)}).context["payload"]
    actions.withdraw(vocabulary["g:unge"], by=editor)
    assert as_editor.post(f"{WORDS}import/skriv/", {"payload": payload}).status_code == 302
    assert as_editor.post(f"{WORDS}import/skriv/", {"payload": payload[:-2]}).status_code == 302
    assert "c:bier" not in draft_content()


def test_an_administrator_cannot_import_or_publish(as_administrator: Client) -> None:
    assert as_administrator.post(f"{WORDS}import/").status_code == 403
    assert as_administrator.post(f"{WORDS}import/skriv/").status_code == 403
    assert as_administrator.post(f"{WORDS}versioner/1/tilbage/").status_code == 403
