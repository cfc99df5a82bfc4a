"""What fund managers, and those who give, do with pools. Each action takes the person first and is one transaction."""

from .calls import call_off, change_call, draft_call, extend, publish, settle
from .contributions import (
    add_contributor,
    correct,
    decide,
    leave,
    move_due,
    note_paid,
    take_back_payment,
)
from .own import confirm, say_paid, take_word_back
from .pools import change_pool, close_pool, end_duty, give_duty, make_pool, open_pool
from .rules import bring_into_force, change_rules, discard, draft_rules
from .years import close_year, note_returned

__all__ = [
    "add_contributor",
    "bring_into_force",
    "call_off",
    "change_call",
    "change_pool",
    "change_rules",
    "close_pool",
    "close_year",
    "confirm",
    "correct",
    "decide",
    "discard",
    "draft_call",
    "draft_rules",
    "end_duty",
    "extend",
    "give_duty",
    "leave",
    "make_pool",
    "move_due",
    "note_paid",
    "note_returned",
    "open_pool",
    "publish",
    "say_paid",
    "settle",
    "take_back_payment",
    "take_word_back",
]
