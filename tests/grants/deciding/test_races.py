"""Two decide at the same moment: once, and never more money than there is."""

from typing import Any

import pytest

from fyrtaarn.applications import actions as application_actions
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.grants.deciding import actions, complaints
from fyrtaarn.grants.models import Complaint, Decision, Grant
from fyrtaarn.ledger.queries import totals
from fyrtaarn.ledger.rules import NotEnough
from fyrtaarn.pools.models import Pool
from tests.harness.races import at_once

from .conftest import ASKED, apply, decided, make_matter, proposed, words

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


def test_two_deciders_say_yes_at_once(kolding: Any) -> None:
    matter = make_matter(kolding)
    decision = proposed(matter)
    outcomes = at_once(
        lambda: actions.say_yes(matter.decider, decision, decision.version),
        lambda: actions.say_yes(matter.other_decider, decision, decision.version),
    )
    assert len([one for one in outcomes if isinstance(one, Refused)]) == 1
    assert (Grant.objects.count(), totals(matter.pool.book)["grant"]) == (1, 1_000_00)


def test_both_yeses_come_at_once_where_two_are_needed(kolding: Any) -> None:
    matter = make_matter(kolding)
    Pool.objects.update(two_from=1)
    decision = proposed(matter)
    at_once(
        lambda: actions.say_yes(matter.decider, decision, decision.version),
        lambda: actions.say_yes(matter.decider, decision, decision.version),
        lambda: actions.say_yes(matter.other_decider, decision, decision.version),
    )
    decision.refresh_from_db()
    assert (decision.state, decision.yeses.count(), Grant.objects.count()) == ("decided", 2, 1)


def test_the_last_money_is_granted_once(kolding: Any) -> None:
    matter = make_matter(kolding, oere=1_000_000_00)
    whole = {"outcome": "granted", "oere": ASKED}
    first = proposed(matter, **whole)
    matter.application = apply(matter, "Værksted")
    second = proposed(matter, **whole)
    outcomes = at_once(
        lambda: actions.say_yes(matter.decider, first, first.version),
        lambda: actions.say_yes(matter.other_decider, second, second.version),
    )
    assert len([one for one in outcomes if isinstance(one, NotEnough)]) == 1
    assert Grant.objects.count() == 1
    assert (totals(matter.pool.book)["grant"], totals(matter.pool.book)["free"]) == (ASKED, 400_000_00)
    assert sorted(Decision.objects.values_list("state", flat=True)) == ["decided", "proposed"]


def test_it_is_drafted_once_and_taken_back_while_somebody_says_yes(kolding: Any) -> None:
    matter = make_matter(kolding)
    outcomes = at_once(*[lambda: actions.draft(matter.manager, matter.application, words()) for _number in range(2)])
    assert len([one for one in outcomes if isinstance(one, Refused)]) == 1
    decision = actions.propose(matter.manager, Decision.objects.get())
    at_once(
        lambda: actions.say_yes(matter.decider, decision, decision.version),
        lambda: actions.take_back(matter.manager, decision, "Vent."),
    )
    decision.refresh_from_db()
    assert (decision.state, Grant.objects.count(), decision.yeses.count()) in (("decided", 1, 1), ("draft", 0, 0))


def test_an_application_is_withdrawn_while_it_is_decided(kolding: Any) -> None:
    matter = make_matter(kolding)
    decision = proposed(matter)
    at_once(
        lambda: actions.say_yes(matter.decider, decision, decision.version),
        lambda: application_actions.withdraw(matter.owner, matter.application),
    )
    decision.refresh_from_db()
    matter.application.refresh_from_db()
    ends = (matter.application.state, decision.state, Grant.objects.count(), decision.yeses.count())
    assert ends in (("granted", "decided", 1, 1), ("withdrawn", "proposed", 0, 0))


def test_a_complaint_is_made_once_and_withdrawn_while_it_is_answered(kolding: Any) -> None:
    matter = make_matter(kolding)
    decision = decided(matter, outcome="refused", oere=0)
    at_once(*[lambda: complaints.complain(matter.owner, decision, "Forkert") for _number in range(2)])
    complaint = Complaint.objects.get()
    at_once(
        lambda: complaints.withdraw(matter.owner, complaint),
        lambda: complaints.answer(matter.other_decider, complaint, "I har ret.", right=True),
    )
    complaint.refresh_from_db()
    decision.refresh_from_db()
    assert (complaint.state, decision.state) in (("withdrawn", "decided"), ("upheld", "reversed"))
