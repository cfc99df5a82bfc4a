"""What the parties answer, and what follows when all have said yes."""

from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django import app

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.meetings import actions as meeting_actions
from fyrtaarn.meetings import rules as meeting_rules
from fyrtaarn.meetings.models import Meeting
from fyrtaarn.people.models import User

from .. import notices, rules
from ..models import Answer, Asking, Introduction, IntroductionState
from ..states import INTRODUCTION_STATES
from .introductions import ANSWER_DAYS, FOLLOW_UP

BRING_TOGETHER = "community.bring_together"


@transaction.atomic
def answer(user: User, asking: Asking, said: str, *, shares_contact: bool = False) -> Asking:
    """Answer for one party. Nobody but the community manager is told, until all have said yes.

    The same answer twice (a double click) is one answer. Raises Refused.
    """
    introduction = _locked(asking.introduction_id)
    whole = Asking.objects.select_related("party__department", "party__organisation", "party__person")
    current = hold(whole, asking.pk)
    current.introduction = introduction
    shares_contact = shares_contact and said == Answer.YES
    if (current.answer, current.answered_by_id, current.shares_contact) == (said, user.pk, shares_contact):
        return current
    require(rules.may_answer(user, current))
    before, current.answer = current.answer, Answer(said)
    current.answered, current.answered_by, current.shares_contact = clock.now(), user, shares_contact
    try:
        with transaction.atomic():
            current.save(update_fields=["answer", "answered", "answered_by", "shares_contact"])
    except IntegrityError as taken:
        raise Refused(rules.COLLEAGUE_MUST) from taken
    log_step(current, "answer", before, said, by=user)
    notices.tell_answered(current)
    if said == Answer.LATER:
        introduction.expires = clock.today() + timedelta(days=ANSWER_DAYS)
        introduction.save(update_fields=["expires"])
    if said == Answer.YES and _all_say_yes(introduction):
        _accept(user, introduction)
    return current


def _accept(user: User, introduction: Introduction) -> None:
    introduction.accepted, introduction.follow_up = clock.now(), clock.today() + FOLLOW_UP
    introduction.save(update_fields=["accepted", "follow_up"])
    INTRODUCTION_STATES.perform("accept", introduction, by=user)
    app.configure_task(BRING_TOGETHER).defer(introduction=introduction.pk)


def _all_say_yes(introduction: Introduction) -> bool:
    """An errand of the database, for the one who answers last cannot read what the others have answered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT errand.all_say_yes(%s)", [introduction.pk])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def show_contact(user: User, asking: Asking, shares: bool) -> None:
    """Let the others see one's name and e-mail address, or no longer. Raises Refused."""
    current = hold(Asking.objects.select_related("introduction", "party"), asking.pk)
    require(rules.may_hide_contact(user, current))
    current.shares_contact = shares
    current.save(update_fields=["shares_contact"])


@transaction.atomic
def bring_together(pk: int) -> None:
    """Open the dialogue of those who have all said yes, where the two can have one, and tell them; for the worker."""
    introduction = _locked(pk)
    if introduction.state != IntroductionState.ACCEPTED:
        return
    if introduction.meeting is None:
        introduction.meeting = _open_dialogue(introduction)
        introduction.save(update_fields=["meeting"])
    notices.tell_accepted(introduction)


def _open_dialogue(introduction: Introduction) -> Meeting | None:
    """The dialogue about what is sought and what is offered; none where that is no longer possible."""
    sought, offered = introduction.sought, introduction.offered
    if sought is None or offered is None:
        return None
    for asking in introduction.askings.select_related("answered_by").order_by("pk"):
        if asking.answered_by and meeting_rules.may_open(asking.answered_by, sought, offered):
            return meeting_actions.introduce(asking.answered_by, sought, offered)
    return None


def _locked(pk: int) -> Introduction:
    whole = Introduction.objects.select_related("district__municipality")
    return hold(whole, pk)
