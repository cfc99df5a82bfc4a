"""Every øre of each pay-out is attributed exactly once, first in, first out, and later moves change nothing of it."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.engine.money import Move, Piece, Way, follow

HOLDERS = ("free", "call", "grant", "payable", "recipient")
WISHES = st.lists(
    st.tuples(st.booleans(), st.sampled_from(HOLDERS), st.sampled_from(HOLDERS), st.integers(1, 50)), max_size=40
)


def possible(wishes: Sequence[tuple[bool, str, str, int]]) -> list[Move[str]]:
    """The wishes as moves that no holder lacks money for."""
    balance: Counter[str] = Counter()
    moves = []
    for number, (comes_in, source, target, oere) in enumerate(wishes, start=1):
        if not comes_in and balance[source] < oere:
            continue
        if not comes_in:
            balance[source] -= oere
        balance[target] += oere
        moves.append(Move(number, "outside" if comes_in else source, target, oere, comes_in=comes_in))
    return moves


def sums(pieces: Sequence[Piece]) -> Counter[int]:
    found: Counter[int] = Counter()
    for piece in pieces:
        found[piece.origin] += piece.oere
    return found


@given(WISHES)
def test_each_move_is_made_up_of_what_came_in_and_every_ore_is_in_one_place(
    wishes: Sequence[tuple[bool, str, str, int]],
) -> None:
    moves = possible(wishes)
    way = follow(moves)
    assert [move for move, _pieces in way.moved] == moves
    for move, pieces in way.moved:
        assert sum(piece.oere for piece in pieces) == move.oere
        assert all(piece.oere > 0 for piece in pieces)
    came_in = Counter({move.number: move.oere for move in moves if move.comes_in})
    assert sums([piece for pieces in way.held.values() for piece in pieces]) == came_in


@given(WISHES)
def test_what_was_said_of_a_move_is_not_changed_by_later_ones(wishes: Sequence[tuple[bool, str, str, int]]) -> None:
    moves = possible(wishes)
    whole = follow(moves)
    for length in range(len(moves)):
        assert follow(moves[:length]).moved == whole.moved[:length]


@given(WISHES)
def test_a_holder_gives_what_it_has_had_longest(wishes: Sequence[tuple[bool, str, str, int]]) -> None:
    """Øre by øre: what each holder gives, and has in the end, is what it got, in the order in which it got it."""
    way = follow(possible(wishes))
    for holder in HOLDERS:
        if any(move.source == move.target == holder for move, _pieces in way.moved):
            continue
        got = [one for move, pieces in way.moved if move.target == holder for one in ore_by_ore(pieces)]
        gave = [one for move, pieces in way.moved if move.source == holder for one in ore_by_ore(pieces)]
        assert got == gave + ore_by_ore(way.held.get(holder, ()))


def ore_by_ore(pieces: Sequence[Piece]) -> list[int]:
    return [piece.origin for piece in pieces for _ore in range(piece.oere)]


def test_a_krone_from_a_contributor_to_two_recipients() -> None:
    way = follow(
        [
            Move(1, "social", "free", 100, comes_in=True),
            Move(2, "culture", "free", 50, comes_in=True),
            Move(3, "free", "grant-1", 120),
            Move(4, "grant-1", "paid-1", 110),
            Move(5, "grant-1", "free", 10),
            Move(6, "free", "grant-2", 40),
        ]
    )
    assert [pieces for _move, pieces in way.moved[2:]] == [
        (Piece(1, 100), Piece(2, 20)),
        (Piece(1, 100), Piece(2, 10)),
        (Piece(2, 10),),
        (Piece(2, 30), Piece(2, 10)),
    ]
    assert way.held == {"paid-1": (Piece(1, 100), Piece(2, 10)), "grant-2": (Piece(2, 30), Piece(2, 10))}


def test_what_puts_right_how_money_came_in_takes_that_money_first() -> None:
    came = [Move(1, "a", "free", 10, comes_in=True), Move(2, "b", "free", 10, comes_in=True)]
    back = follow([*came, Move(3, "free", "b", 10, of=2)])
    assert back.held == {"free": (Piece(1, 10),), "b": (Piece(2, 10),)}
    spent = follow([*came, Move(3, "free", "grant", 15), Move(4, "free", "a", 5, of=1)])
    assert spent.moved[-1][1] == (Piece(2, 5),), "what is spent stays spent"


def test_nobody_gives_what_there_is_not() -> None:
    with pytest.raises(ValueError, match="more than there is"):
        follow([Move(1, "a", "free", 10, comes_in=True), Move(2, "free", "grant", 11)])
    with pytest.raises(ValueError, match="something"):
        follow([Move(1, "a", "free", 0, comes_in=True)])
    assert follow([]) == Way((), {})
