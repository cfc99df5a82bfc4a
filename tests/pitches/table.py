"""An organisation's team, and an ambassador who can be asked."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fyrtaarn.foundation import clock
from fyrtaarn.organisations.ambassadors import actions as ambassador_actions
from fyrtaarn.organisations.models import Ambassador, Membership
from fyrtaarn.pitches import actions
from fyrtaarn.pitches.models import Pitch
from tests.harness.people import make_department, make_employee, make_organisation, make_user

TEXTS = {
    "title": "Mad på søndag",
    "problem": "Fyrre ældre spiser alene.",
    "for_whom": "Ældre, der bor alene.",
    "solution": "Vi spiser sammen.",
    "effect": "22 af 25 kom igen.",
    "ask": "Lån os køkkenet.",
}


@dataclass
class Table:
    """Who sits around it."""

    olga: Any
    mads: Any
    organisation: Any
    social: Any
    asta: Any
    ambassador: Ambassador
    administrator: Any

    def begun(self, **texts: Any) -> Pitch:
        made = actions.begin(self.olga, self.organisation)
        return actions.write(self.olga, made, {**TEXTS, "department": self.social, **texts}, made.version)

    @property
    def due(self) -> date:
        return clock.today() + timedelta(days=14)


def make_table(kolding: Any) -> Table:
    """Kolding with a team and an ambassador of the social department."""
    olga, mads = make_user("Olga Ejer"), make_user("Mads Medlem")
    organisation: Any = make_organisation(kolding, "Rickshaw & Gryder", owner=olga)
    Membership.objects.create(user=mads, organisation=organisation, kind="member")
    social: Any = make_department(kolding, "Socialforvaltningen")
    administrator: Any = make_employee(kolding, "municipality_administrator")
    asta: Any = make_employee(kolding, "contact_person", social, name="Asta Ambassadør")
    asked = ambassador_actions.appoint(administrator, social, asta)
    words: dict[str, Any] = {"help_da": "Jeg kender feltet.", "shown": True}
    ambassador = ambassador_actions.accept(asta, asked, words, asked.version)
    return Table(olga, mads, organisation, social, asta, ambassador, administrator)
