"""What a person's overview says of her agreements."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock, overview
from fyrtaarn.foundation.overview import OverviewItem, Section

from .notices import path_of
from .queries import reviews_near, waiting_for_yes

MOST_SHOWN = 50


@overview.provider
def agreements_to_answer(user: Any) -> Iterable[OverviewItem]:
    """Agreements and changes that wait for a yes from one of the person's parties."""
    why = _("Waits for your yes")
    waiting = waiting_for_yes(user)[:MOST_SHOWN]
    return [OverviewItem(Section.WAITING, wording.title, path_of(wording.agreement), why=why) for wording in waiting]


@overview.provider
def reviews_to_hold(user: Any) -> Iterable[OverviewItem]:
    """Reviews that are overdue or near."""
    today = clock.today()
    return [
        OverviewItem(
            Section.DEADLINES,
            review.agreement.title,
            path_of(review.agreement),
            why=_("The review is overdue") if review.due < today else _("Review"),
            due=review.due,
        )
        for review in reviews_near(user)[:MOST_SHOWN]
    ]
