"""What a person's overview says of fieldwork."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import overview
from fyrtaarn.foundation.overview import OverviewItem, Section

from .notices import path_of_stay
from .queries import stays_of, stays_to_decide

MOST_SHOWN = 12


@overview.provider
def fieldwork(user: Any) -> Iterable[OverviewItem]:
    """Applications to decide on, and one's own stays to come."""
    for stay in stays_to_decide(user)[:MOST_SHOWN]:
        why = _("Application for fieldwork")
        yield OverviewItem(Section.WAITING, str(stay.organisation), path_of_stay(stay), why=why)
    for stay in stays_of(user, coming=True)[:MOST_SHOWN]:
        period = stay.period
        yield OverviewItem(Section.MINE, period.offer.title, path_of_stay(stay), why=_("Fieldwork"), due=period.starts)
