"""What is done with applications."""

from .drafts import Beginning, begin, carry_over, write
from .office import answer, ask_applicant, note_decided, note_reversed, return_to_applicant
from .papers import add_files, take_file_away
from .sending import reopen, send, withdraw

__all__ = [
    "Beginning",
    "add_files",
    "answer",
    "ask_applicant",
    "begin",
    "carry_over",
    "note_decided",
    "note_reversed",
    "reopen",
    "return_to_applicant",
    "send",
    "take_file_away",
    "withdraw",
    "write",
]
