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


class CameBack(Protocol):
    """A mail about the thread with this primary key has not reached the address to which it went."""

    def __call__(self, thread: int, address: str) -> None: ...


KINDS: dict[str, Take] = {}
RETURNS: dict[str, CameBack] = {}


def register(kind: str, take: Take, came_back: CameBack | None = None) -> None:
    """Let mail about threads of this kind be answered, and let the room know what has come back."""
    KINDS[kind] = take
    if came_back is not None:
        RETURNS[kind] = came_back


def take(thread: str, answer: Answer) -> None:
    """Put the answer where it belongs. Raises as `Take` does, and KeyError for a kind that nobody has registered."""
    kind, number = _parts(thread)
    KINDS[kind](number, answer)


def came_back(thread: str, address: str) -> None:
    """Tell the thread's room, if it asks for it, that a mail has not reached the address."""
    if thread:
        kind, number = _parts(thread)
        if kind in RETURNS:
            RETURNS[kind](number, address)


def _parts(thread: str) -> tuple[str, int]:
    kind, _dash, number = thread.rpartition("-")
    return kind, int(number)
