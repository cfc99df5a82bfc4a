"""Where one applies in a call, and where what is sent is handled: the room of applications says so, for it lies above."""

from collections.abc import Callable

from fyrtaarn.areas.models import Municipality

from .models import Call

apply_at: list[Callable[[Call], str]] = []
handle_at: list[Callable[[Municipality, Call | None], str]] = []


def apply_path(call: Call) -> str:
    """The page on which an application begins; empty where nothing takes applications, or not now."""
    return next((find(call) for find in apply_at), "") if call.is_open else ""


def applications_path(municipality: Municipality, call: Call | None = None) -> str:
    """The page of what has been sent to the municipality's pools, or in one call; empty where there is none."""
    return next((find(municipality, call) for find in handle_at), "")
