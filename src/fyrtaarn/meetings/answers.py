"""Dialogues can be answered by mail."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.people.models import User
from fyrtaarn.replies.threads import Answer, register

from . import actions
from .models import Meeting
from .notices import DIALOGUE


def take(thread: int, answer: Answer) -> None:
    """Put an answer into the dialogue, as one of the two parties. Raises Refused where the page would."""
    person = User.objects.filter(email__iexact=answer.address, is_active=True).first()
    meeting = Meeting.objects.filter(pk=thread).first()
    if person is None or meeting is None:
        raise Refused(_("Only the two parties can see the dialogue."))
    actions.write(person, meeting, answer.text, answer.uploads)


register(DIALOGUE, take)
