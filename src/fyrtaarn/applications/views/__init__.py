"""Pages of applications."""

from .begin import begin, carry_over
from .office import ask, give_back, handled, queue
from .team import answer, application, files, mine, receipt, remove, reopen, send, withdraw
from .wizard import check, step

__all__ = [
    "answer",
    "application",
    "ask",
    "begin",
    "carry_over",
    "check",
    "files",
    "give_back",
    "handled",
    "mine",
    "queue",
    "receipt",
    "remove",
    "reopen",
    "send",
    "step",
    "withdraw",
]
