"""What the interface shows, and what it keeps to itself."""

from typing import Any

import pytest
from django.test import Client

from fyrtaarn.areas.models import Municipality
from tests.harness.people import make_organisation

pytestmark = pytest.mark.django_db


def get(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.content
    return answer.json()


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("challenges", "challenge"),
        ("solutions", "solution"),
        ("collaborations", "agreement"),
        ("organisations", "organisation"),
    ],
)
def test_lists_show_what_is_public_and_nothing_else(client: Client, content: Any, path: str, shown: str) -> None:
    assert [item["id"] for item in get(client, path)["items"]] == [content[shown].pk]


@pytest.mark.parametrize(
    ("path", "kept"),
    [("challenges", "internal"), ("challenges", "draft"), ("solutions", "hidden"), ("collaborations", "secret")],
)
def test_what_is_not_public_is_not_there(client: Client, content: Any, path: str, kept: str) -> None:
    assert get(client, f"{path}/{content[kept].pk}", 404)["detail"]


def test_filters_narrow(client: Client, content: Any) -> None:
    assert get(client, "challenges?municipality=kolding&department=socialforvaltningen&state=published")["items"]
    assert not get(client, "challenges?municipality=koebenhavn")["items"]
    assert not get(client, "challenges?theme=genbrug")["items"]
    assert get(client, f"solutions?organisation={content['organisation'].pk}")["items"]


def test_pages_together_give_each_row_once(client: Client, kolding: Any) -> None:
    made = sorted(make_organisation(kolding, name=f"Værksted {n}").pk for n in range(7))
    seen: list[int] = []
    path: str | None = "organisations?limit=3&municipality=kolding"
    while path:
        page = get(client, path.removeprefix("/api/v1/"))
        seen += [item["id"] for item in page["items"]]
        path = page["next"]
    assert seen == made


@pytest.mark.parametrize(
    "path",
    [
        "challenges?limit=0", "challenges?limit=101", "challenges?after=-1", "challenges?after=9223372036854775808",
        "challenges?municipality=%00", "challenges?municipality=K%C3%B8benhavn", "challenges/0", "challenges/abc",
        "matches", "matches?q=a", "matches?q=%00%00%00", "matches?q=" + "x" * 2001,
    ],
)  # fmt: skip
def test_bad_questions_are_answered_in_words(client: Client, db: None, path: str) -> None:
    assert get(client, path, 422)["detail"]


def test_matches_say_why_and_their_score_is_the_sum(client: Client, content: Any) -> None:
    for path in (f"challenges/{content['challenge'].pk}/matches", "matches?q=unge%20reparerer%20cykler"):
        found = get(client, path)["items"]
        assert [item["id"] for item in found] == [content["solution"].pk]
        assert found[0]["score"] == sum(part["points"] for part in found[0]["contributions"])
        assert found[0]["reasons"]


def test_pages_elsewhere_may_read(client: Client, db: None) -> None:
    assert client.get("/api/v1/municipalities").headers["Access-Control-Allow-Origin"] == "*"


def test_all_municipalities_can_be_read(client: Client, kolding: Any) -> None:
    assert get(client, "municipalities")["items"][0]["slug"] == Municipality.objects.get().slug


@pytest.mark.parametrize("path", ["challenges", "solutions", "organisations", "collaborations", "departments"])
def test_lists_take_a_bounded_number_of_queries(client: Client, content: Any, at_most_queries: Any, path: str) -> None:
    with at_most_queries(12):
        get(client, path)


def test_the_page_to_try_it_leads_to_the_answer(client: Client, content: Any) -> None:
    page = client.get("/api/v1/")
    assert page.status_code == 200
    answer = client.get("/api/v1/", {"operation": "fyrtaarn_api_routes_challenge", "id": content["challenge"].pk})
    assert answer.headers["Location"] == f"/api/v1/challenges/{content['challenge'].pk}"
