"""What can be answered by mail: rooms register their threads here, by the word before the dash of "dialogue-17"."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.core.files.base import File


@dataclass(frozen=True)
class Answer:
    """What somebody has written: from the address to which our mail went."""

    address: str
    text: str
    uploads: Sequence[File]  # type: ignore[type-arg]


class Take(Protocol):
    """Put the answer into the thread with this primary key, by the same action as the page.

    Raises Refused or ValidationError, in plain words, if it may not stand there.
    """

    def __call__(self, thread: int, answer: Answer) -> None: ...


KINDS: dict[str, Take] = {}


def register(kind: str, take: Take) -> None:
    """Let mail about threads of this kind be answered."""
    KINDS[kind] = take


def take(thread: str, answer: Answer) -> None:
    """Put the answer where it belongs. Raises as `Take` does, and KeyError for a kind that nobody has registered."""
    kind, _dash, number = thread.rpartition("-")
    KINDS[kind](int(number), answer)
