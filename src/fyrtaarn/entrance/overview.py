"""What a person's overview says of questions: those that she is to answer, and her own."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import overview
from fyrtaarn.foundation.overview import MOST_IN_A_SECTION, OverviewItem, Section

from .models import CaseState
from .notices import asker_path, case_path
from .queries import on_the_desk_of

WHY = {
    CaseState.WAITING: _("The municipality has asked you for something"),
    CaseState.ANSWERED: _("Answered"),
}


@overview.provider
def questions(user: Any) -> Iterable[OverviewItem]:
    """Cases that wait for her answer, by their last day; and her own questions that are open."""
    for case in on_the_desk_of(user, MOST_IN_A_SECTION):
        if case.is_mine:  # type: ignore[attr-defined]
            section = Section.WAITING if case.state == CaseState.WAITING else Section.MINE
            why = WHY.get(CaseState(case.state), case.get_state_display())
            yield OverviewItem(section, case.title, asker_path(case), why=why)
        else:
            yield OverviewItem(
                Section.WAITING, case.title, case_path(case), why=_("A question to answer"), due=case.due
            )
