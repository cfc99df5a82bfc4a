"""Organisations lie below the index, so the index asks to be told: actions here call `changed` in their transaction."""

from collections.abc import Callable

from .models import Organisation

_followers: list[Callable[[Organisation], object]] = []


def follow(follower: Callable[[Organisation], object]) -> None:
    """Have `follower` called with each organisation that is new, changed or closed."""
    if follower not in _followers:
        _followers.append(follower)


def changed(organisation: Organisation) -> None:
    """Tell the followers; called by every action that writes an organisation, in the same transaction."""
    for follower in _followers:
        follower(organisation)
