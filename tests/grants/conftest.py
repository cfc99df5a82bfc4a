"""A pool with money, an organisation that has applied, and a grant of the decision on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from django.utils import translation

from tests.harness.people import make_employee, make_organisation, make_user
from tests.separation.conftest import connect as connect

THOUSAND = 100_000  # øre
NUMBERS = count(1)


@dataclass
class Funding:
    municipality: Any
    manager: Any
    pool: Any
    call: Any


@dataclass
class Given:
    funding: Funding
    owner: Any
    organisation: Any
    application: Any
    decision: Any
    grant: Any

    @property
    def manager(self) -> Any:
        return self.funding.manager

    def instalments(self) -> list[Any]:
        return list(self.grant.instalments.order_by("number"))

    def balance(self, kind: str, key: str | None = None) -> int:
        """Øre on an account of the pool's book; of the grant's where no key is said."""
        account = self.funding.pool.book.accounts.get(kind=kind, key=self.grant.account_key if key is None else key)
        return account.balance  # type: ignore[no-any-return]


def make_funding(municipality: Any, oere: int = 1000 * THOUSAND, **rules: Any) -> Funding:
    """An open pool with so much free money, and a call without money of its own."""
    from fyrtaarn.foundation import clock
    from fyrtaarn.ledger import actions as ledger
    from fyrtaarn.ledger import movements
    from fyrtaarn.ledger.models import Reason
    from fyrtaarn.pools.models import Call, Pool, PoolRules

    manager: Any = make_employee(municipality, "fund_manager", name="Frida Puljebestyrer")
    book = ledger.open_book(municipality, "Puljen")
    pool = Pool.objects.create(
        municipality=municipality, name="Fælles pulje", slug=f"faelles-{book.pk}", purpose="At prøve nyt.", kind="departments",
        leftover="carried", state="open", book=book, created_by=manager,
    )  # fmt: skip
    ledger.open_contributor(book, "social", "Socialforvaltningen")
    ledger.post(
        book, movements.contribution_decided("social", oere), reason=Reason.CONTRIBUTION_DECIDED, text="B", by=None
    )
    ledger.post(book, movements.contribution_paid("social", oere), reason=Reason.CONTRIBUTION_PAID, text="B", by=None)
    given = {
        "number": 1,
        "state": "in_force",
        "least": THOUSAND,
        "most": 5000 * THOUSAND,
        "created_by": manager,
        **rules,
    }
    in_force = PoolRules.objects.create(pool=pool, **given)
    call = Call.objects.create(
        pool=pool, rules=in_force, number=1, title="Forår", opens=clock.today(), state="published", created_by=manager
    )
    make_aid_values()
    return Funding(municipality, manager, pool, call)


def make_aid_values() -> None:
    """The ceilings of state aid, which are gone after tests that empty the tables, and today's rate of the euro."""
    from fyrtaarn.foundation import clock
    from fyrtaarn.grants.models import AidCeiling, EuroRate

    for regime, cents in (("de_minimis", 30_000_000), ("sgei_de_minimis", 75_000_000)):
        AidCeiling.objects.get_or_create(
            regime=regime, valid_from="2024-01-01", defaults={"cents": cents, "source": "Forordningen"}
        )
    EuroRate.objects.get_or_create(day=clock.today(), defaults={"kroner": "746.00", "source": "Eksempel"})


def make_application(funding: Funding, organisation: Any, owner: Any, oere: int, **fields: Any) -> Any:
    from fyrtaarn.applications.models import Application, BudgetLine, EffectGoal
    from fyrtaarn.foundation import clock

    today = clock.today()
    given = {
        "title": f"Flere i arbejde {next(NUMBERS)}",
        "what": "Vi oplærer unge.",
        "starts": today,
        "ends": today + timedelta(days=200),
        "asked": oere,
        "aid_declared": True,
        "state": "sent",
        "sent": clock.now(),
        **fields,
    }
    application = Application.objects.create(
        call=funding.call, rules=funding.call.rules, municipality=funding.municipality, organisation=organisation,
        contact=owner, created_by=owner, sent_by=owner, **given,
    )  # fmt: skip
    BudgetLine.objects.create(
        application=application, number=1, kind="wages", text="En mester", oere=oere, source="pool"
    )
    EffectGoal.objects.create(
        application=application, number=1, bottom_line="people", text="Flere i arbejde", target="5"
    )
    return application


def make_decision(application: Any, by: Any, oere: int) -> Any:
    from fyrtaarn.foundation import clock
    from fyrtaarn.grants.models import Decision

    return Decision.objects.create(
        application=application, outcome="granted", oere=oere, reasons="Det er godt.", state="decided", drafted_by=by,
        decided=clock.now(),
    )  # fmt: skip


def make_given(
    funding: Funding, oere: int = 100 * THOUSAND, *, name: str = "Værkstedet", cvr: str = "10000009"
) -> Given:
    """A grant that has just been given to a new organisation."""
    owner: Any = make_user("Ida Iværksætter")
    return give(funding, make_organisation(funding.municipality, name, owner=owner, cvr=cvr), owner, oere)


def give(funding: Funding, organisation: Any, owner: Any, oere: int = 100 * THOUSAND) -> Given:
    """A grant that has just been given."""
    from fyrtaarn.grants.actions.grants import open_grant

    application = make_application(funding, organisation, owner, oere)
    decision = make_decision(application, funding.manager, oere)
    return Given(funding, owner, organisation, application, decision, open_grant(decision, by=funding.manager))


@pytest.fixture(autouse=True)
def refusals_are_read_in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def funding(kolding: Any) -> Funding:
    return make_funding(kolding)


@pytest.fixture
def given(funding: Funding) -> Given:
    return make_given(funding)


def told(kind: str) -> set[str]:
    """The names of those who have been told."""
    from fyrtaarn.foundation.models import Notice

    return set(Notice.objects.filter(kind=f"grants.{kind}").values_list("recipient__name", flat=True))


def in_days(days: int) -> date:
    from fyrtaarn.foundation import clock

    return clock.today() + timedelta(days=days)


def reported(given: Given, *, shared: bool = True) -> Any:
    """The last report, written and sent."""
    from fyrtaarn.grants.actions import reports

    report = given.grant.reports.get(final=True)
    fields = {"text": "Det gik godt.", "worse": "", "experience": "Begynd i det små.", "shared": shared}
    line, goal = given.application.lines.get(), given.application.goals.get()
    report = reports.write(given.owner, report, fields, {line.pk: 1000}, {goal.pk: "4 i arbejde"}, report.version)
    return reports.send(given.owner, report)
