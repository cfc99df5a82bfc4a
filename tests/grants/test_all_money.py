"""Every operation on money, in whatever order, over pools and years and by many at once: the books know every øre."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count, cycle
from random import Random
from typing import Any

import pytest
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.clock import COPENHAGEN
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.grants.actions import changes, grants, instalments
from fyrtaarn.grants.models import Demand, Grant, Instalment
from fyrtaarn.ledger.proving import faults_in_books
from fyrtaarn.ledger.queries import totals
from fyrtaarn.people.models import Role
from fyrtaarn.pools import actions as pools
from fyrtaarn.pools.models import Call, ContributionPart, Contributor, LeftoverShare
from fyrtaarn.pools.queries import year_to_close
from tests.harness.people import make_department, make_organisation, make_user
from tests.harness.races import at_once
from tests.pools.making import Pot, make_call, make_pot, promise

from .conftest import THOUSAND, Funding, give, make_aid_values

WHICH, PICK, OERE = st.integers(0, 1), st.integers(0, 50), st.integers(1, 40 * THOUSAND)
CVR = count(10_000_000)
BEGIN = datetime(2024, 1, 2, 9, tzinfo=COPENHAGEN)


@dataclass
class Purse:
    """A pool, the organisation that it gives to, and what people may do with its money. Whatever is refused is refused."""

    pot: Pot
    owner: Any
    organisation: Any
    names: Iterator[int] = field(default_factory=count)

    @property
    def manager(self) -> Any:
        return self.pot.manager

    def of(self, rows: Any, pick: int) -> Any:
        """One of the rows, or None where there are none."""
        found = list(rows.order_by("pk"))
        return found[pick % len(found)] if found else None

    @property
    def parts(self) -> Any:
        return ContributionPart.objects.filter(contribution__contributor__pool=self.pot.pool)

    @property
    def instalments(self) -> Any:
        return Instalment.objects.filter(grant__pool=self.pot.pool)

    @property
    def demands(self) -> Any:
        return Demand.objects.filter(grant__pool=self.pot.pool)

    def join(self, pick: int, oere: int) -> None:
        department: Any = make_department(self.pot.municipality, f"Forvaltning {next(self.names)}")
        giver = pools.add_contributor(self.manager, self.pot.pool, department, clock.today())
        pools.decide(self.manager, giver, clock.today().year, promise(oere))

    def decide(self, pick: int, oere: int) -> None:
        giver = self.of(Contributor.objects.filter(pool=self.pot.pool), pick)
        pools.decide(self.manager, giver, clock.today().year, promise(oere))

    def leave(self, pick: int, oere: int) -> None:
        giver = self.of(Contributor.objects.filter(pool=self.pot.pool, left=None), pick)
        if giver:
            pools.leave(self.manager, giver, clock.today(), "Sammenlagt.")

    def pay_in(self, pick: int, oere: int) -> None:
        if part := self.of(self.parts.filter(state="decided"), pick):
            pools.note_paid(self.manager, part, "Bilag")

    def was_not_paid_in(self, pick: int, oere: int) -> None:
        if part := self.of(self.parts.filter(state="paid"), pick):
            pools.take_back_payment(self.manager, part, "Fejl.")

    def call(self, pick: int, oere: int) -> None:
        call = make_call(self.pot, set_aside=oere, closes=clock.today() + timedelta(days=pick))
        pools.publish(self.manager, call)

    def settle_call(self, pick: int, oere: int) -> None:
        if call := self.of(Call.objects.filter(pool=self.pot.pool, state="published"), pick):
            pools.settle(self.manager, call)

    def grant(self, pick: int, oere: int) -> None:
        call = self.of(Call.objects.filter(pool=self.pot.pool).exclude(state="draft"), pick)
        if call:
            funding = Funding(self.pot.municipality, self.manager, self.pot.pool, call)
            give(funding, self.organisation, self.owner, oere)

    def ask(self, pick: int, oere: int) -> None:
        if one := self.of(self.instalments.filter(state="planned"), pick):
            instalments.ask(self.owner, one, "Det er gjort.")

    def approve(self, pick: int, oere: int) -> None:
        if one := self.of(self.instalments.filter(state__in=("planned", "asked")), pick):
            instalments.approve(self.manager, one)

    def take_approval_back(self, pick: int, oere: int) -> None:
        if one := self.of(self.instalments.filter(state="approved"), pick):
            instalments.take_back(self.manager, one, "Vent.")

    def pay_out(self, pick: int, oere: int) -> None:
        if one := self.of(self.instalments.filter(state="approved"), pick):
            instalments.note_paid(self.manager, one, clock.today(), "U")

    def payment_fails(self, pick: int, oere: int) -> None:
        if one := self.of(self.instalments.filter(state="paid"), pick):
            instalments.note_failed(self.manager, one, "Ukendt konto.")

    def drop(self, pick: int, oere: int) -> None:
        if one := self.of(self.instalments.filter(state="planned"), pick):
            instalments.drop(self.manager, one, "Ikke mere.")

    def demand(self, pick: int, oere: int) -> None:
        if one := self.of(Grant.objects.filter(pool=self.pot.pool), pick):
            changes.demand(self.manager, one, oere, "Ikke brugt.", clock.today())

    def demand_paid(self, pick: int, oere: int) -> None:
        if one := self.of(self.demands.filter(state="asked"), pick):
            changes.note_demand_paid(self.manager, one, clock.today(), "I")

    def waive(self, pick: int, oere: int) -> None:
        if one := self.of(self.demands.filter(state="asked"), pick):
            changes.waive(self.manager, one, "Lukket.")

    def end(self, pick: int, oere: int) -> None:
        if one := self.of(Grant.objects.filter(pool=self.pot.pool, state="active"), pick):
            grants.end_early(self.manager, one, "Stoppet.")

    def close_year(self, pick: int, oere: int) -> None:
        if year := year_to_close(self.pot.pool):
            pools.close_year(self.manager, self.pot.pool, year)

    def give_back(self, pick: int, oere: int) -> None:
        shares = LeftoverShare.objects.filter(closed_year__pool=self.pot.pool, paid=None)
        if share := self.of(shares, pick):
            pools.note_returned(self.manager, share, "Bilag")

    def now(self) -> dict[str, int]:
        return totals(self.pot.pool.book)

    def reckoned(self) -> dict[str, int]:
        """What the accounts should have, from the rows that people see, øre."""
        returned = _sum(LeftoverShare.objects.filter(closed_year__pool=self.pot.pool).exclude(paid=None))
        owed = _sum(LeftoverShare.objects.filter(closed_year__pool=self.pot.pool, paid=None))
        paid_in, paid_out = _sum(self.parts.filter(state="paid")), _sum(self.instalments.filter(state="paid"))
        payable = _sum(self.instalments.filter(state="approved"))
        running = self.instalments.filter(grant__state="active", state__in=("approved", "paid"))
        committed = _sum(Grant.objects.filter(pool=self.pot.pool, state="active")) - _sum(running)
        cash = paid_in - paid_out + _sum(self.demands.filter(state="paid")) - returned
        return {
            "pledged": _sum(self.parts.filter(state="decided")),
            "receivable": _sum(self.parts.filter(state="decided")),
            "cash": cash,
            "payable": payable,
            "grant": committed,
            "owed": owed,
            "claim": _sum(self.demands.filter(state="asked")),
            "free and round": cash - payable - committed - owed,
        }

    def assert_every_oere_is_known(self) -> None:
        books, rows = self.now(), self.reckoned()
        assert {**books, "free and round": books["free"] + books["round"]}.items() >= rows.items()
        assert min(books.values()) >= 0


def _sum(rows: Any) -> int:
    return rows.aggregate(sum=Sum("oere"))["sum"] or 0


OPERATIONS: tuple[Callable[[Purse, int, int], None], ...] = (
    Purse.join, Purse.decide, Purse.leave, Purse.pay_in, Purse.was_not_paid_in, Purse.call, Purse.settle_call, Purse.grant,
    Purse.ask, Purse.approve, Purse.take_approval_back, Purse.pay_out, Purse.payment_fails, Purse.drop, Purse.demand,
    Purse.demand_paid, Purse.waive, Purse.end, Purse.close_year, Purse.give_back,
)  # fmt: skip


def make_purses(*municipalities: Any) -> list[Purse]:
    """A pool in each, of which every other gives back what is left."""
    rules = cycle(("returned", "carried"))
    return [make_purse(place, leftover=rule) for place, rule in zip(municipalities, rules, strict=False)]


def make_purse(municipality: Any, **changed: Any) -> Purse:
    """A pool with a quarter paid in and an open call, and an organisation of its own."""
    cvr = str(next(CVR))
    pot = make_pot(municipality, **changed)
    Role.objects.filter(user=pot.manager).update(starts=date(2000, 1, 1))
    make_aid_values()
    owner: Any = make_user(f"Ida {cvr}")
    purse = Purse(pot, owner, make_organisation(municipality, f"Hus {cvr}", owner=owner, cvr=cvr))
    pot.pay()
    purse.call(30, 0)
    return purse


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the clock; it begins a good while ago."""

    def is_now(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    is_now(BEGIN)
    return is_now


@pytest.mark.timeout(900)
@pytest.mark.django_db
def test_any_order_over_pools_and_years_leaves_every_oere_known(
    kolding: Any, koebenhavn: Any, time: Callable[[datetime], None]
) -> None:
    done: set[str] = set()
    present = timezone.now()

    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.moment = BEGIN
            time(self.moment)
            self.purses = make_purses(kolding, koebenhavn)
            self.past: dict[tuple[int, date], dict[str, int]] = {}

        @rule(which=WHICH, operation=st.sampled_from(OPERATIONS), pick=PICK, oere=OERE)
        def any_operation(self, which: int, operation: Any, pick: int, oere: int) -> None:
            self.do(which, operation, pick, oere)

        @rule(which=WHICH, pick=PICK, oere=OERE)
        def a_whole_grant(self, which: int, pick: int, oere: int) -> None:
            for operation in (Purse.pay_in, Purse.grant, Purse.approve, Purse.pay_out, Purse.demand, Purse.demand_paid):
                self.do(which, operation, pick, oere)

        def do(self, which: int, operation: Any, pick: int, oere: int) -> None:
            with suppress(Refused):
                before = self.purses[which].now()
                operation(self.purses[which], pick, oere)
                if self.purses[which].now() != before:
                    done.add(operation.__name__)

        @rule(days=st.sampled_from((1, 40, 200)))
        def time_passes(self, days: int) -> None:
            self.moment = min(self.moment + timedelta(days=days), present)
            time(self.moment)

        @invariant()
        def every_oere_is_known(self) -> None:
            for number, purse in enumerate(self.purses):
                purse.assert_every_oere_is_known()
                self.past[number, clock.today()] = purse.now()

        def teardown(self) -> None:
            for (number, day), then in self.past.items():
                assert totals(self.purses[number].pot.pool.book, day) == then
            assert list(faults_in_books()) == []

    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=15, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )  # type: ignore[no-untyped-call]
    assert done >= {"decide", "pay_in", "call", "grant", "approve", "pay_out", "demand", "demand_paid"}


@pytest.mark.timeout(600)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(3))
def test_eight_at_once_leave_every_oere_known(
    kolding: Any, koebenhavn: Any, time: Callable[[datetime], None], seed: int
) -> None:
    purses = make_purses(kolding, koebenhavn)
    time(BEGIN + timedelta(days=400))  # the first year is over, and may be closed

    def work(thread: int) -> int:
        chance, done = Random(f"{seed}-{thread}"), 0
        for _turn in range(25):
            operation, purse = chance.choice(OPERATIONS), chance.choice(purses)
            with suppress(Refused):
                operation(purse, chance.randrange(50), chance.randrange(1, 40 * THOUSAND))
                done += 1
        return done

    outcomes = at_once(*(lambda thread=thread: work(thread) for thread in range(8)))  # type: ignore[misc]
    assert [outcome for outcome in outcomes if not isinstance(outcome, int)] == []
    for purse in purses:
        purse.assert_every_oere_is_known()
    assert list(faults_in_books()) == []
