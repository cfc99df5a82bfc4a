"""What a person's overview says of decisions: those that wait for her yes, and what her organisation is asked."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import overview
from fyrtaarn.foundation.overview import MOST_IN_A_SECTION, OverviewItem, Section

from .notices import decision_path, hearing_path
from .queries import hearings_for, waiting_for_yes


@overview.provider
def decisions(user: Any) -> Iterable[OverviewItem]:
    """Decisions that wait for her yes."""
    for one in waiting_for_yes(user)[:MOST_IN_A_SECTION]:
        yield OverviewItem(
            Section.WAITING, str(one.application), decision_path(one), _("A decision waits for your yes")
        )


@overview.provider
def hearings(user: Any) -> Iterable[OverviewItem]:
    """What her organisations are heard about."""
    for one in hearings_for(user)[:MOST_IN_A_SECTION]:
        why = _("What do you say before it is decided?")
        yield OverviewItem(Section.WAITING, str(one.application), hearing_path(one), why, one.due)
