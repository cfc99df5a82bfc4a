"""What community managers, their administrators and the parties do."""

from .answers import answer, bring_together, show_contact
from .appointments import appoint, end_appointment, tell_of_oneself
from .introductions import (
    add_party,
    begin,
    conclude,
    discard,
    go_on,
    meet,
    owner_of,
    remove_party,
    rename,
    restore,
    send,
    set_follow_up,
    withdraw,
    write_reason,
)
from .notes import bring_back, change_note, delete_note, set_aside, settle_note, write_note
from .wishes import add_wish, follow_wish

__all__ = [
    "add_party",
    "add_wish",
    "answer",
    "appoint",
    "begin",
    "bring_back",
    "bring_together",
    "change_note",
    "conclude",
    "delete_note",
    "discard",
    "end_appointment",
    "follow_wish",
    "go_on",
    "meet",
    "owner_of",
    "remove_party",
    "rename",
    "restore",
    "send",
    "set_aside",
    "set_follow_up",
    "settle_note",
    "show_contact",
    "tell_of_oneself",
    "withdraw",
    "write_note",
    "write_reason",
]
