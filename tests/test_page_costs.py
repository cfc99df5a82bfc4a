"""No page but two asks the database more than twelve times, whoever reads it and however much there is."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fyrtaarn.listings.folding import fold
from fyrtaarn.people import sessions
from tests.harness.people import make_organisation, make_user
from tests.harness.strictness import statements_of
from tests.permissions.scenario import municipal_visits, own_visits
from tests.permissions.town import make_town
from tests.portal.conftest import make_challenge, make_solution

MOST = 12
MOST_OF_ONE = {"ranking:preview": 30, "site:overview": 18}
"""The preview of a draft reads what it finds anew, with all that challenges and solutions are made of; the overview asks
every room what waits for the person."""
READERS = ("visitor", "department editor", "organisation owner", "community manager", "municipality administrator")
LIBRARY_PAGES = (
    "account_login", "account_signup", "account_reset_password", "account_email", "account_change_password",
    "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "socialaccount_connections", "usersessions_list",
)  # fmt: skip

Costs = dict[tuple[str, str], list[str]]


def costs(clients: dict[str, Client], addresses: list[str]) -> Costs:
    """The statements of each page for each reader whom it opens for; an address may lead on to its page."""
    found: Costs = {}
    for reader, client in clients.items():
        for address in addresses:
            landing = address
            response, statements = visited(client, landing)
            if response.status_code == 302 and response.headers["Location"].startswith("/"):
                landing = response.headers["Location"]
                response, statements = visited(client, landing)
            if response.status_code == 200:
                found[reader, landing] = statements
    return found


def visited(client: Client, address: str) -> tuple[Any, list[str]]:
    reset_queries()  # the log is cut where it grows too long
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    return response, statements_of(captured)


def add_more(kolding: Any, editor: Any, owner: Any) -> None:
    """More of what lists, matches and choices are made of."""
    organisation = owner.memberships.get().organisation
    for number in range(4):
        make_challenge(editor, kolding, published=True)
        make_challenge(editor, kolding)
        make_solution(owner, organisation, published=True)
        make_organisation(kolding, f"Nabolaget {number}", owner=make_user())


@pytest.mark.django_db
@pytest.mark.timeout(1200)  # each page for each role, twice: long on a busy machine
def test_every_page_takes_few_statements_and_no_more_when_there_is_more(
    kolding: Any, koebenhavn: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "NOTED_EVERY", timedelta(days=1))  # that she was here is noted every few minutes
    town = make_town(kolding, make_user("Nora Nabo"))
    people, visits = town.people, [*own_visits(town), *municipal_visits(town)]
    clients = {reader: Client() for reader in READERS}
    for reader in READERS[1:]:
        clients[reader].force_login(people[reader])
    questions = ["/soeg/?q=ensomme+ældre+spiser+alene", "/kolding/udfordringer/?q=mad&sortering=nyeste"]
    addresses = [*(one.url for one in visits), *(reverse(name) for name in LIBRARY_PAGES), *questions]
    fold()
    before = costs(clients, addresses)
    assert {reader for reader, _address in before} == set(READERS)
    allowed = {reverse(name): most for name, most in MOST_OF_ONE.items()}
    too_many = {place: found for place, found in before.items() if len(found) > allowed.get(place[1], MOST)}
    assert not too_many, described(too_many)
    add_more(kolding, people["department editor"], people["organisation owner"])
    fold()
    after = costs(clients, addresses)
    grown = {place: found for place, found in after.items() if len(found) > max(len(before[place]), 1)}
    assert not grown, described(grown)


def described(costly: Costs) -> str:
    return "\n\n".join(
        f"{reader} {address}: {len(found)}\n"
        + "\n".join(f"{number}. {sql[:300]}" for number, sql in enumerate(found, 1))
        for (reader, address), found in costly.items()
    )
