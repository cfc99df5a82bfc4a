"""Rule predicates that answer with a reason.

A rule is a plain function in a room's rules.py: `may_publish(user, challenge) -> Verdict`. A verdict is true or
false, and when false it says why in words for the person who asked. Rules read; they never write.
"""

from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise

Reason = str | Promise
T = TypeVar("T")


@dataclass(frozen=True)
class Verdict:
    """Whether something may be done and, if not, why: `reason` is a sentence in the reader's language."""

    allowed: bool
    reason: Reason = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def refused(reason: Reason) -> Verdict:
    """A verdict that says no, and why."""
    return Verdict(False, reason)


def allowed_if(condition: bool, otherwise: Reason) -> Verdict:
    """ALLOWED when the condition holds, else a refusal with the reason `otherwise`."""
    return ALLOWED if condition else refused(otherwise)


class Refused(PermissionDenied):
    """Raised by `require`; shown to the person as a page with the reason (HTTP 403)."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def require(verdict: Verdict) -> None:
    """Go on if the verdict allows it; raise Refused with its reason otherwise."""
    if not verdict:
        raise Refused(verdict.reason)


def require_found(found: T | None, otherwise: Reason) -> T:
    """What the database let the reader see; raise Refused where it is not there, or not there for her."""
    if found is None:
        raise Refused(otherwise)
    return found
