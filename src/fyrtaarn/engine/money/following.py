"""The way of money that cannot be told apart, by the convention that what came first goes first."""

from collections import deque
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

H = TypeVar("H", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Move(Generic[H]):
    """So many øre from one holder to another. `comes_in`: they are new, and `number` names them from then on.

    `of`: what is taken first is money of that number, because the move puts right how it came in.
    """

    number: int
    source: H
    target: H
    oere: int
    comes_in: bool = False
    of: int | None = None


class Piece(NamedTuple):
    """Øre of what came in with one move."""

    origin: int
    oere: int


@dataclass(frozen=True, slots=True)
class Way(Generic[H]):
    """Which money each move moved, in their order, and which each holder has in the end."""

    moved: tuple[tuple[Move[H], tuple[Piece, ...]], ...]
    held: dict[H, tuple[Piece, ...]]


def follow(moves: Iterable[Move[H]]) -> Way[H]:
    """Follow each øre from holder to holder: each gives what it has had longest, first in, first out.

    Money in a pool is not marked, so this is a convention (see docs/decisions/0022); by it every øre is with exactly
    one holder, and what a move moved is never changed by what comes later. Raises ValueError where a holder has less
    than is taken, and for amounts that are not above zero.
    """
    held: dict[H, deque[Piece]] = {}
    moved = []
    for move in moves:
        if move.oere <= 0:
            raise ValueError("a move moves something")
        taken = [Piece(move.number, move.oere)] if move.comes_in else _take(held.get(move.source, deque()), move)
        held.setdefault(move.target, deque()).extend(taken)
        moved.append((move, tuple(taken)))
    return Way(tuple(moved), {holder: tuple(pieces) for holder, pieces in held.items() if pieces})


def _take(pieces: deque[Piece], move: Move[H]) -> list[Piece]:
    """Take the oldest pieces away, those of the origin that the move puts right before all others."""
    taken, wanted = [], move.oere
    if move.of is not None:
        own = [piece for piece in pieces if piece.origin == move.of]
        rest = [piece for piece in pieces if piece.origin != move.of]
        pieces.clear()
        pieces.extend([*own, *rest])
    while wanted and pieces:
        first = pieces.popleft()
        part = min(first.oere, wanted)
        taken.append(Piece(first.origin, part))
        wanted -= part
        if part < first.oere:
            pieces.appendleft(Piece(first.origin, first.oere - part))
    if wanted:
        raise ValueError("nobody gives more than there is")
    return taken
