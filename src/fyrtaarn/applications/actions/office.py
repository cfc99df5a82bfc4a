"""What those who handle an application do with it, and how its team answers."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.people.models import User

from .. import notices, rules
from ..models import ApplicantQuestion, Application
from ..states import APPLICATION_STATES


@transaction.atomic
def ask_applicant(user: User, application: Application, text: str, due: date | None = None) -> ApplicantQuestion:
    """Ask the team something without sending the application back. Raises ValidationError for a day that has passed."""
    require(rules.may_ask(user, application))
    _check_day(due)
    question = ApplicantQuestion.objects.create(application=application, text=text.strip(), due=due, by=user)
    notices.tell_asked(question)
    return question


@transaction.atomic
def return_to_applicant(user: User, application: Application, text: str, due: date) -> ApplicantQuestion:
    """Send it back to be mended until a day, with what is to be mended. Raises ValidationError for a day that has passed."""
    _check_day(due)
    current = APPLICATION_STATES.perform("return", application, by=user, reason=text)
    question = ApplicantQuestion.objects.create(application=current, text=text.strip(), mend=True, due=due, by=user)
    notices.tell_asked(question)
    return question


@transaction.atomic
def answer(user: User, question: ApplicantQuestion, text: str) -> ApplicantQuestion:
    """Answer a question once; who asked is told."""
    current = hold(ApplicantQuestion.objects.select_related("application", "by"), question.pk)
    require(rules.may_answer(user, current.application))
    if current.mend:
        raise Refused(_("Mend the application and send it again; that is the answer."))
    if current.answered is not None:
        raise Refused(_("Somebody in your team has answered this already."))
    if not text.strip():
        raise ValidationError(_("Write an answer first."))
    current.answer, current.answered, current.answered_by = text.strip(), clock.now(), user
    current.save(update_fields=["answer", "answered", "answered_by"])
    notices.tell_answered(current)
    return current


def note_decided(application: Application, granted: bool, by: User) -> Application:
    """Note what was decided; the room of decisions has asked its rules. Call it in the decision's transaction."""
    return APPLICATION_STATES.perform("grant" if granted else "refuse", application, by=by)


def note_reversed(application: Application, by: User, why: str) -> Application:
    """Note that a decision fell after a complaint, so that it can be decided anew."""
    return APPLICATION_STATES.perform("decide_anew", application, by=by, reason=why)


def _check_day(due: date | None) -> None:
    if due is not None and due < clock.today():
        raise ValidationError({"due": _("Choose a day that has not passed.")})
