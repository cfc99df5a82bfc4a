"""What dialogues hold of people."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import YEAR, Fate, Ground, Holding, Retention, declare

from .models import Meeting, MeetingState, Message, Reading

PARTIES = _("Those who talk for a department or an organisation")
RECORDS = _("The other party and the municipality's records need the whole dialogue.")
OVER = (MeetingState.DECLINED, MeetingState.ENDED, MeetingState.AGREED)

declare(
    Holding(
        Meeting,
        what=_("Dialogues that you have opened"),
        why=_("So that both parties know who turned to whom"),
        ground=Ground.LEGAL_DUTY,
        kept=_("Five years after the last word"),
        whose=PARTIES,
        by=("opener",),
        stays=RECORDS,
        seen_by=_("The two parties"),
        retention=Retention(5 * YEAR, "latest", among=Q(state__in=OVER), municipality="municipality"),
    ),
    Holding(
        Message,
        what=_("What you have written in dialogues"),
        why=_("So that the two parties can talk, and the municipality can say afterwards what was said"),
        ground=Ground.LEGAL_DUTY,
        kept=_("Five years after the last word in the dialogue"),
        whose=PARTIES,
        by=("author",),
        fields={"text": Fate.KEEP},
        stays=RECORDS,
        seen_by=_("The two parties"),
        retention=Retention(
            5 * YEAR,
            "meeting__latest",
            among=Q(meeting__state__in=OVER),
            municipality="meeting__municipality",
        ),
    ),
    Holding(
        Reading,
        what=_("How far you have read in a dialogue"),
        why=_("So that you see what is new to you"),
        ground=Ground.ASKED_FOR,
        kept=_("As long as you have an account"),
        whose=PARTIES,
        about=("user",),
        erase=True,
    ),
)
