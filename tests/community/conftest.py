"""A district with a community manager, and those whom she can introduce."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.harness.people import make_employee
from tests.meetings.conftest import Pair, make_pair


@dataclass
class Place:
    """A district of Kolding, who looks after it, and a pair that could meet."""

    district: Any
    manager: Any
    appointment: Any
    pair: Pair

    @property
    def board(self) -> str:
        return f"/kolding/bydele/{self.district.slug}/tavle/"


def make_place(municipality: Any) -> Place:
    from fyrtaarn.areas.models import District
    from fyrtaarn.community.models import Appointment

    district = District.objects.get_or_create(municipality=municipality, slug="vamdrup", defaults={"name": "Vamdrup"})[
        0
    ]
    manager = make_employee(municipality, "community_manager", name="Trine Tavle")
    appointment = Appointment.objects.create(district=district, user=manager)
    return Place(district, manager, appointment, make_pair(municipality))


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Reasons are compared in the words of the code."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def place(kolding: Any) -> Place:
    return make_place(kolding)


def make_draft(place: Place) -> Any:
    """A draft of the pair, with a reason for each."""
    from uuid import uuid4

    from fyrtaarn.community import actions

    reasons = {"sought": "De har plads til jer.", "offered": "De søger præcis jeres værksted."}
    sought, offered = place.pair.sought, place.pair.offered
    title = "Et værksted til flere i arbejde"
    return actions.begin(place.manager, place.district, uuid4(), title, sought=sought, offered=offered, reasons=reasons)


def make_sent(place: Place) -> Any:
    from fyrtaarn.community import actions

    return actions.send(place.manager, make_draft(place))


def asking_of(introduction: Any, party: Any) -> Any:
    """What the department, organisation or person is asked, as it stands now."""
    askings = introduction.askings.select_related("party__department", "party__organisation", "party__person")
    return next(a for a in askings if (a.party.department or a.party.organisation or a.party.person) == party)


def say(introduction: Any, place: Place, *answers: str) -> None:
    """What the department and then the organisation answer; an empty word is no answer."""
    from fyrtaarn.community import actions

    pair = place.pair
    parties = ((pair.department, pair.editor), (pair.organisation, pair.owner))
    for (party, person), answer in zip(parties, answers, strict=False):
        if answer:
            actions.answer(person, asking_of(introduction, party), answer, shares_contact=answer == "yes")


def make_accepted(place: Place) -> Any:
    """All have said yes, and the worker has brought them together."""
    from fyrtaarn.community import actions

    introduction = make_sent(place)
    say(introduction, place, "yes", "yes")
    actions.bring_together(introduction.pk)
    introduction.refresh_from_db()
    return introduction
