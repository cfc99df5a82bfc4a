"""A decision from the board to the answer of a complaint: one in part, one refused, and one that state aid stops."""

import re
from datetime import timedelta
from typing import Any

import pytest

from fyrtaarn.foundation import clock
from fyrtaarn.grants.deciding import actions
from fyrtaarn.grants.models import AidCeiling, Decision
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.pools.models import Pool, PoolRules
from tests.grants.deciding.conftest import Matter, apply, make_matter, proposed
from tests.harness.browser import sign_in
from tests.harness.pdf import text_of

from .conftest import Enter, ways, work
from .person import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
FACT = "Udlejeren siger, at lejemålet er sagt op."
PASSED = "Opsigelsen er trukket tilbage."
COMPLAINT = "I har ikke læst bilaget."


@pytest.fixture
def matter(kolding: Any) -> Matter:
    return make_matter(kolding)


def drafts(manager: Person, matter: Matter, outcome: str | re.Pattern[str], amount: str = "") -> None:
    """From the application on the board to the draft of its decision."""
    manager.goes_to(f"/kolding/vurderinger/ansoegning/{matter.application.pk}/")
    manager.follows("Draft the decision")
    manager.ticks(outcome)
    if amount:
        manager.writes("Amount granted in part", amount)
    manager.writes("Reasons", "Effekten er god, men budgettet er for stort.")
    manager.presses("Save")
    manager.sees("The draft is saved.")


def says_yes(decider: Person, title: str) -> None:
    decider.goes_to("/min/overblik/")
    decider.follows_title(title)
    decider.follows("Say yes")
    decider.presses("Say yes")


@ways("da", "en", "da-without-scripts", "en-by-keyboard")
def test_granted_in_part_by_two_after_a_hearing(somebody: Enter, matter: Matter, way: dict[str, Any]) -> None:
    Pool.objects.update(two_from=1_000_00)
    title = matter.application.title
    manager, owner = somebody(way, matter.manager), somebody(way, matter.owner)
    drafts(manager, matter, "Granted in part", "5000")
    manager.follows("Hear the applicant")
    manager.writes("What will the decision rest on?", FACT)
    manager.dates("Answer by", clock.today() + timedelta(days=8))
    manager.presses("Send to the applicant")
    manager.sees("The applicant still has time to answer")
    owner.goes_to("/min/overblik/")
    owner.follows_title(title)
    owner.reads(FACT)
    owner.writes("What you say to it", PASSED)
    owner.presses("Send the answer")
    manager.goes_to(manager.page.url)
    manager.reads(PASSED)
    manager.presses("Send to those who decide")
    first, second = somebody(way, matter.decider), somebody(way, matter.other_decider)
    says_yes(first, title)
    first.sees("One more yes is needed.")
    says_yes(second, title)
    second.sees("It is decided, and the applicant is told.")
    decision = Decision.objects.get()
    owner.goes_to(f"/min/afgoerelser/{decision.pk}/")
    letter = owner.page.request.get(owner.site + decision.letter.url)  # type: ignore[union-attr]
    assert "Effekten er god, men budgettet er for stort." in text_of(letter.body())
    owner.follows("The grant: what is promised and what comes next")
    owner.reads(title)


@ways("da", "en", "da-without-scripts")
def test_refused_complained_of_and_answered_by_somebody_else(
    somebody: Enter, matter: Matter, way: dict[str, Any]
) -> None:
    title = matter.application.title
    manager = somebody(way, matter.manager)
    drafts(manager, matter, re.compile("Afslået|Refused"))
    manager.presses("Send to those who decide")
    decider = somebody(way, matter.decider)
    sign_in(decider.page, decider.site, matter.decider, long_ago=True)
    decider.goes_to("/min/overblik/")
    decider.follows_title(title)
    decider.follows("Say yes")
    decider.presses("Say yes")
    assert "/konto/" in decider.page.url, "who signed in long ago shows anew who she is"
    assert Decision.objects.get().state == "proposed"
    sign_in(decider.page, decider.site, matter.decider)
    says_yes(decider, title)
    decider.sees("It is decided, and the applicant is told.")
    owner = somebody(way, matter.owner)
    owner.goes_to("/min/beskeder/")
    owner.presses("Open")
    owner.follows("Complain of the decision")
    owner.writes("What is wrong with the decision?", COMPLAINT)
    owner.presses("Send the complaint")
    owner.sees("Your complaint is sent.")
    work()
    other = somebody(way, matter.other_decider)
    other.goes_to("/min/overblik/")
    other.opens_newest_notice()
    other.reads(COMPLAINT)
    other.follows("Answer the complaint")
    other.ticks("The decision stands")
    other.writes("Answer, with reasons", "Bilaget ændrer ikke noget.")
    other.presses("Send the answer")
    owner.goes_to(owner.page.url)
    owner.reads("Bilaget ændrer ikke noget.")
    owner.sees("The decision stands")


@ways("da", "en")
def test_state_aid_above_the_ceiling_stops_it_with_the_sums(
    somebody: Enter, matter: Matter, way: dict[str, Any]
) -> None:
    PoolRules.objects.update(aid_regime="de_minimis")
    Organisation.objects.update(cvr="10000009")
    AidCeiling.objects.filter(regime="de_minimis").update(cents=5_000_000)
    first = proposed(matter, outcome="in_part", oere=300_000_00)
    actions.say_yes(matter.decider, first, first.version)
    matter.application = apply(matter, "Værksted")
    proposed(matter, outcome="in_part", oere=200_000_00)
    decider = somebody(way, matter.decider)
    says_yes(decider, "Værksted")
    sums = ("EUR 40.214,48", "EUR 50.000", "EUR 9.785,52") if way["language"] == "da" else (
        "EUR 40,214.48", "EUR 50,000", "EUR 9,785.52",
    )  # fmt: skip
    for amount in sums:
        decider.reads(amount)
    assert Decision.objects.get(application=matter.application).state == "proposed"
