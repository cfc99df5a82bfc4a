"""Reading of terms over several years."""

from dataclasses import dataclass

from django.db.models import Prefetch

from fyrtaarn.agreements.models import Agreement, Review

from ..models import Consequence, ConsequenceState, LongTerm


@dataclass(frozen=True)
class Terms:
    """The terms that hold, those that they were before, and those that wait for a yes."""

    holding: list[LongTerm]
    earlier: list[LongTerm]
    proposed: list[LongTerm]


def terms_of(agreement: Agreement) -> Terms:
    """All terms of an agreement, in the order in which they were written; one statement."""
    rows = list(LongTerm.objects.filter(agreement=agreement).select_related("since").order_by("pk"))
    agreed = [one for one in rows if one.since is None or one.since.state == ConsequenceState.AGREED]
    replaced = {one.replaces_id for one in agreed}
    return Terms(
        [one for one in agreed if one.pk not in replaced],
        [one for one in agreed if one.pk in replaced],
        [one for one in rows if one.since is not None and one.since.state == ConsequenceState.PROPOSED],
    )


def reviews_of(agreement: Agreement) -> list[Review]:
    """Its reviews with what each has led to."""
    led_to = Prefetch("consequences", Consequence.objects.select_related("by", "answered_by").order_by("at", "pk"))
    reviews = list(agreement.reviews.select_related("held_by").prefetch_related(led_to).order_by("due", "pk"))
    for review in reviews:
        review.agreement = agreement
    return reviews
