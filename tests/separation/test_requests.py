"""A careless view gives away nothing, and a connection does not remember who read before."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import path

from fyrtaarn.agreements.models import Agreement, Wording
from fyrtaarn.config.urls import urlpatterns as real
from fyrtaarn.foundation.models import Notice, OutgoingMail
from fyrtaarn.meetings.models import Meeting, Message
from fyrtaarn.organisations.models import TeamInvitation
from fyrtaarn.people.models import Invitation, User
from tests.agreements.conftest import make_active
from tests.harness.logins import acting_as
from tests.harness.people import make_user
from tests.harness.races import at_once
from tests.meetings.conftest import Pair, make_pair

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db(transaction=True)]
FORGED = (Meeting, Message, Agreement, Wording, Notice, OutgoingMail, Invitation, TeamInvitation)
ROUNDS = 15


@login_not_required
def careless(_request: HttpRequest) -> HttpResponse:
    """All there is, whoever asks."""
    return JsonResponse({model.__name__: len(model._default_manager.all()) for model in FORGED})


@login_not_required
def remembered(_request: HttpRequest) -> HttpResponse:
    """Whom the connection takes the reader for."""
    return JsonResponse({"reader": reader_now()})


@login_not_required
def failing(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("in the middle of a request")


@login_not_required
def signing_in(request: HttpRequest, pk: int) -> HttpResponse:
    login(request, User.objects.get(pk=pk), "fyrtaarn.people.reading.Backend")
    return JsonResponse({"reader": reader_now()})


def reader_now() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fyrtaarn.reader', true)")
        return cursor.fetchone()[0] or ""


urlpatterns = [
    path("skoedesloes/", careless),
    path("husket/", remembered),
    path("fejler/", failing),
    path("log-ind/<int:pk>/", signing_in),
    *real,
]


@pytest.fixture
def pair(kolding: Any) -> Pair:
    pair = make_pair(kolding)
    make_active(pair, public=False)
    return pair


def signed_in(person: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_view_that_asks_for_everything_gets_the_readers_own(pair: Pair, method: str) -> None:
    def asked(client: Client) -> dict[str, int]:
        return dict(json.loads(getattr(client, method)("/skoedesloes/").content))

    nothing = {model.__name__: 0 for model in FORGED}
    assert asked(Client()) == nothing
    assert asked(signed_in(pair.stranger)) == nothing
    own = asked(signed_in(pair.owner))
    assert (own["Meeting"], own["Message"], own["Agreement"]) == (1, 2, 1)
    assert own["Notice"] == Notice.objects.filter(recipient=pair.owner).count() < Notice.objects.count()


def test_who_signs_in_during_a_request_reads_as_herself_and_is_forgotten_after_it(pair: Pair) -> None:
    client = Client()
    with acting_as("fyrtaarn_web"):
        assert client.post(f"/log-ind/{pair.owner.pk}/").json() == {"reader": str(pair.owner.pk)}
        assert reader_now() == ""


def test_a_request_leaves_nothing_behind_on_its_connection(pair: Pair) -> None:
    owner = signed_in(pair.owner)
    for method in (owner.get, owner.post):
        assert method("/husket/").json() == {"reader": str(pair.owner.pk)}
        assert reader_now() == ""
        assert method("/fejler/").status_code == 500
        assert reader_now() == ""
    letter = f"/invitation/{'x' * 43}/"
    assert owner.post(letter).status_code == 404
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fyrtaarn.letter', true)")
        assert not cursor.fetchone()[0]


@pytest.fixture(params=["kept", "pooled"])
def kind_of_connection(request: pytest.FixtureRequest) -> Iterator[str]:
    """Connections as they are kept by each thread, or as they go round in a pool of two."""
    settings = connections.settings["default"]
    before = {"OPTIONS": settings["OPTIONS"], "CONN_MAX_AGE": settings["CONN_MAX_AGE"]}
    if request.param == "pooled":
        settings.update(OPTIONS={**settings["OPTIONS"], "pool": {"min_size": 1, "max_size": 2}}, CONN_MAX_AGE=0)
    yield request.param
    connection.close_pool()
    settings.update(before)


def test_readers_at_the_same_time_never_see_each_others(pair: Pair, kind_of_connection: str) -> None:
    people = [pair.owner, pair.editor, pair.stranger, make_user("Nils"), None]

    def read_and_write(turn: int) -> list[tuple[str, str]]:
        told = []
        clients = [(str(p.pk) if p else "", signed_in(p) if p else Client()) for p in people]
        for number in range(ROUNDS):
            reader, client = clients[(turn + number) % len(clients)]
            ask = client.get if number % 3 else client.post
            told.append((reader, ask("/husket/").json()["reader"]))
            if kind_of_connection == "pooled":
                connection.close()
        return told

    outcomes = at_once(*(lambda turn=turn: read_and_write(turn) for turn in range(4)))
    for told in outcomes:
        assert len(told) == ROUNDS, told
        assert [reader for reader, _seen in told] == [seen for _reader, seen in told]
