"""Questions can be answered by mail: by the asker, by a guest without an account, and by the contact person."""

from typing import TYPE_CHECKING

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.people.models import User
from fyrtaarn.replies.threads import Answer, register

from . import actions, rules
from .mail import NOTES, QUESTION
from .models import Case

if TYPE_CHECKING:
    from .rules import Actor


def take(thread: int, answer: Answer) -> None:
    """Put an answer into the question: as the asker's message, or as the municipality's answer. Raises Refused."""
    case, writer = _found(thread, answer.address)
    if rules.is_asker(writer, case):
        actions.write_as_asker(writer, case, answer.text, answer.uploads)
    elif isinstance(writer, User):
        actions.answer(writer, case, answer.text, answer.uploads)


def take_note(thread: int, answer: Answer) -> None:
    """Put what a colleague answers into the question as a note that the asker does not see. Raises Refused."""
    case, writer = _found(thread, answer.address)
    if isinstance(writer, User):
        actions.note(writer, case, answer.text, answer.uploads)


def came_back(thread: int, address: str) -> None:
    """A mail has not reached the asker: whoever has the question is told."""
    case = Case.objects.filter(pk=thread).first()
    if case is not None:
        actions.note_unreached(case, address)


def _found(thread: int, address: str) -> tuple[Case, "Actor"]:
    """The question, or the one with which it has been put together, and who writes: a guest by her own address."""
    case = Case.objects.select_related("merged_into").filter(pk=thread).first()
    if case is None:
        raise Refused(rules.NOT_YOURS)
    case = case.merged_into or case
    if case.asker_id is None and case.email.casefold() == address.casefold():
        return case, rules.Letter(case.key)
    person = User.objects.filter(email__iexact=address, is_active=True).first()
    if person is None:
        raise Refused(rules.NOT_YOURS)
    return case, person


register(QUESTION, take, came_back)
register(NOTES, take_note)
