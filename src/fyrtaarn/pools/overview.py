"""What a person's overview says of pools: what is late, and what her own department is to confirm or pay."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from fyrtaarn.foundation import clock, overview
from fyrtaarn.foundation.overview import OverviewItem, Section

from .models import ContributionPart
from .paths import given_path, manage_path
from .queries import departments_of, waiting_parts
from .rules import MANAGERS

MOST_SHOWN = 12
SOON = timedelta(days=14)


@overview.provider
def waiting_contributions(user: Any) -> Iterable[OverviewItem]:
    """What is late in the pools that she looks after, and what her department is to do; one statement, or none."""
    places = [role.municipality_id for role in user.current_roles if role.kind in MANAGERS]
    departments = departments_of(user)
    if not places and not departments:
        return
    soon, asked = clock.today() + SOON, set[int]()
    for part in waiting_parts(places, departments, soon)[:MOST_SHOWN]:
        contribution = part.contribution
        if contribution.contributor.department_id not in departments:
            yield _to_note(part)
            continue
        if not part.is_confirmed and contribution.pk not in asked:
            asked.add(contribution.pk)
            yield _item(part, given_path(), _("Confirm what you give for %(year)s"))
        if part.due <= soon and part.said_paid is None:
            late, next_ = _("Late: quarter %(quarter)s of %(year)s"), _("Pay quarter %(quarter)s of %(year)s")
            yield _item(part, given_path(), late if part.is_late else next_, part.due)


def _to_note(part: ContributionPart) -> OverviewItem:
    """For who looks after the pool: it is late, or said to be paid."""
    path = manage_path(part.contribution.contributor.pool, "contributions")
    if part.said_paid is not None:
        return _item(part, path, _("Says that it has paid quarter %(quarter)s of %(year)s: note when it has come"))
    return _item(part, path, _("Late: quarter %(quarter)s of %(year)s"), part.due)


def _item(part: ContributionPart, path: str, why: str, due: date | None = None) -> OverviewItem:
    giver, said = part.contribution.contributor, {"quarter": part.quarter, "year": part.contribution.year}
    return OverviewItem(Section.WAITING, f"{giver.pool.label}: {giver}", path, why=why % said, due=due)
