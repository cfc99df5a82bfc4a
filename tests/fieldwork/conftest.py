"""An institution with an open offer, and two organisations that want to come."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from tests.harness.people import make_department, make_employee, make_organisation, make_user


@dataclass
class House:
    municipality: Any
    department: Any
    host: Any
    guest: Any
    organisation: Any
    other_guest: Any
    other: Any
    offer: Any
    period: Any


def offer_fields(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "desk",
        "institution": "Ungdomsskolen",
        "address": "Eksempelvej 1",
        "title": "Et skrivebord hos os",
        "text": "Sid med i to uger.",
        "rules": "Meld dig i receptionen.",
        "declaration": "Jeg fortæller ikke om de unge.",
        **fields,
    }


def make_house(municipality: Any, places: int = 1) -> House:
    from fyrtaarn.fieldwork import actions
    from fyrtaarn.foundation import clock

    department = make_department(municipality)
    host: Any = make_employee(municipality, "contact_person", department, name="Helle Vært")
    guest, other_guest = make_user("Gerda Gæst"), make_user("Otto Anden")
    organisation = make_organisation(municipality, "Værkstedet", owner=guest)
    other = make_organisation(municipality, "Køkkenet", owner=other_guest)
    offer = actions.draft_offer(host, department, offer_fields())  # type: ignore[arg-type]
    soon = clock.today() + timedelta(days=20)
    period = actions.add_period(host, offer, starts=soon, ends=soon + timedelta(days=5), places=places, hours="9–15")
    offer = actions.open_offer(host, offer)
    return House(municipality, department, host, guest, organisation, other_guest, other, offer, period)


@pytest.fixture
def house(kolding: Any) -> House:
    return make_house(kolding)


def make_applied(house: House) -> Any:
    from fyrtaarn.fieldwork import actions

    return actions.apply(house.guest, house.period, house.organisation, "Vi vil forstå hverdagen.")


def make_agreed(house: House) -> Any:
    from fyrtaarn.fieldwork import actions

    return actions.accept(house.host, make_applied(house), "Velkommen.")


def make_over(house: House) -> Any:
    """An agreed stay that ended yesterday."""
    return begin(make_agreed(house), days_ago=5)


def begin(stay: Any, days_ago: int = 0) -> Any:
    """The stay, its five days begun so many days ago."""
    from fyrtaarn.fieldwork.models import FieldworkPeriod
    from fyrtaarn.foundation import clock

    starts = clock.today() - timedelta(days=days_ago)
    FieldworkPeriod.objects.filter(pk=stay.period_id).update(starts=starts, ends=starts + timedelta(days=5))
    stay.period.refresh_from_db()
    return stay


def told(kind: str) -> set[str]:
    """The names of those who have been told."""
    from fyrtaarn.foundation.models import Notice

    return set(Notice.objects.filter(kind=f"fieldwork.{kind}").values_list("recipient__name", flat=True))
