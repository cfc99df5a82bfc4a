"""A pool with an open call, an organisation that applies, and those who handle what it sends."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from tests.harness.people import make_employee, make_organisation, make_user

KRONER = 100


@dataclass
class Round:
    """An open call of a pool, with the people around it."""

    municipality: Any
    manager: Any
    pool: Any
    call: Any
    owner: Any
    organisation: Any


def make_call(by: Any, municipality: Any, name: str = "Fyrtårnspuljen", **rules: Any) -> Any:
    """A published call of a new pool that anybody may apply to."""
    from fyrtaarn.foundation import clock
    from fyrtaarn.foundation.slugs import danish_slug
    from fyrtaarn.ledger.actions import open_book
    from fyrtaarn.pools.models import Call, Pool, PoolRules

    pool = Pool.objects.create(
        municipality=municipality,
        book=open_book(municipality, name),
        name=name,
        slug=danish_slug(name),
        purpose="Penge til nye løsninger.",
        kind="departments",
        leftover="carried",
        state="open",
        created_by=by,
    )
    values = {"least": 1_000 * KRONER, "most": 200_000 * KRONER, "cvr_needed": False, **rules}
    made = PoolRules.objects.create(pool=pool, number=1, state="in_force", created_by=by, **values)
    today = clock.today()
    return Call.objects.create(
        pool=pool,
        rules=made,
        number=1,
        title="Ansøg nu",
        opens=today,
        closes=today + timedelta(days=30),
        answer_by=today + timedelta(days=60),
        state="published",
        created_by=by,
    )


def make_round(municipality: Any, **rules: Any) -> Round:
    manager: Any = make_employee(municipality, "fund_manager", name="Frida Fond")
    owner = make_user("Olga Ejer")
    organisation = make_organisation(municipality, "Eksempelkøkkenet", owner=owner)
    call = make_call(manager, municipality, **rules)
    return Round(municipality, manager, call.pool, call, owner, organisation)


@pytest.fixture
def round_(kolding: Any) -> Round:
    return make_round(kolding)


def words(**fields: Any) -> dict[str, Any]:
    """What an application says that lacks nothing."""
    return {
        "title": "Fællesspisning i Vamdrup",
        "what": "Vi laver mad sammen hver torsdag.",
        "for_whom": "Ældre, der spiser alene.",
        "future_economy": "Deltagerne betaler for maden.",
        "starts": date(2027, 3, 1),
        "ends": date(2028, 3, 1),
        "aid_declared": True,
        **fields,
    }


def line(kroner: int = 50_000, **fields: Any) -> dict[str, Any]:
    return {"kind": "materials", "text": "Køkkenudstyr", "oere": kroner * KRONER, "source": "pool", **fields}


def goal(**fields: Any) -> dict[str, Any]:
    return {"bottom_line": "people", "text": "Flere spiser sammen", "measure": "Vi tæller", "target": "40", **fields}


def make_draft(user: Any, organisation: Any, call: Any, *, lines: Any = None, **fields: Any) -> Any:
    """A draft that can be sent."""
    from fyrtaarn.applications import actions

    begun = actions.begin(user, call, organisation)
    rows = {"lines": lines or [line()], "goals": [goal()], "aid": [], "linked": []}
    return actions.write(user, begun, words(**fields), begun.version, rows=rows)


def make_sent(user: Any, organisation: Any, call: Any, **fields: Any) -> Any:
    from fyrtaarn.applications import actions

    return actions.send(user, make_draft(user, organisation, call, **fields))


def told(kind: str) -> set[str]:
    """The names of those who have been told."""
    from fyrtaarn.foundation.models import Notice

    return set(Notice.objects.filter(kind=f"applications.{kind}").values_list("recipient__name", flat=True))
