"""What askers and the municipality do."""

from .asking import ask, close_as_asker, confirm, forget_unconfirmed, note_unreached, rate, write_as_asker
from .growing import grow
from .handling import answer, ask_back, close, note, reopen, take
from .joining import finish_task, give_task, merge, unmerge
from .publishing import link_known, note_helped, publish, save_public_answer, withdraw
from .routing import route, sort_new
from .settling import end_contact, end_topic, note_absence, remove_absence, save_answer, save_contact, save_topic

__all__ = (
    "answer",
    "ask",
    "ask_back",
    "close",
    "close_as_asker",
    "confirm",
    "end_contact",
    "end_topic",
    "finish_task",
    "forget_unconfirmed",
    "give_task",
    "grow",
    "link_known",
    "merge",
    "note",
    "note_absence",
    "note_helped",
    "note_unreached",
    "publish",
    "rate",
    "remove_absence",
    "reopen",
    "route",
    "save_answer",
    "save_contact",
    "save_public_answer",
    "save_topic",
    "sort_new",
    "take",
    "unmerge",
    "withdraw",
    "write_as_asker",
)
