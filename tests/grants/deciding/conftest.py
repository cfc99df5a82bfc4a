"""An application that waits for its decision, with who drafts, who decides and who applied."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.grants.conftest import make_funding
from tests.harness.people import make_department, make_employee, make_organisation, make_user

ASKED = 600_000_00


@dataclass
class Matter:
    municipality: Any
    department: Any
    manager: Any
    decider: Any
    other_decider: Any
    owner: Any
    organisation: Any
    pool: Any
    call: Any
    application: Any

    def spend(self, oere: int) -> None:
        """Take so much of the pool's free money away."""
        from fyrtaarn.ledger import actions as ledger
        from fyrtaarn.ledger import movements
        from fyrtaarn.ledger.models import Reason

        ledger.open_round(self.pool.book, "other", "Noget andet")
        ledger.post(self.pool.book, movements.set_aside("other", oere), reason=Reason.SET_ASIDE, text="Væk", by=None)


def make_matter(municipality: Any, oere: int = 1_000_000_00, title: str = "Café for alle") -> Matter:
    from fyrtaarn.pools.models import PoolDuty

    funding = make_funding(municipality, oere, aid_regime="none")
    funding.manager.name = "Frida Fond"
    funding.manager.save()
    department = make_department(municipality)
    people: list[Any] = [
        make_employee(municipality, "department_lead", department, name=name)
        for name in ("Dorte Direktør", "Bo Beslutter")
    ]
    for person in people:
        PoolDuty.objects.create(pool=funding.pool, user=person, duty="decider")
    owner: Any = make_user("Olga Ejer")
    organisation: Any = make_organisation(municipality, "Eksempelkøkkenet", owner=owner)
    matter = Matter(
        municipality, department, funding.manager, *people, owner, organisation, funding.pool, funding.call, None
    )
    matter.application = apply(matter, title)
    return matter


def apply(matter: Matter, title: str) -> Any:
    """One more sent application of the organisation."""
    from datetime import timedelta

    from fyrtaarn.applications.models import Application
    from fyrtaarn.foundation import clock

    today = clock.today()
    return Application.objects.create(
        call=matter.call,
        rules=matter.call.rules,
        municipality=matter.municipality,
        organisation=matter.organisation,
        title=title,
        what="Vi åbner en café.",
        starts=today + timedelta(days=30),
        ends=today + timedelta(days=400),
        asked=ASKED,
        state="sent",
        sent=clock.now(),
        contact=matter.owner,
        created_by=matter.owner,
    )


@pytest.fixture
def matter(kolding: Any) -> Matter:
    return make_matter(kolding)


def words(**fields: Any) -> dict[str, Any]:
    return {"outcome": "in_part", "oere": 1_000_00, "reasons": "Derfor.", "conditions": "Fortæl om det.", **fields}


def drafted(matter: Matter, **fields: Any) -> Any:
    from fyrtaarn.grants.deciding import actions

    return actions.draft(matter.manager, matter.application, words(**fields))


def proposed(matter: Matter, **fields: Any) -> Any:
    from fyrtaarn.grants.deciding import actions

    return actions.propose(matter.manager, drafted(matter, **fields))


def decided(matter: Matter, **fields: Any) -> Any:
    from fyrtaarn.grants.deciding import actions

    matter.application.refresh_from_db()
    decision = proposed(matter, **fields)
    return actions.say_yes(matter.decider, decision, decision.version)
