"""What calculates with money: sharing to the øre, lines that balance, the way of an øre, aid within three years."""

from .aid import Award, aid_in_window, euro_cents, room_under, window_of
from .following import Move, Piece, Way, follow
from .lines import Fault, Line, fault_of, turned_round
from .sharing import Share, shares

__all__ = [
    "Award",
    "Fault",
    "Line",
    "Move",
    "Piece",
    "Share",
    "Way",
    "aid_in_window",
    "euro_cents",
    "fault_of",
    "follow",
    "room_under",
    "shares",
    "turned_round",
    "window_of",
]
