"""What both sides are reminded of: an application without an answer, a stay that comes near, one that is over."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from fyrtaarn.foundation import clock

from . import notices
from .actions import lapse
from .models import Stay, StayState

ANSWER_WITHIN = timedelta(days=7)
REMIND_BEFORE = timedelta(days=7)
ASK_FOR = timedelta(days=60)  # a stay that ended longer ago is left in peace


@transaction.atomic
def remind_of_stays() -> int:
    """Remind of each thing once; returns how many were told. Run it as often as you like."""
    today = clock.today()
    stays = Stay.objects.select_related("period__offer__department__municipality", "organisation").order_by("pk")
    agreed = stays.filter(state=StayState.AGREED)
    asked_long_ago, near = Q(created__lte=clock.now() - ANSWER_WITHIN), Q(period__starts__lte=today + REMIND_BEFORE)
    unanswered = stays.filter(asked_long_ago | near, state=StayState.APPLIED, period__starts__gt=today)
    before = agreed.filter(near, period__starts__gt=today).select_related("declaration")
    after = agreed.filter(period__ends__lte=today, period__ends__gt=today - ASK_FOR).exclude(attended=False)
    return (
        sum(notices.tell_unanswered(stay) for stay in unanswered)
        + sum(notices.tell_before(stay) for stay in before)
        + sum(notices.tell_after(stay) for stay in after)
    )


def lapse_applications() -> int:
    """Let all applications lapse that have got no place when their period begins; returns how many."""
    open_states = (StayState.APPLIED, StayState.WAITING)
    begun = Stay.objects.filter(state__in=open_states, period__starts__lte=clock.today()).order_by("pk")
    return sum(lapse(stay) is not None for stay in begun)
