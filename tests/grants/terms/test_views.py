"""The pages of terms over several years, for both parties and nobody else; what faulty words are answered with."""

from typing import Any

import pytest
from django.test import Client

from fyrtaarn.agreements.models import Agreement
from fyrtaarn.grants.models import Consequence
from fyrtaarn.grants.terms.queries import terms_of
from tests.harness.browser import html_faults
from tests.meetings.conftest import Pair

from .conftest import EXPERIENCE, active_terms, draft_of_terms, held_review

pytestmark = pytest.mark.django_db
TERM = {"kind": "money", "text": "Tilskud", "oere": "20.000", "effect": "Ti i job", "otherwise": "Sættes ned."}


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_both_write_the_terms_of_a_draft(pair: Pair) -> None:
    draft = draft_of_terms(pair)
    place, owner = f"/min/vilkaar/{draft.pk}/", client_of(pair.owner)
    assert place in owner.get(f"/samarbejder/{draft.pk}/").content.decode()
    for faulty in (
        {},
        {**TERM, "oere": ""},
        {**TERM, "oere": "mange"},
        {**TERM, "kind": "guld"},
        {**TERM, "text": " "},
    ):
        answer = owner.post(f"{place}nyt/", faulty)
        assert answer.status_code == 422
        assert html_faults(answer.content.decode()) == []
    assert owner.post(f"{place}nyt/", {**TERM, "kind": "rooms", "oere": ""}).status_code == 302
    term = draft.long_terms.order_by("pk").last()
    assert client_of(pair.editor).post(f"{place}{term.pk}/rediger/", TERM).status_code == 302
    assert owner.post(f"{place}{term.pk}/fjern/").status_code == 302
    assert draft.long_terms.count() == 1
    assert html_faults(owner.get(place).content.decode()) == []
    for address in (place, f"{place}nyt/", f"/min/vilkaar/{draft.pk + 99}/"):
        assert client_of(pair.stranger).get(address).status_code in (403, 404)


def test_a_review_leads_to_adjusted_terms_by_the_pages(pair: Pair) -> None:
    agreement = active_terms(pair)
    place = f"/min/vilkaar/{agreement.pk}/"
    address = f"{place}opfoelgning/{held_review(agreement).pk}/"
    editor, owner = client_of(pair.editor), client_of(pair.owner)
    page = editor.get(address).content.decode()
    assert html_faults(page) == []
    term = terms_of(agreement).holding[0]
    same = {f"{name}-{term.pk}": str(getattr(term, name)) for name in ("text", "effect", "otherwise")}
    words = {"outcome": "adjusted", "text": "Seks og ikke ti.", **same, f"oere-{term.pk}": "150.000"}
    for faulty in (
        {},
        {**words, "text": ""},
        {**words, f"oere-{term.pk}": ""},
        {**words, f"oere-{term.pk}": "200.000"},
        {**words, f"effect-{term.pk}": " "},
        {"outcome": "ended", "text": "Slut."},
    ):
        answer = editor.post(address, faulty)
        assert answer.status_code == 422, faulty
        assert html_faults(answer.content.decode()) == []
    assert editor.post(address, words).status_code == 302
    made = Consequence.objects.get()
    answer_at = f"{place}justering/{made.pk}/svar/"
    assert editor.get(answer_at).status_code == 403
    assert owner.post(answer_at, {"agree": "måske"}).status_code == 422
    assert owner.post(answer_at, {"agree": "nej"}).status_code == 422
    assert "150.000" in owner.get(place).content.decode()
    assert owner.post(answer_at, {"agree": "ja"}).status_code == 302
    assert terms_of(agreement).holding[0].oere == 15_000_000
    assert html_faults(owner.get(place).content.decode()) == []
    assert owner.post(f"{place}justering/{made.pk}/tag-tilbage/").status_code == 403


def test_terms_end_by_the_page(pair: Pair) -> None:
    agreement = active_terms(pair)
    address = f"/min/vilkaar/{agreement.pk}/opfoelgning/{held_review(agreement).pk}/"
    assert client_of(pair.owner).post(address, {"outcome": "ended", "text": "Slut.", **EXPERIENCE}).status_code == 302
    assert Agreement.objects.get(pk=agreement.pk).state == "ended"
