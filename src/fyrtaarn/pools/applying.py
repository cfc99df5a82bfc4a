"""Where one applies in a call: the room that takes applications says so, for it lies above."""

from collections.abc import Callable

from .models import Call

apply_at: list[Callable[[Call], str]] = []


def apply_path(call: Call) -> str:
    """The page on which an application begins; empty where nothing takes applications, or not now."""
    return next((find(call) for find in apply_at), "") if call.is_open else ""
