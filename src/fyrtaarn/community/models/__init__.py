"""Who looks after a district, whom she introduces to whom, what she notes, and what the local committee has asked for."""

from .appointments import Appointment
from .introductions import (
    CLOSED_STATES,
    KNOWN_STATES,
    OPEN_STATES,
    Answer,
    Asking,
    AskingLetter,
    IntroducedParty,
    Introduction,
    IntroductionState,
    Outcome,
)
from .notes import Note, SetAside
from .wishes import Wish, WishState

__all__ = [
    "CLOSED_STATES",
    "KNOWN_STATES",
    "OPEN_STATES",
    "Answer",
    "Appointment",
    "Asking",
    "AskingLetter",
    "IntroducedParty",
    "Introduction",
    "IntroductionState",
    "Note",
    "Outcome",
    "SetAside",
    "Wish",
    "WishState",
]
