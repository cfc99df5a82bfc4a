"""What the asker does: ask, confirm, write on, say that she needs no more, tell whether she was helped."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.separation import show_letter
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.organisations.rules import is_member
from fyrtaarn.people.models import User

from .. import mail, notices, rules
from ..deadlines import promised
from ..jobs import sort_soon
from ..models import Case, CaseState, MessageSide, Outcome, Rating, RatingAnswer
from ..states import CASE_STATES
from .common import Uploads, close_with, locked, say, stop_waiting

if TYPE_CHECKING:
    from ..rules import Actor

LONGEST_TITLE = 120
CONFIRM_WITHIN = timedelta(days=7)


@transaction.atomic
def ask(user: User | None, municipality: Municipality, text: str, uploads: Uploads = (), **known: Any) -> Case:
    """Ask the municipality. `known` are the other fields of the case: organisation, about, language, name, email.

    A guest's question waits until she has confirmed it by the letter that is sent to her. Raises Refused.
    """
    organisation = known.get("organisation")
    if organisation is not None and not (user and is_member(user, organisation)):
        raise Refused(rules.NOT_YOURS)
    case = Case(municipality=municipality, asker=user, title=title_of(text), state=CaseState.UNCONFIRMED, **known)
    case.created = case.latest = clock.now()
    if user is None:
        show_letter(str(case.key))
    else:
        _receive(case)
        case.state = CaseState.RECEIVED
    case.save()
    say(case, user, MessageSide.ASKER, text, uploads)
    log_step(case, "ask", "", case.state, by=user)
    if user is None:
        mail.ask_to_confirm(case)
    else:
        _begin(case)
    return case


@transaction.atomic
def confirm(letter: "Actor", case: Case) -> Case:
    """The guest confirms that the question is hers; a second time changes nothing."""
    current = locked(case)
    if current.state != CaseState.UNCONFIRMED:
        require(rules.may_see(letter, current))
        return current
    _receive(current)
    current.save(update_fields=["received", "due"])
    CASE_STATES.perform("confirm", current, by=letter)
    _begin(current)
    return current


def _receive(case: Case) -> None:
    case.received = clock.now()
    case.due = promised(case, None)


def _begin(case: Case) -> None:
    notices.tell_received(case)
    sort_soon(case)


def title_of(text: str) -> str:
    """The first sentence, shortened at a word where it is long."""
    first = text.strip().splitlines()[0].strip() if text.strip() else ""
    for end in ("? ", ". ", "! "):
        first = first.split(end)[0] + end.strip() if end in first else first
    if len(first) <= LONGEST_TITLE:
        return first
    return first[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"


@transaction.atomic
def write_as_asker(actor: "Actor", case: Case, text: str, uploads: Uploads = ()) -> Case:
    """Write on. What waited for the asker, or had been answered, is the municipality's turn again."""
    current = locked(case)
    require(rules.may_ask_on(actor, current))
    say(current, actor, MessageSide.ASKER, text, uploads)
    if current.state in (CaseState.WAITING, CaseState.ANSWERED):
        CASE_STATES.perform("return", current, by=actor)
        stop_waiting(current)
    if current.unreached is not None:
        current.unreached = None
        current.save(update_fields=["unreached"])
    notices.tell_message(current, actor)
    return current


@transaction.atomic
def note_unreached(case: Case, address: str) -> None:
    """A mail to the asker has come back: note it until she writes herself, and tell whoever has the question, once."""
    current = locked(case)
    known = current.asker.email if current.asker else current.email
    if address.casefold() == known.casefold() and current.unreached is None:
        current.unreached = clock.now()
        current.save(update_fields=["unreached"])
        log_step(current, "unreached", current.state, current.state, by=None)
        notices.tell_holder(current, "unreached", None)


@transaction.atomic
def close_as_asker(actor: "Actor", case: Case) -> Case:
    """The asker needs no more."""
    current = locked(case)
    if not rules.is_asker(actor, current):
        raise Refused(rules.NOT_YOURS)
    close_with(actor, current, Outcome.HELPED if current.answered else Outcome.LAPSED)
    notices.tell_holder(current, "closed", actor)
    return current


@transaction.atomic
def rate(actor: "Actor", case: Case, answer: RatingAnswer, words: str = "") -> Rating:
    """Tell whether one was helped; who changes her mind tells it anew."""
    current = locked(case)
    require(rules.may_rate(actor, current))
    values: Mapping[str, Any] = {"answer": answer, "words": words.strip(), "given": clock.now()}
    rating, _new = Rating.objects.update_or_create(case=current, defaults=values)
    return rating


@transaction.atomic
def forget_unconfirmed() -> int:
    """Remove questions that nobody has confirmed within a week; returns how many. Called by the worker."""
    old = Case.objects.filter(state=CaseState.UNCONFIRMED, created__lt=clock.now() - CONFIRM_WITHIN)
    return old.delete()[1].get(Case._meta.label, 0)
