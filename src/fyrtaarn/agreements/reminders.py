"""What the parties of active agreements are reminded of."""

from datetime import timedelta

from django.db import transaction

from fyrtaarn.foundation import clock

from .models import Agreement, AgreementKind, AgreementState, Review
from .notices import tell_over, tell_review

REMIND_BEFORE = timedelta(days=14)


def remind_of_reviews() -> int:
    """Remind of reviews 14 days ahead and when their day has passed, once each; returns how many were told.

    Run it as often as you like. After a pause an overdue review is reminded of as overdue alone.
    """
    today = clock.today()
    near = Review.objects.filter(held=None, due__lte=today + REMIND_BEFORE, agreement__state=AgreementState.ACTIVE)
    told = 0
    for pk in near.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            review = (
                Review.objects.select_for_update(of=("self",), no_key=True)
                .select_related("agreement")
                .filter(pk=pk)
                .first()
            )
            if review is not None and review.held is None:
                told += tell_review(review, overdue=review.due < today)
    return told


def remind_of_ends() -> int:
    """Tell the parties once when the period has ended, so that they complete the agreement; returns how many.

    One that follows a grant is closed with it.
    """
    over = Agreement.objects.filter(state=AgreementState.ACTIVE, ends__lte=clock.today())
    over = over.exclude(kind=AgreementKind.GRANT)
    told = 0
    for agreement in over.order_by("pk"):
        with transaction.atomic():
            told += tell_over(agreement)
    return told
