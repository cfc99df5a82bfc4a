"""What dialogues need to know of challenges, and how a challenge follows the dialogues about it."""

from typing import Any

from django.db import transaction

from fyrtaarn.meetings.kinds import MeetingKind, register
from fyrtaarn.meetings.models import Meeting

from .models import Challenge, ChallengeState
from .states import CHALLENGE_STATES

STEPS_INTO_DIALOGUE = ("accept", "reopen", "introduce")


@transaction.atomic
def follow_dialogue(meeting: Meeting, step: str, user: Any) -> None:
    """A challenge that seeks solutions is in dialogue once both sides want to talk."""
    if step in STEPS_INTO_DIALOGUE:
        challenge = Challenge.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.sought.subject_id)
        if challenge.state == ChallengeState.PUBLISHED:
            CHALLENGE_STATES.perform("dialogue_opened", challenge, by=user)


register(MeetingKind("challenge", Challenge, contact="contact", wish="change", follow=follow_dialogue))
