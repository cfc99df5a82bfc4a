"""Pools, rules, calls, contributions and years: what is done, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from fyrtaarn.areas.models import LocalBody
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.ledger.models import Entry
from fyrtaarn.ledger.movements import owed, round_
from fyrtaarn.ledger.queries import balance_of, totals
from fyrtaarn.listings.models import Listing
from fyrtaarn.pools import actions, queries, rules
from fyrtaarn.pools.actions.calls import CALL_FIELDS
from fyrtaarn.pools.models import ContributionPart, Duty, PartState
from fyrtaarn.pools.notices import followers
from fyrtaarn.pools.reminders import remind_of_contributions
from tests.harness.people import make_department, make_employee, make_user

from .making import CRITERION, POOL, RULES, Pot, make_call, make_pool, make_pot, make_rules, promise

pytestmark = pytest.mark.django_db


def test_a_pool_is_made_with_a_book_and_an_address_of_its_own(kolding: Any) -> None:
    manager: Any = make_employee(kolding, "fund_manager")
    first, second = (actions.make_pool(manager, kolding, POOL) for _time in range(2))
    assert (first.slug, second.slug) == ("puljen-for-social-oekonomi", "puljen-for-social-oekonomi-2")
    assert first.book != second.book
    assert actions.make_pool(manager, kolding, {**POOL, "name": "Ny"}).slug == "ny-2"
    with pytest.raises(Refused):
        actions.make_pool(make_user(), kolding, POOL)  # type: ignore[arg-type]


def test_a_pool_opens_when_its_rules_hold_and_is_found_then(kolding: Any) -> None:
    manager: Any = make_employee(kolding, "fund_manager")
    pool = actions.make_pool(manager, kolding, POOL)
    with pytest.raises(Refused):
        actions.open_pool(manager, pool)
    assert not Listing.objects.filter(kind="fund").exists()
    make_rules(manager, pool)
    actions.open_pool(manager, pool)
    assert Listing.objects.get(kind="fund", ended=None).title == POOL["name"]
    actions.close_pool(manager, pool)
    assert not Listing.objects.filter(kind="fund", ended=None).exists()


def test_rules_are_versions_of_which_one_holds(pot: Pot) -> None:
    first = queries.rules_in_force(pot.pool)
    draft = actions.draft_rules(pot.manager, pot.pool)
    assert first is not None
    assert [one.name for one in draft.criteria.all()] == ["Effekt"]
    with pytest.raises(Refused):
        actions.draft_rules(pot.manager, pot.pool)
    stage = {"name": "Prøve", "name_en": "", "most": 50_000_00, "asked": "", "asked_en": "", "after_earlier": False}
    rows = [CRITERION, {**CRITERION, "name": "Bæredygtighed"}]
    draft = actions.change_rules(pot.manager, draft, {**RULES, "own_share": 20}, rows, [stage], draft.version)
    actions.bring_into_force(pot.manager, draft)
    first.refresh_from_db()
    assert (first.state, first.own_share) == ("replaced", 10)
    in_force = queries.rules_in_force(pot.pool)
    assert in_force is not None
    assert [(one.number, one.name) for one in in_force.criteria.all()] == [(1, "Effekt"), (2, "Bæredygtighed")]
    with pytest.raises(Refused):
        actions.change_rules(pot.manager, in_force, RULES, rows, [], in_force.version)


def test_rules_without_criteria_do_not_come_into_force(pot: Pot) -> None:
    draft = actions.draft_rules(pot.manager, pot.pool)
    draft = actions.change_rules(pot.manager, draft, RULES, [], [], draft.version)
    with pytest.raises(Refused):
        actions.bring_into_force(pot.manager, draft)
    found = queries.rules_in_force(pot.pool)
    assert found is not None
    assert found.number == 1
    actions.discard(pot.manager, draft)
    assert pot.pool.rules.count() == 1


def test_a_call_is_published_with_its_money_and_never_with_more_than_is_free(pot: Pot) -> None:
    pot.pay()
    assert pot.free == 25_000_01
    call = make_call(pot, set_aside=25_000_02)
    with pytest.raises(Refused):
        actions.publish(pot.manager, call)
    call.refresh_from_db()
    assert call.state == "draft"
    call = actions.change_call(pot.manager, call, {**fields_of(call), "set_aside": 20_000_00}, call.version)
    actions.publish(pot.manager, call)
    assert (pot.free, balance_of(pot.pool.book, round_(call.key))) == (5_000_01, 20_000_00)
    assert list(queries.open_calls(pot.municipality)) == [call]


def fields_of(call: Any) -> dict[str, Any]:
    return {name: getattr(call, name) for name in CALL_FIELDS}


def test_a_call_that_is_over_gives_its_money_back(pot: Pot) -> None:
    pot.pay()
    called_off, settled = make_call(pot, set_aside=1_00), make_call(pot, set_aside=2_00, closes=None)
    for call in (called_off, settled):
        actions.publish(pot.manager, call)
    told: Any = make_user("Anna Ansøger")
    followers.append(lambda _call: [told])
    try:
        actions.call_off(pot.manager, called_off, "Pengene skal bruges til andet.")
    finally:
        followers.pop()
    actions.settle(pot.manager, settled)
    assert pot.free == 25_000_01
    assert Notice.objects.get(recipient=told).kind == "pools.called_off"
    with pytest.raises(Refused):
        actions.publish(pot.manager, called_off)


def test_a_call_is_not_over_while_one_can_apply(pot: Pot) -> None:
    call = make_call(pot)
    actions.publish(pot.manager, call)
    with pytest.raises(Refused):
        actions.settle(pot.manager, call)
    with pytest.raises(Refused):
        actions.close_pool(pot.manager, pot.pool)


def test_a_last_day_is_moved_to_a_later_one_alone(pot: Pot) -> None:
    call = make_call(pot)
    actions.publish(pot.manager, call)
    before = call.closes
    assert before is not None
    with pytest.raises(Refused):
        actions.extend(pot.manager, call, before - timedelta(days=1), "Nej.")
    told: Any = make_user()
    followers.append(lambda _call: [told])
    try:
        moved = actions.extend(pot.manager, call, before + timedelta(days=5), "Flere skal have tid.")
    finally:
        followers.pop()
    assert (moved.first_closes, moved.closes) == (before, before + timedelta(days=5))
    assert [step.name for step in steps_of(call)] == ["publish", "extend"]
    assert Notice.objects.get(recipient=told).params["reason"] == "Flere skal have tid."


def test_a_contribution_is_a_percentage_in_quarters(pot: Pot) -> None:
    year = clock.today().year
    given = actions.decide(pot.manager, pot.culture, year, promise(budget=10_000_000_01, percent="0.125"))
    assert given.oere == 12_500_00
    assert [part.oere for part in given.parts.order_by("quarter")] == [3_125_00] * 4
    assert totals(pot.pool.book)["pledged"] == 112_500_01
    with pytest.raises(Refused):
        actions.decide(pot.manager, pot.culture, year, promise(1))
    assert {notice.kind for notice in Notice.objects.filter(recipient=pot.contact)} == {"pools.decided"}


def test_what_is_paid_is_free_and_can_be_taken_back_while_it_is(pot: Pot) -> None:
    part = pot.pay()
    assert (part.state, part.paid, pot.free) == (PartState.PAID, clock.today(), 25_000_01)
    with pytest.raises(Refused):
        actions.note_paid(pot.manager, part, "Bilag 2")
    actions.take_back_payment(pot.manager, part, "Forkert bilag")
    part.refresh_from_db()
    assert (part.state, part.paid, pot.free) == (PartState.DECIDED, None, 0)
    again = pot.pay()
    assert again == part
    actions.publish(pot.manager, make_call(pot, set_aside=25_000_01))
    with pytest.raises(Refused):
        actions.take_back_payment(pot.manager, part, "For sent")


def test_a_contribution_is_corrected_by_reversing_it(pot: Pot) -> None:
    first = pot.given.entry
    held = actions.correct(pot.manager, pot.given, promise(40_00), "Tastefejl")
    assert held.entry != first
    assert hasattr(Entry.objects.get(pk=first.pk), "reversed_by")
    assert [part.oere for part in held.parts.order_by("quarter")] == [10_00] * 4
    assert totals(pot.pool.book)["pledged"] == 40_00
    pot.pay()
    with pytest.raises(Refused):
        actions.correct(pot.manager, held, promise(41_00), "Igen")


def test_who_leaves_within_the_year_pays_no_more(pot: Pot) -> None:
    paid = pot.pay()
    left = pot.given.parts.get(quarter=3).due
    actions.leave(pot.manager, pot.social, left, "Ny organisering")
    states = list(pot.given.parts.order_by("quarter").values_list("state", flat=True))
    assert states == ["paid", "decided", "dropped", "dropped"]
    book = totals(pot.pool.book)
    assert (book["pledged"], book["free"]) == (25_000_00, paid.oere)
    with pytest.raises(Refused):
        actions.decide(pot.manager, pot.social, clock.today().year + 1, promise(1))
    actions.add_contributor(pot.manager, pot.pool, pot.social.department, clock.today())  # type: ignore[arg-type]


def test_only_those_who_belong_feed_a_pool(pot: Pot, koebenhavn: Any) -> None:
    body = LocalBody.objects.create(municipality=pot.municipality, name="Vest", slug="vest", kind="local_committee")
    for other in (pot.social.department, body, make_department(koebenhavn)):
        with pytest.raises(Refused):
            actions.add_contributor(pot.manager, pot.pool, other, clock.today())  # type: ignore[arg-type]
    committees = make_pool(pot.municipality, pot.manager, name="Lokalpuljen", kind="local_bodies")
    assert str(actions.add_contributor(pot.manager, committees, body, clock.today())) == "Vest"


def test_duties_have_days(pot: Pot) -> None:
    held = actions.give_duty(pot.manager, pot.pool, pot.contact, Duty.ASSESSOR, clock.today())
    assert rules.has_duty(pot.contact, pot.pool, Duty.ASSESSOR)
    assert not rules.has_duty(pot.contact, pot.pool, Duty.DECIDER)
    assert list(queries.people_with(pot.pool, Duty.ASSESSOR)) == [pot.contact]
    with pytest.raises(Refused):
        actions.give_duty(pot.manager, pot.pool, pot.contact, Duty.ASSESSOR, clock.today())
    with pytest.raises(Refused):
        actions.give_duty(pot.manager, pot.pool, make_user(), Duty.ASSESSOR, clock.today())  # type: ignore[arg-type]
    actions.end_duty(pot.manager, held, clock.today())
    assert not rules.has_duty(pot.contact, pot.pool, Duty.ASSESSOR)


def lived(municipality: Any, monkeypatch: Any, leftover: str, amounts: tuple[int, ...]) -> Pot:
    """A pool that departments have given to last year; it is today again."""
    today = clock.today()
    monkeypatch.setattr(clock, "today", lambda: date(today.year - 1, 2, 1))
    pot = make_pot(municipality, leftover=leftover)
    actions.correct(pot.manager, pot.given, promise(amounts[0]), "Ret")
    actions.decide(pot.manager, pot.culture, today.year - 1, promise(amounts[1]))
    for part in queries.parts_of_pool(pot.pool).order_by("pk"):
        actions.note_paid(pot.manager, part, "Bilag")
    monkeypatch.setattr(clock, "today", lambda: today)
    return pot


def test_a_leftover_goes_back_to_the_oere(kolding: Any, monkeypatch: Any) -> None:
    pot = lived(kolding, monkeypatch, "returned", (200, 101))
    year = clock.today().year - 1
    assert queries.year_to_close(pot.pool) == year
    actions.publish(pot.manager, make_call(pot, set_aside=201))
    closed = actions.close_year(pot.manager, pot.pool, year)
    assert (closed.free, closed.returned) == (100, 100)
    assert {str(share.contributor): (share.oere, share.extra) for share in closed.shares.all()} == {
        "Socialforvaltningen": (66, False),
        "Kulturforvaltningen": (34, True),
    }
    assert pot.free == 0
    share = closed.shares.get(contributor=pot.social)
    actions.note_returned(pot.manager, share, "Bilag 9")
    assert balance_of(pot.pool.book, owed(pot.social.key)) == 0
    share.refresh_from_db()
    with pytest.raises(Refused):
        actions.note_returned(pot.manager, share, "Bilag 10")
    with pytest.raises(Refused):
        actions.close_year(pot.manager, pot.pool, year)
    with pytest.raises(Refused):
        actions.decide(pot.manager, pot.culture, year, promise(1))
    money = queries.money_of(pot.pool)
    assert sum(money.places.values()) == money.paid_in == 301
    assert {notice.kind for notice in Notice.objects.filter(recipient=pot.contact)} >= {"pools.closed"}


def test_what_has_been_spent_since_is_not_left_though_new_money_has_come(kolding: Any, monkeypatch: Any) -> None:
    pot = lived(kolding, monkeypatch, "returned", (200, 101))
    today = clock.today()
    monkeypatch.setattr(clock, "today", lambda: date(today.year, 1, 1))
    actions.publish(pot.manager, make_call(pot, set_aside=271))
    monkeypatch.setattr(clock, "today", lambda: today)
    actions.decide(pot.manager, pot.culture, today.year, promise(1000))
    for part in queries.parts_of_pool(pot.pool).filter(state="decided").order_by("pk"):
        actions.note_paid(pot.manager, part, "Bilag")
    closed = actions.close_year(pot.manager, pot.pool, today.year - 1)
    assert (closed.free, closed.returned, pot.free) == (30, 30, 1000)


def test_years_closed_late_give_back_each_oere_once(kolding: Any, monkeypatch: Any) -> None:
    today = clock.today()
    monkeypatch.setattr(clock, "today", lambda: date(today.year - 1, 6, 1))
    pot = lived(kolding, monkeypatch, "returned", (200, 101))
    actions.decide(pot.manager, pot.culture, today.year - 1, promise(1000))
    for part in queries.parts_of_pool(pot.pool).filter(state="decided").order_by("pk"):
        actions.note_paid(pot.manager, part, "Bilag")
    monkeypatch.setattr(clock, "today", lambda: today)
    years = (today.year - 2, today.year - 1)
    assert [actions.close_year(pot.manager, pot.pool, year).returned for year in years] == [301, 1000]
    assert pot.free == 0


def test_a_leftover_stays_where_the_rule_says_so(kolding: Any, monkeypatch: Any) -> None:
    pot = lived(kolding, monkeypatch, "carried", (200, 101))
    closed = actions.close_year(pot.manager, pot.pool, clock.today().year - 1)
    assert (closed.free, closed.returned, pot.free) == (301, 0, 301)
    assert not closed.shares.exists()
    with pytest.raises(Refused):
        actions.close_year(pot.manager, pot.pool, clock.today().year)


def test_contributors_are_reminded_once_before_and_once_after(pot: Pot) -> None:
    today = clock.today()
    ContributionPart.objects.exclude(pk=pot.part.pk).delete()
    actions.move_due(pot.manager, pot.part, today + timedelta(days=3))
    assert [remind_of_contributions() for _time in range(2)] == [1, 0]
    actions.move_due(pot.manager, pot.part, today - timedelta(days=1))
    assert [remind_of_contributions() for _time in range(2)] == [2, 0]
    assert Notice.objects.get(recipient=pot.manager).kind == "pools.late"
