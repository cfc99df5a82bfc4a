"""Error pages: in both languages, and even when nothing else works."""

from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.utils import translation

from fyrtaarn.site import errors
from tests.harness.browser import html_faults

WORDS = {
    "da": {400: "Det forstod vi ikke", 404: "Her er ikke noget", 500: "Noget gik galt hos os"},
    "en": {400: "We did not understand that", 404: "There is nothing here", 500: "Something went wrong with us"},
}


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_fault_of_ours_and_a_broken_request_need_no_database(language: str, rf: RequestFactory) -> None:
    """This test may not use the database, so it fails if a page does."""
    with translation.override(language):
        for answer in (errors.server_error(rf.get("/")), errors.bad_request(rf.get("/"), SuspiciousOperation())):
            page = answer.content.decode()
            assert WORDS[language][answer.status_code] in page
            assert f'<html lang="{language}">' in page
            assert html_faults(page) == []


@pytest.mark.parametrize(
    ("language", "words"), [("da", "Vi kan ikke nå vores data"), ("en", "We cannot reach our data")]
)
def test_a_database_that_is_gone_is_said_to_be_so_without_one(language: str, words: str, rf: RequestFactory) -> None:
    with translation.override(language):
        try:
            raise OperationalError
        except OperationalError:
            answer = errors.server_error(rf.get("/"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert words in answer.content.decode()
    assert html_faults(answer.content.decode()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["da", "en"])
def test_an_address_that_leads_nowhere(client: Client, language: str) -> None:
    answer = client.get("/findes/ikke/", headers={"accept-language": language})
    assert answer.status_code == 404
    page = answer.content.decode()
    assert WORDS[language][404] in page
    assert 'action="/soeg/"' in page
    assert html_faults(page) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("da", "åben for længe"), ("en", "The form had been open too long")])
def test_a_form_from_elsewhere_or_too_old(language: str, words: str) -> None:
    answer = Client(enforce_csrf_checks=True).post("/sprog/", {"language": "en"}, headers={"accept-language": language})
    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert html_faults(answer.content.decode()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_refusal_without_a_reason(rf: RequestFactory, language: str) -> None:
    from django.contrib.auth.models import AnonymousUser

    request: Any = rf.get("/")
    request.user = AnonymousUser()
    with translation.override(language):
        page = errors.forbidden(request, Exception()).content.decode()
    assert ("Det kan du ikke" if language == "da" else "You cannot do this") in page
    assert html_faults(page) == []
