"""A pool with a call, assessors and a decider, and applications that wait."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from tests.harness.people import make_department, make_employee, make_organisation, make_user


@dataclass
class Round:
    """A call with who looks after it, who assesses and who decides."""

    municipality: Any
    manager: Any
    decider: Any
    assessors: list[Any]
    pool: Any
    call: Any
    criteria: list[Any]
    departments: list[Any] = field(default_factory=list)


def make_round(municipality: Any, *, assessors: int = 3, wanted: int = 2, money: int = 10_000_000) -> Round:
    from fyrtaarn.foundation import clock
    from fyrtaarn.ledger.actions import open_book
    from fyrtaarn.pools import money as books
    from fyrtaarn.pools.models import Call, Criterion, Pool, PoolDuty, PoolRules

    manager: Any = make_employee(municipality, "fund_manager", name="Frida Fond")
    decider: Any = make_employee(municipality, "department_lead", make_department(municipality), name="Dorte Direktør")
    pool = Pool.objects.create(
        municipality=municipality,
        book=open_book(municipality, "Fælles pulje"),
        slug="faelles-pulje",
        name="Fælles pulje",
        purpose="Et arbejde til flere.",
        kind="departments",
        leftover="carried",
        state="open",
        created_by=manager,
    )
    rules = PoolRules.objects.create(
        pool=pool, number=1, state="in_force", least=100_00, most=500_000_00, assessors=wanted, created_by=manager
    )
    criteria = [
        Criterion.objects.create(rules=rules, number=1, name="Effekt", name_en="Effect", weight=3, most=5),
        Criterion.objects.create(rules=rules, number=2, name="Økonomi", name_en="Economy", weight=1, most=10),
    ]
    call = Call.objects.create(
        pool=pool,
        rules=rules,
        number=1,
        title="Forår",
        opens=clock.today() - timedelta(days=20),
        closes=clock.today() + timedelta(days=20),
        set_aside=money,
        state="published",
        created_by=manager,
    )
    pay_in(pool.book, money)
    books.set_aside(call, manager)
    people, departments = [], []
    for number in range(assessors):
        department = make_department(municipality, f"Forvaltning {number}")
        person: Any = make_employee(municipality, "caseworker", department, name=f"Vurderer {number}")
        PoolDuty.objects.create(pool=pool, user=person, duty="assessor")
        people.append(person)
        departments.append(department)
    PoolDuty.objects.create(pool=pool, user=decider, duty="decider")
    return Round(municipality, manager, decider, people, pool, call, criteria, departments)


def pay_in(book: Any, oere: int) -> None:
    """A contribution that is free to grant."""
    from fyrtaarn.ledger import actions as ledger
    from fyrtaarn.ledger import movements
    from fyrtaarn.ledger.models import Reason

    ledger.open_contributor(book, "giver", "Giveren")
    for lines, reason in (
        (movements.contribution_decided("giver", oere), Reason.CONTRIBUTION_DECIDED),
        (movements.contribution_paid("giver", oere), Reason.CONTRIBUTION_PAID),
    ):
        ledger.post(book, lines, reason=reason, text="Bidrag", by=None)


def make_application(round_: Round, title: str = "Café for alle", **fields: Any) -> Any:
    """A sent application of an organisation of its own."""
    from fyrtaarn.applications.models import Application
    from fyrtaarn.foundation import clock

    today = clock.today()
    owner: Any = fields.pop("owner", None) or make_user(f"Ejer af {title}")
    organisation = fields.pop("organisation", None) or make_organisation(
        round_.municipality, f"Huset {title}", owner=owner
    )
    return Application.objects.create(
        call=round_.call,
        rules=round_.call.rules,
        municipality=round_.municipality,
        organisation=organisation,
        title=title,
        starts=today + timedelta(days=60),
        ends=today + timedelta(days=400),
        contact=owner,
        created_by=owner,
        **{"what": "Vi åbner en café.", "asked": 4_000_000, "state": "sent", "sent": clock.now(), **fields},
    )


@pytest.fixture
def round_(kolding: Any) -> Round:
    return make_round(kolding)


def asked(round_: Round, application: Any, *people: Any, due: Any = None) -> list[Any]:
    from fyrtaarn.assessment import actions

    return [actions.assign(round_.manager, application, person, due=due) for person in people]


def scores_of(round_: Round, *points: int) -> dict[int, Any]:
    from fyrtaarn.assessment.actions import Given

    return {
        criterion.pk: Given(given, f"Derfor {given}") for criterion, given in zip(round_.criteria, points, strict=True)
    }


def assess(round_: Round, assignment: Any, *points: int, opinion: str = "Godt.") -> Any:
    """The assessor says that nothing stands in her way, scores and is done."""
    from fyrtaarn.assessment import actions

    cleared = actions.clear(assignment.assessor, assignment)
    return actions.finish(assignment.assessor, cleared, scores_of(round_, *points), opinion)


def told(kind: str) -> set[str]:
    """The names of those who have been told."""
    from fyrtaarn.foundation.models import Notice

    return set(Notice.objects.filter(kind=f"assessment.{kind}").values_list("recipient__name", flat=True))
