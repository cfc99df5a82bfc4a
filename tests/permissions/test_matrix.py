"""The permission matrix: the product against docs/permissions.md."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from fyrtaarn.people.actions import appoint
from tests.harness.people import make_organisation, make_user

from .report import ONE_ROOM, WRITTEN, agrees_by_address, read
from .scenario import ELSEWHERE, LIBRARY, municipal_visits, own_visits
from .town import make_everything, make_staff, make_town
from .walking import Row, Visit, table, url_names, walk

EVERY_ADDRESS, OTHER_MUNICIPALITY = "Every address", "The other municipality"
ANSWERED_BY_A_PAGE = {
    "POST entrance:likely",
    "POST vocabulary:import",
    "POST vocabulary:asked",
    "POST privacy:copy-fetch",
    "POST privacy:requests",
}
THEIR_OWN = (
    "department editor",
    "community manager",
    "municipality administrator",
    "organisation owner",
    "data officer",
)


def signed_in(people: dict[str, Any]) -> dict[str, Client]:
    clients = {role: Client() for role in people}
    for role, person in people.items():
        if person is not None:
            clients[role].force_login(person)
    return clients


def asked_for(visits: list[Visit]) -> list[Visit]:
    """All of them, or one room's where only its rows are written anew."""
    return [one for one in visits if one.name.startswith(ONE_ROOM)] if WRITTEN else visits


def appointed(name: str, kind: str) -> Any:
    person: Any = make_user(name)
    appoint(person, kind)
    return person


def assert_somebody_succeeds(rows: list[Row]) -> None:
    """An address proves nothing where its act fails for everybody: then the object or the form is at fault."""
    done = {address for address, _about, words in rows if "yes" in words}
    blind = {address for address, _about, _words in rows} - done - ANSWERED_BY_A_PAGE
    assert not blind, f"nobody succeeds with {sorted(blind)}: mend the object or the form in scenario.py"


@pytest.mark.timeout(1800)  # some thousand visits
@pytest.mark.django_db
def test_every_address_answers_every_role_as_the_table_says(kolding: Any, koebenhavn: Any) -> None:
    neighbour, everything = make_user("Nora Nabo"), make_everything(koebenhavn, "Alle Roller")
    town, other_owner = make_town(kolding, neighbour), make_user("Frank Fremmed")
    make_organisation(koebenhavn, "Et andet sted", owner=other_owner)
    people = {
        "visitor": None,
        "person without a role": neighbour,
        **town.people,
        "editor of the shared words": appointed("Rosa Redaktør", "vocabulary_editor"),
        "operator": appointed("Dina Drift", "operator"),
        "owner, other organisation": other_owner,
        "every role, other municipality": everything,
    }
    rows = walk(asked_for([*own_visits(town), *municipal_visits(town)]), signed_in(people))
    assert_somebody_succeeds(rows)
    agrees_by_address(EVERY_ADDRESS, table(people, rows))


@pytest.mark.timeout(1800)  # some thousand visits
@pytest.mark.django_db
def test_no_role_reaches_into_the_other_municipality(kolding: Any, koebenhavn: Any) -> None:
    town = make_town(koebenhavn, make_user("Nora Nabo"))
    people = {
        **{f"Copenhagen's {role}": town.people[role] for role in THEIR_OWN},
        **{f"Kolding's {role}": person for role, person in make_staff(kolding).items()},
    }
    agrees_by_address(OTHER_MUNICIPALITY, table(people, walk(asked_for(municipal_visits(town)), signed_in(people))))


@pytest.mark.timeout(1800)  # some thousand visits
@pytest.mark.django_db
def test_a_municipalitys_addresses_reach_nothing_of_the_other(kolding: Any, koebenhavn: Any) -> None:
    """Not even for one who holds every role of the municipality that the address names."""
    visits = astray(municipal_visits(make_town(koebenhavn, make_user("Nora Nabo"))), kolding)
    rows = walk(visits, signed_in({"visitor": None, "every role": make_everything(kolding, "Alle Roller")}))
    reached = [(address, about) for address, about, words in rows if not {*words} <= {"no", "hidden", "sign in"}]
    assert len(rows) > 40
    assert not reached


def astray(visits: Iterable[Visit], municipality: Any) -> list[Visit]:
    """The same objects at another municipality's addresses."""
    return [
        replace(one, kwargs={**one.kwargs, "municipality": municipality.slug})
        for one in visits
        if {"municipality", "pk"} <= one.kwargs.keys()
    ]


def test_no_address_is_missing_from_the_table() -> None:
    visited = {line.split()[2] for line in read()[EVERY_ADDRESS][2:]}
    own = {name for name in url_names() if not name.startswith(LIBRARY)}
    assert own - visited == ELSEWHERE, "add to tests/permissions/scenario.py"
