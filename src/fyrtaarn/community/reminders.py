"""Who has not answered yet, what is too late, and what a community manager wants to follow up."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold

from . import notices, rules
from .models import Answer, Appointment, AskingLetter, Introduction, IntroductionState, Note
from .states import INTRODUCTION_STATES

REMIND_AFTER = (14, 7)  # days without an answer, the longest first
ASK_AGAIN_AFTER = 14  # days after "ask me later"


def remind_parties() -> int:
    """Remind those who have not answered, and those who wanted to be asked later; returns how many were told.

    Run it as often as you like: each person is told once for each number of days.
    """
    open_ones = Q(
        asking__introduction__state=IntroductionState.PROPOSED, asking__introduction__expires__gt=clock.today()
    )
    waiting = AskingLetter.objects.filter(open_ones, asking__answer__in=("", Answer.LATER)).order_by("pk")
    return sum(_remind(pk) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int) -> int:
    whole = AskingLetter.objects.select_related("person", "asking__party__department", "asking__introduction__district")
    letter = whole.filter(pk=pk).first()
    if letter is None:  # it has been burned at this moment
        return 0
    asking = letter.asking
    if not rules.speaks_for(letter.person, asking.party):
        return 0
    steps: tuple[int, ...] = REMIND_AFTER
    since = asking.introduction.proposed
    if asking.answer == Answer.LATER:
        since, steps = asking.answered, (ASK_AGAIN_AFTER,)
    if since is None:
        return 0
    due = next((days for days in steps if since <= clock.now() - timedelta(days=days)), 0)
    return notices.tell_waiting(letter, since, due) if due else 0


def expire_late() -> int:
    """Close what was not answered in time; returns how many."""
    late = Introduction.objects.filter(state=IntroductionState.PROPOSED, expires__lte=clock.today()).order_by("pk")
    return sum(_expire(pk) for pk in late.values_list("pk", flat=True))


@transaction.atomic
def _expire(pk: int) -> bool:
    introduction = hold(Introduction.objects.select_related("district__municipality"), pk)
    if introduction.state != IntroductionState.PROPOSED or not rules.follows_calendar(None, introduction):
        return False  # somebody has answered or closed it at this moment
    introduction.closed = clock.now()
    introduction.save(update_fields=["closed"])
    INTRODUCTION_STATES.perform("expire", introduction, by=None)
    notices.tell_closed(introduction)
    return True


def remind_of_due() -> int:
    """Remind community managers of what they wanted to follow up by now; returns how many were told.

    An introduction is for those in charge of its district today, a note for its author where she is in charge.
    """
    due = Introduction.objects.filter(follow_up__lte=clock.today()).select_related("district__municipality")
    told = sum(_remind_of(introduction) for introduction in due.order_by("pk"))
    charge = Appointment.objects.in_charge().filter(district=OuterRef("district"), user=OuterRef("author"))
    notes = Note.objects.filter(Exists(charge), follow_up__lte=clock.today())
    return told + sum(_remind_of_note(note) for note in notes.select_related("author", "district__municipality"))


@transaction.atomic
def _remind_of(introduction: Introduction) -> int:
    return notices.tell_due(introduction)


@transaction.atomic
def _remind_of_note(note: Note) -> int:
    return notices.tell_note_due(note)
