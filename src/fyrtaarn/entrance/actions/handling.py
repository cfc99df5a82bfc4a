"""What the municipality does with a case that it has: take up, answer, ask back, note, close, open again."""

from typing import TYPE_CHECKING

from django.db import transaction

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import require
from fyrtaarn.people.models import User

from .. import notices, rules
from ..deadlines import answered_in
from ..models import Case, CaseMessage, CaseState, Ground, MessageSide, Outcome
from ..states import CASE_STATES
from .common import Uploads, close_with, locked, say, stop_waiting

if TYPE_CHECKING:
    from ..rules import Actor


@transaction.atomic
def take(user: User, case: Case) -> Case:
    """Take a case up, also one that lies with a colleague: whoever takes it has it."""
    current = locked(case)
    require(rules.may_handle(user, current))
    moved = current.holder_id != user.pk
    if moved:
        current.holder, current.ground = user, Ground.TOOK
        current.save(update_fields=["holder", "ground"])
    if current.state == CaseState.ROUTED:
        CASE_STATES.perform("take", current, by=user)
    if moved:
        notices.tell_asker(current, "moved", user)
    return current


@transaction.atomic
def answer(user: User, case: Case, text: str, uploads: Uploads = ()) -> Case:
    """Answer the asker. The first answer is what the promise is measured by; a later one adds to it."""
    current = locked(case)
    require(rules.may_handle(user, current))
    say(current, user, MessageSide.MUNICIPALITY, text, uploads)
    if current.state != CaseState.ANSWERED:
        CASE_STATES.perform("answer", current, by=user)
        stop_waiting(current)
    if current.answered is None:
        current.answered, current.answered_in = clock.now(), answered_in(current)
        current.save(update_fields=["answered", "answered_in"])
    _hold(user, current)
    notices.tell_asker(current, "answered", user)
    return current


@transaction.atomic
def ask_back(user: User, case: Case, text: str, uploads: Uploads = ()) -> Case:
    """Ask the asker for something; until she writes, the days are not counted."""
    current = locked(case)
    require(rules.may_handle(user, current))
    say(current, user, MessageSide.MUNICIPALITY, text, uploads)
    if current.state != CaseState.WAITING:
        current.waiting_since = clock.today()
        current.save(update_fields=["waiting_since"])
        CASE_STATES.perform("ask_back", current, by=user)
    _hold(user, current)
    notices.tell_asker(current, "asked_back", user)
    return current


def _hold(user: User, case: Case) -> None:
    """Who writes to the asker of a case that nobody has, has it."""
    if case.holder_id is None:
        case.holder, case.ground = user, Ground.TOOK
        case.save(update_fields=["holder", "ground"])


@transaction.atomic
def note(user: User, case: Case, text: str, uploads: Uploads = ()) -> CaseMessage:
    """Write a note that the asker does not see."""
    current = locked(case)
    require(rules.may_note(user, current))
    return say(current, user, MessageSide.INTERNAL, text, uploads)


@transaction.atomic
def close(user: User, case: Case, outcome: Outcome, text: str = "") -> Case:
    """Close a case with what came of it, and a last word to the asker where one is written."""
    current = locked(case)
    require(rules.may_close(user, current))
    if text.strip():
        say(current, user, MessageSide.MUNICIPALITY, text)
    close_with(user, current, outcome)
    notices.tell_asker(current, "closed", user)
    return current


@transaction.atomic
def reopen(actor: "Actor", case: Case, text: str) -> Case:
    """Open a closed case again, with a word on why; the other side is told. Its answer still counts as given."""
    current = locked(case)
    CASE_STATES.perform("reopen", current, by=actor)
    current.closed, current.outcome = None, ""
    current.save(update_fields=["closed", "outcome"])
    if rules.is_asker(actor, current):
        say(current, actor, MessageSide.ASKER, text)
        notices.tell_message(current, actor)
    else:
        say(current, actor, MessageSide.MUNICIPALITY, text)
        notices.tell_asker(current, "message", actor)
    return current
