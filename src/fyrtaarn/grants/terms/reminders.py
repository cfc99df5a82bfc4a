"""Reviews that have been held and have led to nothing yet. That a review comes near is reminded of by its agreement."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from fyrtaarn.agreements.models import AgreementKind, AgreementState, Review
from fyrtaarn.foundation import clock

from ..models import Consequence
from . import notices
from .rules import LIVE

REMIND_AFTER = timedelta(days=7)


@transaction.atomic
def remind_of_open_reviews() -> int:
    """Remind once, a week after; returns how many were told. Run it as often as you like."""
    concluded = Consequence.objects.filter(review=OuterRef("pk"), state__in=LIVE)
    still_open = Review.objects.filter(
        ~Exists(concluded),
        held__lte=clock.today() - REMIND_AFTER,
        agreement__kind=AgreementKind.TERMS,
        agreement__state=AgreementState.ACTIVE,
    )
    return sum(notices.tell_open(review) for review in still_open.select_related("agreement").order_by("pk"))
