"""A challenge and a solution that can meet, and people on both sides."""

from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from tests.harness.people import make_department, make_employee, make_organisation, make_user

NUMBER = count(1)


def make_listing(side: str, municipality: Any, **fields: Any) -> Any:
    """Something sought or offered that everybody can find."""
    from fyrtaarn.foundation import clock
    from fyrtaarn.listings.models import Listing

    number = next(NUMBER)
    values = {
        "kind": f"example-{side}",  # a kind of which no room knows more
        "subject_id": 1_000_000 + number,
        "audience": "public",
        "path": f"/example/{number}/",
        "title": f"Title {number}",
        "text": "What it is about, in a few words.",
        "published": clock.now(),
    }
    return Listing.objects.create(side=side, municipality=municipality, **{**values, **fields})


@dataclass
class Pair:
    """A department with a challenge, an organisation with a solution, and people of all sorts."""

    municipality: Any
    department: Any
    organisation: Any
    sought: Any
    offered: Any
    editor: Any
    colleague: Any
    owner: Any
    member: Any
    stranger: Any


def make_pair(municipality: Any) -> Pair:
    from fyrtaarn.organisations.models import Membership

    department = make_department(municipality, "Socialforvaltningen")
    owner, member = make_user("Olga Ejer"), make_user("Mads Medlem")
    organisation = make_organisation(municipality, "Eksempelværkstedet", owner=owner)
    Membership.objects.create(user=member, organisation=organisation, kind="member")
    return Pair(
        municipality,
        department,
        organisation,
        make_listing("sought", municipality, title="Flere i arbejde", departments=[department.pk]),  # type: ignore[attr-defined]
        make_listing("offered", municipality, title="Værksted med plads", organisation=organisation),
        make_employee(municipality, "department_editor", department, name="Eva Redaktør"),
        make_employee(municipality, "contact_person", department, name="Karl Kontakt"),
        owner,
        member,
        make_user("Frida Fremmed"),
    )


@pytest.fixture
def pair(kolding: Any) -> Pair:
    return make_pair(kolding)
