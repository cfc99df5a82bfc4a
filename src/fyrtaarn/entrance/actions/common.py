"""What all writes on a case share. Each locks the case first, so that its messages stand in the order of writing."""

from collections.abc import Sequence
from typing import Any

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import keep_file
from fyrtaarn.foundation.transitions import ReasonMissing
from fyrtaarn.people.models import User

from ..deadlines import promised, waited_since
from ..models import Case, CaseMessage, CaseState, MessageSide, Outcome
from ..states import CASE_STATES

Uploads = Sequence[Any]


def locked(case: Case) -> Case:
    """The case as it is now, kept from others until the transaction ends."""
    whole = Case.objects.select_related("municipality", "asker", "organisation", "topic", "department", "holder")
    return whole.select_for_update(of=("self",), no_key=True).get(pk=case.pk)


def author_of(actor: Any) -> User | None:
    """The person behind an actor; a guest has no account."""
    return actor if isinstance(actor, User) else None


def say(case: Case, actor: Any, side: MessageSide, text: str, uploads: Uploads = ()) -> CaseMessage:
    """Add a message with its files. Raises ReasonMissing when it is empty, ValidationError for a file we do not keep."""
    if not text.strip():
        raise ReasonMissing
    author = author_of(actor)
    message = CaseMessage.objects.create(case=case, side=side, author=author, text=text.strip(), created=clock.now())
    for upload in uploads:
        keep_file(upload, subject=message, by=author)
    if side != MessageSide.INTERNAL:
        case.latest, case.latest_side = message.created, side
        case.save(update_fields=["latest", "latest_side"])
    return message


def involve(case: Case, department: int) -> None:
    """Let a department take part; it stays in the circle of those who see the case."""
    if department not in case.departments:
        case.departments = sorted([*case.departments, department])


def stop_waiting(case: Case) -> None:
    """The asker has written, or need not any more: the working days since she was asked are not counted."""
    if case.waiting_since is not None:
        case.waited += waited_since(case.waiting_since)
        case.waiting_since, case.due = None, promised(case, case.topic)
        case.save(update_fields=["waited", "waiting_since", "due"])


def close_with(actor: Any, case: Case, outcome: Outcome) -> None:
    """Close a locked case. One that nobody has sorted counts as sorted by the one who closes it."""
    case.closed, case.outcome = clock.now(), outcome
    if case.state == CaseState.RECEIVED and case.sorted_by is None and case.asker_id != getattr(actor, "pk", None):
        case.sorted_by = author_of(actor)
    case.save(update_fields=["closed", "outcome", "sorted_by"])
    CASE_STATES.perform("close", case, by=actor, reason=str(outcome))
    stop_waiting(case)
