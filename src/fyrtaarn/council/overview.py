"""What a person's overview says of the council."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import overview
from fyrtaarn.foundation.overview import OverviewItem, Section

from .notices import path_of_advice, path_of_minutes, path_of_proposal
from .queries import advice_left_behind, advice_to_answer, minutes_to_answer, proposals_to_decide

MOST_SHOWN = 12


@overview.provider
def council_matters(user: Any) -> Iterable[OverviewItem]:
    """Advice to answer, minutes to approve, proposals to decide on."""
    for advice in advice_to_answer(user)[:MOST_SHOWN]:
        why = _("Advice from the council: the answer is late") if advice.days_late else _("Advice from the council")
        yield OverviewItem(Section.DEADLINES, advice.title, path_of_advice(advice), why=why, due=advice.due)
    for advice in advice_left_behind(user)[:MOST_SHOWN]:
        why = _("The department has ended: choose who answers the advice")
        yield OverviewItem(Section.WAITING, advice.title, path_of_advice(advice), why=why, due=advice.due)
    for wording in minutes_to_answer(user)[:MOST_SHOWN]:
        yield OverviewItem(
            Section.WAITING, wording.meeting.title, path_of_minutes(wording), why=_("Minutes to approve")
        )
    for proposal in proposals_to_decide(user)[:MOST_SHOWN]:
        yield OverviewItem(Section.WAITING, proposal.title, path_of_proposal(proposal), why=_("Proposal to decide on"))
