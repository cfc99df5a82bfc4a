"""What a person's overview says of pools: what is late, and calls that wait to be finished."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from fyrtaarn.foundation import clock, overview
from fyrtaarn.foundation.overview import OverviewItem, Section

from .models import PartState
from .paths import manage_path
from .queries import due_parts
from .rules import MANAGERS

MOST_SHOWN = 12


@overview.provider
def late_contributions(user: Any) -> Iterable[OverviewItem]:
    """What has not been paid to the pools that a fund manager looks after; one statement, none for others."""
    places = {role.municipality_id for role in user.current_roles if role.kind in MANAGERS}
    if not places:
        return
    late = due_parts(clock.today()).filter(contribution__contributor__pool__municipality__in=places)
    for part in late.filter(state=PartState.DECIDED)[:MOST_SHOWN]:
        giver = part.contribution.contributor
        why = _("Late: quarter %(quarter)s of %(year)s") % {"quarter": part.quarter, "year": part.contribution.year}
        path = manage_path(giver.pool, "contributions")
        yield OverviewItem(Section.WAITING, f"{giver.pool.label}: {giver}", path, why=why, due=part.due)
