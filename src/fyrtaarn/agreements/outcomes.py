"""What a dialogue's page shows of its agreements."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.meetings.models import TALKING_STATES, Meeting
from fyrtaarn.meetings.outcomes import Beginning, Outcome, Outcomes, register

from .models import LIVE_STATES, AgreementState
from .notices import path_of


def agreements_of_meeting(user: Any, meeting: Meeting) -> Outcomes:
    """The dialogue's agreements but dropped drafts, and a new one where none is alive. `user` is one of the parties."""
    found = list(meeting.agreements.exclude(state=AgreementState.DROPPED).order_by("-created", "-pk"))
    outcomes = tuple(Outcome(a.title, path_of(a), a.get_kind_display(), a.get_state_display()) for a in found)
    if meeting.state not in TALKING_STATES or any(agreement.state in LIVE_STATES for agreement in found):
        return Outcomes(outcomes)
    path = f"{reverse('agreements:agreement-new')}?dialog={meeting.pk}"
    return Outcomes(outcomes, (Beginning(_("Agree on a collaboration"), path),))


register(agreements_of_meeting)
