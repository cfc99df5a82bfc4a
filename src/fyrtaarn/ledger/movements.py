"""The standard movements of a pool's money, as lines. Amounts are øre above zero; nothing here reads or writes.

A contributor, a round, a grant and a recipient are named by the keys of their accounts ("department-7", "grant-12").
Money is free to grant when it has been paid in, and not before. See docs/decisions/0020.
"""

from collections.abc import Mapping
from typing import NamedTuple

from fyrtaarn.engine.money import Line

from .models import AccountKind


class Place(NamedTuple):
    """Where an account stands in its book."""

    kind: AccountKind
    key: str = ""


Lines = list[Line[Place]]

CASH, PLEDGED = Place(AccountKind.CASH), Place(AccountKind.PLEDGED)
FREE, CLAIMED = Place(AccountKind.FREE), Place(AccountKind.CLAIMED)
SINGLE = (CASH, PLEDGED, FREE, CLAIMED)
"""The accounts that every book has once."""


def receivable(contributor: str) -> Place:
    return Place(AccountKind.RECEIVABLE, contributor)


def owed(contributor: str) -> Place:
    return Place(AccountKind.OWED, contributor)


def round_(key: str) -> Place:
    return Place(AccountKind.ROUND, key)


def grant(key: str) -> Place:
    return Place(AccountKind.GRANT, key)


def payable(recipient: str) -> Place:
    return Place(AccountKind.PAYABLE, recipient)


def claim(recipient: str) -> Place:
    return Place(AccountKind.CLAIM, recipient)


def contribution_decided(contributor: str, amount: int) -> Lines:
    """Somebody has decided to give: it is owed to the pool, and not free yet."""
    return _move(receivable(contributor), PLEDGED, amount)


def contribution_dropped(contributor: str, amount: int) -> Lines:
    """What was decided, and has not been paid in, will not come."""
    return _move(PLEDGED, receivable(contributor), amount)


def contribution_paid(contributor: str, amount: int) -> Lines:
    """Decided money has come in, and is free to grant."""
    return [*_move(CASH, receivable(contributor), amount), *_move(PLEDGED, FREE, amount)]


def set_aside(round_key: str, amount: int) -> Lines:
    """Free money is kept for a round."""
    return _move(FREE, round_(round_key), amount)


def released(round_key: str, amount: int) -> Lines:
    """What a round does not need is free again."""
    return _move(round_(round_key), FREE, amount)


def granted(grant_key: str, amount: int, *, round_key: str | None = None) -> Lines:
    """A grant is decided: committed of the round's money, or of the free money where there is no round."""
    return _move(FREE if round_key is None else round_(round_key), grant(grant_key), amount)


def approved(grant_key: str, recipient: str, amount: int) -> Lines:
    """An instalment may be paid: its conditions are met."""
    return _move(grant(grant_key), payable(recipient), amount)


def approval_withdrawn(grant_key: str, recipient: str, amount: int) -> Lines:
    """An instalment that has not been paid shall not be paid after all; it is committed still."""
    return _move(payable(recipient), grant(grant_key), amount)


def paid_out(recipient: str, amount: int) -> Lines:
    """An approved instalment has left the pool."""
    return _move(payable(recipient), CASH, amount)


def payment_failed(recipient: str, amount: int) -> Lines:
    """A payment has come back: it is to be paid still."""
    return _move(CASH, payable(recipient), amount)


def claimed(recipient: str, amount: int) -> Lines:
    """A recipient shall pay back; it is not free before it has come."""
    return _move(claim(recipient), CLAIMED, amount)


def claim_paid(recipient: str, amount: int) -> Lines:
    """Money that was claimed has come back, and is free to grant."""
    return [*_move(CASH, claim(recipient), amount), *_move(CLAIMED, FREE, amount)]


def claim_waived(recipient: str, amount: int) -> Lines:
    """Money that was claimed will not come."""
    return _move(CLAIMED, claim(recipient), amount)


def grant_closed(grant_key: str, amount: int) -> Lines:
    """What a closed grant did not use is free again."""
    return _move(grant(grant_key), FREE, amount)


def leftover_owed(by_contributor: Mapping[str, int]) -> Lines:
    """Free money shall go back to those who gave it: øre by contributor, of whom those with nothing are passed over."""
    parts = {key: amount for key, amount in by_contributor.items() if amount}
    back = [Line(owed(key), credit=amount) for key, amount in parts.items()]
    return [Line(FREE, debit=sum(parts.values())), *back]


def leftover_kept(contributor: str, amount: int) -> Lines:
    """What should have gone back stays in the pool after all."""
    return _move(owed(contributor), FREE, amount)


def leftover_paid(contributor: str, amount: int) -> Lines:
    """A contributor has got her part back."""
    return _move(owed(contributor), CASH, amount)


def _move(debited: Place, credited: Place, amount: int) -> Lines:
    return [Line(debited, debit=amount), Line(credited, credit=amount)]
