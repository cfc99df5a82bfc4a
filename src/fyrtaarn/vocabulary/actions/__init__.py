"""Every change of the shared words: edits of the draft, versions, proposals, what the product brings, questions asked.

Whoever changes the draft locks its one row first, so that edits, imports and publications come one after another.
"""

from .editing import (
    add_concept,
    change_concept,
    merge_concepts,
    restore,
    settle,
    split_concept,
    take_in,
    undo,
    withdraw,
)
from .proposing import answer, propose, take_back
from .publishing import go_back_to, note_progress, publish, serve, when_published
from .shipping import take_shipped

__all__ = [
    "add_concept",
    "answer",
    "change_concept",
    "go_back_to",
    "merge_concepts",
    "note_progress",
    "propose",
    "publish",
    "restore",
    "serve",
    "settle",
    "split_concept",
    "take_back",
    "take_in",
    "take_shipped",
    "undo",
    "when_published",
    "withdraw",
]
