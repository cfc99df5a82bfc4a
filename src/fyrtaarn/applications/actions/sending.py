"""An application is sent, with what it says kept as it is; withdrawn; and taken up again."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import WrongState
from fyrtaarn.foundation.watching import database_time
from fyrtaarn.people.models import User

from .. import notices, rules
from ..content import content_of
from ..missing import missing_in
from ..models import Application, ApplicationState, SentVersion
from ..states import APPLICATION_STATES


class Incomplete(Refused):
    """Something is missing; the page of the last step says what."""

    def __init__(self) -> None:
        super().__init__(_("Something is missing. The last step says what."))


@transaction.atomic
def send(user: User, application: Application) -> Application:
    """Send it, the first time until the end of the call's last day in Copenhagen by the database's clock.

    What it says is kept as a version, and the organisation's owners get a receipt. Raises Refused, Incomplete or
    WrongState; then nothing has changed.
    """
    current = hold(Application.objects.select_related("organisation", "rules__pool", "stage", "call"), application.pk)
    if current.state not in (ApplicationState.DRAFT, ApplicationState.RETURNED):
        raise WrongState
    require(rules.may_change(user, current))
    if current.state == ApplicationState.DRAFT and not rules.takes(current.call, today_of_database()):
        raise Refused(_("The last day to apply has passed, or the call is not open. Nothing has been sent."))
    if missing_in(current):
        raise Incomplete
    first = current.state == ApplicationState.DRAFT
    current.sent, current.sent_by = clock.now(), user
    try:
        with transaction.atomic():
            current.save(update_fields=["sent", "sent_by"])
            APPLICATION_STATES.perform("send", current, by=user)
    except IntegrityError as taken:
        raise Refused(
            _("You have sent an application with this title already. Give this one another title.")
        ) from taken
    number = SentVersion.objects.filter(application=current).count() + 1
    SentVersion.objects.create(application=current, number=number, by=user, content=content_of(current))
    current.questions.filter(mend=True, answered=None).update(answered=clock.now(), answered_by=user)
    if first:
        notices.tell_receipt(current)
    notices.tell_sent(current, mended=not first)
    return current


def today_of_database() -> date:
    """The date in Copenhagen by the database's clock, which is the same for all machines."""
    return database_time().astimezone(clock.COPENHAGEN).date()


@transaction.atomic
def withdraw(user: User, application: Application) -> Application:
    """Withdraw it, as long as it is not decided; who handles it is told."""
    current = hold(Application.objects.all(), application.pk)
    was_sent = current.state != ApplicationState.DRAFT
    APPLICATION_STATES.perform("withdraw", current, by=user)
    if was_sent:
        notices.tell_withdrawn(current)
    return current


@transaction.atomic
def reopen(user: User, application: Application) -> Application:
    """Take a withdrawn application up again as a draft, which only the team sees."""
    current = hold(Application.objects.select_related("call"), application.pk)
    APPLICATION_STATES.perform("reopen", current, by=user)
    current.sent, current.sent_by = None, None
    current.save(update_fields=["sent", "sent_by"])
    return current
