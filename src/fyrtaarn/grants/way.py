"""The way of a contributor's money: from the day it came in, through calls and grants, to the receipts.

Money in a pool is not marked. By the convention of decision 0022 what came in first goes out first, in every account.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fyrtaarn.engine.money import Move, Way, follow
from fyrtaarn.ledger.models import AccountKind, Book, Entry, Posting
from fyrtaarn.ledger.queries import with_amount


class Holder(NamedTuple):
    """Who has money: an account of the book, or a contributor or recipient outside it."""

    kind: str
    key: str = ""


CONTRIBUTOR, RECIPIENT = "contributor", "recipient"
HOLDING = (AccountKind.FREE, AccountKind.ROUND, AccountKind.GRANT, AccountKind.PAYABLE, AccountKind.OWED)
"""The accounts that say what the money in the pool is for: together they are what is in it."""
PLACES: dict[str, str | Promise] = {
    AccountKind.FREE: _("Free to grant"),
    AccountKind.ROUND: _("Set aside for calls"),
    AccountKind.GRANT: _("Granted"),
    AccountKind.PAYABLE: _("Approved for payment"),
    RECIPIENT: _("Paid out"),
    AccountKind.OWED: _("To be returned"),
    CONTRIBUTOR: _("Returned or taken back"),
}


@dataclass(frozen=True)
class Leg:
    """One entry in which some of the money moved: øre of it, and where it went."""

    entry: Entry
    oere: int
    target: Holder


@dataclass(frozen=True)
class Origin:
    """Money that came in with one entry: where it is now (øre by kind of holder), and its way there."""

    entry: Entry
    contributor: str
    oere: int
    now: dict[str, int]
    legs: list[Leg]


def origins_of(book: Book) -> list[Origin]:
    """All that has come in from contributors, the oldest first, with its way."""
    entries = {entry.number: entry for entry in with_amount(book.entries.all()).order_by("number")}
    postings = (
        Posting.objects.filter(entry__book=book)
        .select_related("account", "entry__reverses")
        .order_by("entry__number", "pk")
    )
    rows, givers = list(postings), {}
    for posting in rows:
        if posting.account.kind == AccountKind.RECEIVABLE:
            givers[posting.account.key] = posting.account.label or posting.account.key
    way = follow(moves_of(rows))
    return list(_origins(way, entries, givers))


def moves_of(postings: Iterable[Posting]) -> Iterator[Move[Holder]]:
    """What each entry moves between holders; `postings` in the order in which they were posted."""
    for number, lines in groupby(postings, lambda posting: posting.entry.number):
        yield from _moves(number, list(lines))


def _moves(number: int, lines: list[Posting]) -> Iterator[Move[Holder]]:
    outside = _outside(lines)
    gives: list[tuple[Holder, int]] = []
    gets: list[tuple[Holder, int]] = []
    for line in lines:
        kind, key = line.account.kind, line.account.key
        if kind == AccountKind.CASH or kind in HOLDING:
            holder = outside if kind == AccountKind.CASH else Holder(kind, key)
            (gives if line.debit else gets).append((holder, line.debit or line.credit))
    reversed_ = lines[0].entry.reverses
    while gives and gets:
        (source, has), (target, wants) = gives.pop(0), gets.pop(0)
        oere = min(has, wants)
        comes_in = source.kind == CONTRIBUTOR and target.kind == AccountKind.FREE
        puts_right = target.kind == CONTRIBUTOR and reversed_ is not None
        yield Move(number, source, target, oere, comes_in, reversed_.number if puts_right and reversed_ else None)
        if has > oere:
            gives.insert(0, (source, has - oere))
        if wants > oere:
            gets.insert(0, (target, wants - oere))


def _outside(lines: Iterable[Posting]) -> Holder:
    """Who gives or gets where an entry moves money into the pool or out of it."""
    for line in lines:
        if line.account.kind in (AccountKind.RECEIVABLE, AccountKind.OWED):
            return Holder(CONTRIBUTOR, line.account.key)
    for line in lines:
        if line.account.kind in (AccountKind.CLAIM, AccountKind.PAYABLE):
            return Holder(RECIPIENT, line.account.key)
    return Holder(RECIPIENT)


def _origins(way: Way[Holder], entries: dict[int, Entry], givers: dict[str, str]) -> Iterator[Origin]:
    legs: dict[int, list[Leg]] = defaultdict(list)
    for move, pieces in way.moved:
        found: dict[int, int] = defaultdict(int)
        for piece in pieces:
            found[piece.origin] += piece.oere
        for origin, oere in found.items():
            legs[origin].append(Leg(entries[move.number], oere, move.target))
    now: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for holder, pieces in way.held.items():
        for piece in pieces:
            now[piece.origin][holder.kind] += piece.oere
    for move, _pieces in way.moved:
        if move.comes_in:
            giver = givers.get(move.source.key, move.source.key)
            yield Origin(entries[move.number], giver, move.oere, dict(now[move.number]), legs[move.number])
