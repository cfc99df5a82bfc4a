"""What a person's overview says of assessments: those that wait for her."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import overview
from fyrtaarn.foundation.overview import MOST_IN_A_SECTION, OverviewItem, Section
from fyrtaarn.people.reading import read_with_person

from .models import AssignmentState
from .notices import assignment_path
from .queries import is_to_assess, waiting_for


@overview.provider
def assessments(user: Any) -> Iterable[OverviewItem]:
    """Applications that she is asked to assess."""
    for pk, state, due, title in waiting_for(user)[:MOST_IN_A_SECTION]:
        asked = state == AssignmentState.ASKED
        why = _("Can you assess it? Say whether anything stands in your way") if asked else _("Waits for your scores")
        yield OverviewItem(Section.WAITING, title, assignment_path(pk), why, due)


read_with_person("read_is_to_assess", lambda: is_to_assess(F("pk")))
