"""The applicant is heard before a decision that goes against it on facts it has not given itself (Forvaltningsloven § 19)."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.transitions import ReasonMissing, log_step
from fyrtaarn.people.models import User

from ..models import Decision, Hearing
from . import jobs, notices, rules
from .states import DECISION_STATES

SHORTEST = timedelta(days=7)
REMIND_BEFORE = timedelta(days=3)


@transaction.atomic
def hear(user: User, decision: Decision, text: str, due: date) -> Hearing:
    """Tell the applicant what the decision will rest on and ask what it says to that; once."""
    if not text.strip():
        raise ReasonMissing
    if due < clock.today() + SHORTEST:
        raise ValidationError(_("Give the applicant at least a week."))
    current = DECISION_STATES.perform("hear", decision, by=user)
    hearing = Hearing.objects.create(
        decision=current, application=current.application, text=text.strip(), due=due, sent_by=user
    )
    notices.tell_hearing(hearing)
    return hearing


@transaction.atomic
def answer(user: User, hearing: Hearing, text: str) -> Hearing:
    """What the applicant says to it. The worker tells the municipality, for the draft is not the applicant's to see."""
    current = hold(Hearing.objects.all(), hearing.pk)
    require(rules.may_answer_hearing(user, current))
    if not text.strip():
        raise ReasonMissing
    current.answer, current.answered, current.answered_by = text.strip(), clock.now(), user
    current.save(update_fields=["answer", "answered", "answered_by"])
    log_step(current, "answer", "", "", by=user)
    jobs.tell_heard.defer(hearing_id=current.pk)
    return current


@transaction.atomic
def tell_heard(hearing_id: int) -> None:
    """For the worker."""
    whole = ("decision__application__municipality", "application__call__pool", "application__organisation")
    notices.tell_heard(Hearing.objects.select_related(*whole).get(pk=hearing_id))


@transaction.atomic
def remind_of_hearings() -> int:
    """Remind each applicant once, before the day; returns how many were told. For the worker."""
    today = clock.today()
    rows = Hearing.objects.filter(
        answered=None, due__gte=today, due__lte=today + REMIND_BEFORE, decision__state="hearing"
    ).select_related("application__call__pool", "application__organisation")
    return sum(notices.tell_hearing_due(hearing) for hearing in rows.order_by("pk"))
