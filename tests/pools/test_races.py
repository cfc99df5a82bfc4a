"""The same money is never promised twice, and nothing is noted twice, whoever does what at the same moment."""

from datetime import date
from typing import Any

import pytest

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.ledger.movements import FREE
from fyrtaarn.ledger.queries import balance_of, totals
from fyrtaarn.pools import actions
from fyrtaarn.pools.models import Call, ClosedYear, Contribution, ContributionPart
from tests.harness.races import at_once

from .making import make_call, make_pot, promise

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(outcomes: list[Any]) -> int:
    """How many were refused; anything else that went wrong is a fault."""
    faults = [one for one in outcomes if isinstance(one, Exception)]
    assert all(isinstance(one, Refused) for one in faults), faults
    return len(faults)


def test_two_calls_are_published_for_the_same_free_money(kolding: Any) -> None:
    pot = make_pot(kolding)
    pot.pay()
    calls = [make_call(pot, set_aside=pot.free) for _number in range(2)]
    outcomes = at_once(*[lambda call=call: actions.publish(pot.manager, call) for call in calls])
    assert refusals(outcomes) == 1
    assert sorted(Call.objects.values_list("state", flat=True)) == ["draft", "published"]
    assert pot.free == 0


def test_two_note_the_same_quarter_as_paid(kolding: Any) -> None:
    pot = make_pot(kolding)
    part = pot.part
    outcomes = at_once(*[lambda: actions.note_paid(pot.manager, part, "Bilag 1") for _number in range(2)])
    assert refusals(outcomes) == 1
    assert pot.free == part.oere


def test_a_contribution_is_corrected_while_a_quarter_is_paid(kolding: Any) -> None:
    pot = make_pot(kolding)
    part = pot.part
    outcomes = at_once(
        lambda: actions.note_paid(pot.manager, part, "Bilag 1"),
        lambda: actions.correct(pot.manager, pot.given, promise(400_00), "Tastefejl"),
    )
    refusals(outcomes)
    held = Contribution.objects.get(pk=pot.given.pk)
    parts = list(held.parts.order_by("quarter"))
    assert sum(one.oere for one in parts) == held.oere
    book = totals(pot.pool.book)
    assert book["pledged"] == sum(one.oere for one in parts if one.state == "decided")
    assert book["free"] == sum(one.oere for one in parts if one.state == "paid")


def test_a_contributor_leaves_while_a_quarter_is_paid(kolding: Any) -> None:
    pot = make_pot(kolding)
    part = pot.part
    refusals(
        at_once(
            lambda: actions.note_paid(pot.manager, part, "Bilag 1"),
            lambda: actions.leave(pot.manager, pot.social, part.due, "Ude"),
        )
    )
    parts = ContributionPart.objects.filter(contribution=pot.given)
    assert totals(pot.pool.book)["free"] == sum(one.oere for one in parts if one.state == "paid")
    assert totals(pot.pool.book)["pledged"] == 0


def test_a_year_is_closed_once_and_whole_while_money_comes_in(kolding: Any, monkeypatch: Any) -> None:
    today = clock.today()
    monkeypatch.setattr(clock, "today", lambda: date(today.year - 1, 2, 1))
    pot = make_pot(kolding, leftover="returned")
    pot.pay()
    part = pot.part
    monkeypatch.setattr(clock, "today", lambda: today)
    outcomes = at_once(
        lambda: actions.close_year(pot.manager, pot.pool, today.year - 1),
        lambda: actions.close_year(pot.manager, pot.pool, today.year - 1),
        lambda: actions.note_paid(pot.manager, part, "Bilag 2"),
    )
    assert refusals(outcomes) == 1
    closed = ClosedYear.objects.get()
    assert closed.returned == 25_000_01
    assert balance_of(pot.pool.book, FREE) == part.oere
