"""What applicants are reminded of: a call that closes, and an answer that is needed."""

from datetime import timedelta

from django.db import transaction

from fyrtaarn.foundation import clock
from fyrtaarn.pools.models import CallState

from . import notices
from .models import ApplicantQuestion, Application, ApplicationState

BEFORE = timedelta(days=3)


@transaction.atomic
def remind_applicants() -> int:
    """Remind of each thing once, three days before; returns how many were told. Run it as often as you like."""
    today = clock.today()
    soon = today + BEFORE
    drafts = Application.objects.filter(state=ApplicationState.DRAFT, call__state=CallState.PUBLISHED)
    drafts = drafts.filter(call__closes__gte=today, call__closes__lte=soon).select_related("call__pool", "organisation")
    asked = ApplicantQuestion.objects.filter(answered=None, due__gte=today, due__lte=soon)
    waiting = asked.filter(application__state__in=(ApplicationState.SENT, ApplicationState.RETURNED))
    questions = waiting.select_related("application__call__pool", "application__organisation")
    return sum(notices.tell_closing(one) for one in drafts.order_by("pk")) + sum(
        notices.tell_due(one) for one in questions.order_by("pk")
    )
