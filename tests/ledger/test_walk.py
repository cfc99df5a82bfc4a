"""Whatever moves in whatever order, over books and years: nothing overspends, and every past day can be had again."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from fyrtaarn.engine.money import shares
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.ledger import actions, movements, queries
from fyrtaarn.ledger.models import DEBIT_KINDS, Book, Entry, Reason
from fyrtaarn.ledger.movements import FREE, Lines, Place
from fyrtaarn.ledger.proving import faults_in_books
from fyrtaarn.ledger.rules import NotEnough
from tests.harness.races import at_once

from .pool import make_book

GIVERS = st.sampled_from(("social", "culture"))
OERE = st.integers(1, 500_00)
MOVES: dict[Reason, Callable[[str, int], Lines]] = {
    Reason.CONTRIBUTION_DECIDED: movements.contribution_decided,
    Reason.CONTRIBUTION_PAID: movements.contribution_paid,
    Reason.CONTRIBUTION_DROPPED: movements.contribution_dropped,
    Reason.SET_ASIDE: lambda _giver, amount: movements.set_aside("spring", amount),
    Reason.RELEASED: lambda _giver, amount: movements.released("spring", amount),
    Reason.GRANTED: lambda giver, amount: movements.granted(
        "workshop", amount, round_key="spring" if giver == "social" else None
    ),
    Reason.APPROVED: lambda _giver, amount: movements.approved("workshop", "recipient", amount),
    Reason.APPROVAL_WITHDRAWN: lambda _giver, amount: movements.approval_withdrawn("workshop", "recipient", amount),
    Reason.PAID_OUT: lambda _giver, amount: movements.paid_out("recipient", amount),
    Reason.PAYMENT_FAILED: lambda _giver, amount: movements.payment_failed("recipient", amount),
    Reason.CLAIMED: lambda _giver, amount: movements.claimed("recipient", amount),
    Reason.CLAIM_PAID: lambda _giver, amount: movements.claim_paid("recipient", amount),
    Reason.CLAIM_WAIVED: lambda _giver, amount: movements.claim_waived("recipient", amount),
    Reason.GRANT_CLOSED: lambda _giver, amount: movements.grant_closed("workshop", amount),
    Reason.LEFTOVER_OWED: lambda _giver, amount: movements.leftover_owed({"social": amount, "culture": 1}),
    Reason.LEFTOVER_KEPT: movements.leftover_kept,
    Reason.LEFTOVER_PAID: movements.leftover_paid,
}
Balances = dict[Place, int]


def after(before: Balances, lines: Lines) -> Balances:
    """The balances as an accountant would reckon them by hand."""
    now = Counter(before)
    for line in lines:
        grown = line.debit - line.credit
        now[line.account] += grown if line.account.kind in DEBIT_KINDS else -grown
    return dict(now)


@pytest.mark.timeout(900)
@pytest.mark.django_db
def test_any_walk_keeps_the_books(kolding: Any, koebenhavn: Any, recipient: Any, manager: Any) -> None:
    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.books = [make_book(place, recipient) for place in (kolding, koebenhavn)]
            self.day = clock.today() - timedelta(days=3 * 365)
            self.now: dict[int, Balances] = {book.pk: queries.balances(book) for book in self.books}
            self.past: dict[int, dict[date, Balances]] = defaultdict(dict)
            self.keys: dict[Any, tuple[Book, Reason, Lines, Entry]] = {}

        def move(self, book: Book, reason: Reason, lines: Lines) -> None:
            wanted, key = after(self.now[book.pk], lines), uuid4()
            if min(wanted.values()) < 0:
                with pytest.raises(NotEnough):
                    actions.post(book, lines, reason=reason, text="Prøve", by=None, day=self.day)
                return
            entry = actions.post(book, lines, reason=reason, text="Prøve", by=None, day=self.day, key=key)
            self.keys[key] = (book, reason, lines, entry)
            self.now[book.pk] = self.past[book.pk][self.day] = wanted

        @rule(place=st.integers(0, 1), giver=GIVERS, amount=OERE, reason=st.sampled_from(list(MOVES)))
        def any_move(self, place: int, giver: str, amount: int, reason: Reason) -> None:
            self.move(self.books[place], reason, MOVES[reason](giver, amount))

        @rule(place=st.integers(0, 1), giver=GIVERS, amount=st.integers(200_00, 2000_00))
        def fund(self, place: int, giver: str, amount: int) -> None:
            for reason in (Reason.CONTRIBUTION_DECIDED, Reason.CONTRIBUTION_PAID):
                self.move(self.books[place], reason, MOVES[reason](giver, amount))

        @rule(place=st.integers(0, 1), share=st.integers(1, 100))
        def grant_and_pay_of_what_is_free(self, place: int, share: int) -> None:
            book = self.books[place]
            amount = self.now[book.pk][FREE] * share // 100
            if amount:
                self.move(book, Reason.GRANTED, movements.granted("workshop", amount))
                self.move(book, Reason.APPROVED, movements.approved("workshop", "recipient", amount))
                self.move(book, Reason.PAID_OUT, movements.paid_out("recipient", amount))

        @rule(place=st.integers(0, 1), given=st.tuples(st.integers(0, 9), st.integers(1, 9)))
        def return_what_is_left(self, place: int, given: tuple[int, int]) -> None:
            book = self.books[place]
            if self.now[book.pk][FREE]:
                parts = [share.amount for share in shares(self.now[book.pk][FREE], given)]
                back = movements.leftover_owed(dict(zip(("social", "culture"), parts, strict=True)))
                self.move(book, Reason.LEFTOVER_OWED, back)
                assert queries.balance_of(book, FREE) == 0

        @precondition(lambda self: self.keys)
        @rule(chosen=st.integers(0, 10**6), why=st.sampled_from(("", "Fejl")))
        def send_again_or_take_back(self, chosen: int, why: str) -> None:
            key = list(self.keys)[chosen % len(self.keys)]
            book, reason, lines, entry = self.keys[key]
            if not why:
                again = actions.post(book, lines, reason=reason, text="Igen", by=None, day=self.day, key=key)
                assert again.pk == entry.pk
                return
            before = self.now[book.pk]
            try:
                back = actions.reverse(entry, why=why, by=None)
            except Refused:
                assert queries.balances(book) == before
                return
            turned = [type(line)(line.account, line.credit, line.debit) for line in lines]
            self.day = back.day
            self.now[book.pk] = self.past[book.pk][back.day] = after(before, turned)
            assert min(self.now[book.pk].values()) >= 0

        @rule(days=st.sampled_from((1, 30, 365)), closing=st.booleans())
        def time_passes(self, days: int, closing: bool) -> None:
            ended, self.day = self.day, min(self.day + timedelta(days=days), clock.today())
            if closing and ended < self.day:
                actions.close_through(self.books[0], ended, by=manager)

        @invariant()
        def all_is_as_reckoned(self) -> None:
            for book in self.books:
                assert queries.balances(book) == self.now[book.pk]
            assert list(faults_in_books()) == []

        def teardown(self) -> None:
            for book in self.books:
                for day, then in self.past[book.pk].items():
                    assert queries.balances(book, day) == then
                    assert queries.balances(book, day)[FREE] == queries.totals(book, day)["free"]

    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Walk,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.timeout(300)
@pytest.mark.django_db(transaction=True)
def test_eight_at_once_spend_what_there_is_and_no_more(kolding: Any, koebenhavn: Any, recipient: Any) -> None:
    books = [make_book(place, recipient) for place in (kolding, koebenhavn)]
    for book in books:
        for reason in (Reason.CONTRIBUTION_DECIDED, Reason.CONTRIBUTION_PAID):
            actions.post(book, MOVES[reason]("social", 100), reason=reason, text="Bidrag", by=None)
    key = uuid4()

    def spend(number: int) -> list[Entry]:
        """In both books, ten times seven øre of the hundred; and one that all eight send."""
        posted = []
        for turn in range(20):
            book, lines = books[(number + turn) % 2], movements.granted("workshop", 7)
            try:
                posted.append(actions.post(book, lines, reason=Reason.GRANTED, text="Tilskud", by=None))
            except NotEnough:
                continue
        decided = movements.contribution_decided("culture", 3)
        actions.post(books[0], decided, reason=Reason.CONTRIBUTION_DECIDED, text="Den samme", by=None, key=key)
        return posted

    outcomes = at_once(*(lambda number=number: spend(number) for number in range(8)))  # type: ignore[misc]
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert sum(len(outcome) for outcome in outcomes) == 28
    for book in books:
        assert (queries.balance_of(book, FREE), queries.balance_of(book, movements.grant("workshop"))) == (2, 98)
    assert queries.balance_of(books[0], movements.receivable("culture")) == 3
    assert list(faults_in_books()) == []
