"""Who looks after a district, and whom she introduces to whom."""

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
    "Outcome",
]
