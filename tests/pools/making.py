"""A pool that departments feed, and those who look after it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from fyrtaarn.foundation import clock
from fyrtaarn.ledger.movements import FREE
from fyrtaarn.ledger.queries import balance_of
from fyrtaarn.people.models import Role, User
from fyrtaarn.pools import actions
from fyrtaarn.pools.actions.contributions import Promise
from fyrtaarn.pools.models import Call, Contribution, Contributor, Pool, PoolRules
from tests.harness.people import make_department, make_employee

POOL: dict[str, Any] = {
    "name": "Puljen for social økonomi",
    "name_en": "The pool for social economy",
    "purpose": "Penge til nye løsninger.",
    "purpose_en": "Money for new solutions.",
    "kind": "departments",
    "leftover": "carried",
    "due_day": "first_month",
    "two_from": None,
}
CRITERION = {
    "name": "Effekt", "name_en": "Effect", "guidance": "Meget gavn.", "guidance_en": "Much good.", "weight": 2, "most": 5,
}  # fmt: skip
RULES: dict[str, Any] = {
    "kinds": ["social_enterprise"],
    "only_home": True,
    "cvr_needed": True,
    "least": 10_000_00,
    "most": 200_000_00,
    "own_share": 10,
    "wages_allowed": True,
    "future_economy": True,
    "aid_regime": "de_minimis",
    "assessors": 2,
    "guidance": "Læs reglerne.",
    "guidance_en": "Read the rules.",
}


@dataclass
class Pot:
    """An open pool with two departments, of which the first has decided a contribution for this year."""

    municipality: Any
    manager: User
    contact: User
    pool: Pool
    social: Contributor
    culture: Contributor
    given: Contribution

    @property
    def part(self) -> Any:
        """The first quarter that is not paid."""
        return self.given.parts.filter(state="decided").order_by("quarter").first()

    @property
    def free(self) -> int:
        return balance_of(self.pool.book, FREE)

    def pay(self) -> Any:
        """Let the next quarter come in."""
        return actions.note_paid(self.manager, self.part, "Bilag 1")


def promise(oere: int | None = None, *, budget: int | None = None, percent: str = "") -> Promise:
    return Promise("Sag 7", clock.today(), budget, Decimal(percent) if percent else None, oere)


def make_rules(manager: User, pool: Pool, **changed: Any) -> PoolRules:
    """The next version of the rules, in force."""
    draft = actions.draft_rules(manager, pool)
    draft = actions.change_rules(manager, draft, {**RULES, **changed}, [CRITERION], [], draft.version)
    return actions.bring_into_force(manager, draft)


def make_pool(municipality: Any, manager: User, **changed: Any) -> Pool:
    """An open pool with rules in force."""
    pool = actions.make_pool(manager, municipality, {**POOL, **changed})
    make_rules(manager, pool)
    return actions.open_pool(manager, pool)


def make_pot(municipality: Any, **changed: Any) -> Pot:
    manager: Any = make_employee(municipality, "fund_manager", name="Frida Pulje")
    social, culture = make_department(municipality), make_department(municipality, "Kulturforvaltningen")
    contact: Any = make_employee(municipality, "contact_person", social, name="Kaj Kontakt")
    Role.objects.filter(user__in=(manager, contact)).update(starts=date(2000, 1, 1))
    pool = make_pool(municipality, manager, **changed)
    joined = date(clock.today().year, 1, 1)
    givers: list[Any] = [actions.add_contributor(manager, pool, one, joined) for one in (social, culture)]  # type: ignore[arg-type]
    given = actions.decide(manager, givers[0], joined.year, promise(100_000_01))
    return Pot(municipality, manager, contact, pool, *givers, given)


def make_call(pot: Pot, **changed: Any) -> Call:
    """A draft of a call."""
    today = clock.today()
    fields = {
        "title": "Forårets indkaldelse", "title_en": "The spring call", "text": "Vi søger noget nyt.", "text_en": "",
        "opens": today, "closes": today + timedelta(days=30), "answer_by": None, "set_aside": 0,
    }  # fmt: skip
    return actions.draft_call(pot.manager, pot.pool, {**fields, **changed})
