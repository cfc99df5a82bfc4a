"""What hosts and guests do. Every write on a stay holds its period first, so that places are given one at a time."""

from .learning import agree, take_back, write_learned
from .offers import (
    MOST_PLACES,
    OFFER_FIELDS,
    add_period,
    change_offer,
    close_offer,
    draft_offer,
    open_offer,
    remove_period,
)
from .stays import accept, apply, cancel, decline, free_place, lapse, move_up, note_attendance, sign

__all__ = [
    "MOST_PLACES",
    "OFFER_FIELDS",
    "accept",
    "add_period",
    "agree",
    "apply",
    "cancel",
    "change_offer",
    "close_offer",
    "decline",
    "draft_offer",
    "free_place",
    "lapse",
    "move_up",
    "note_attendance",
    "open_offer",
    "remove_period",
    "sign",
    "take_back",
    "write_learned",
]
