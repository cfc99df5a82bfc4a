"""The lines of an entry in double-entry bookkeeping, and what hinders one from being posted."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

A = TypeVar("A", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Line(Generic[A]):
    """So many øre on the debit or the credit side of an account."""

    account: A
    debit: int = 0
    credit: int = 0


class Fault(Enum):
    """Why lines cannot be an entry."""

    TOO_FEW = "an entry has two lines or more"
    ONE_SIDE = "a line has an amount above zero on one side, and nothing on the other"
    TWICE = "an account stands in an entry once"
    UNBALANCED = "what is debited is what is credited"


def fault_of(lines: Sequence[Line[A]]) -> Fault | None:
    """Why the lines may not be posted; None when they may."""
    if len(lines) < 2:
        return Fault.TOO_FEW
    if any(min(line.debit, line.credit) != 0 or max(line.debit, line.credit) <= 0 for line in lines):
        return Fault.ONE_SIDE
    if len({line.account for line in lines}) < len(lines):
        return Fault.TWICE
    if sum(line.debit - line.credit for line in lines) != 0:
        return Fault.UNBALANCED
    return None


def turned_round(lines: Sequence[Line[A]]) -> list[Line[A]]:
    """What takes the lines back: each on its other side."""
    return [Line(line.account, debit=line.credit, credit=line.debit) for line in lines]
