"""What pitches hold of people."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import YEAR, Fate, Ground, Holding, Retention, declare

from .models import Pitch, PitchComment, PitchReview, PitchVersion, ReviewState
from .parts import Part

WHOSE = _("People in organisations, and ambassadors")
WORDS = {"title": Fate.KEEP, **dict.fromkeys(Part.values, Fate.KEEP)}
ITS_OWN = _("It is the organisation's.")
TEAM = _("The organisation's team, the ambassadors whom it asks, and everybody what it shows on its page")
OVER = ~Q(state=ReviewState.ASKED)

declare(
    Holding(
        Pitch,
        what=_("Pitches that you have begun, or written on last, for your organisation"),
        why=_("So that your team can write on"),
        ground=Ground.ASKED_FOR,
        kept=_("As long as the organisation uses them"),
        whose=WHOSE,
        by=("created_by", "updated_by"),
        fields=WORDS,
        plain=("saved_from",),
        stays=ITS_OWN,
        seen_by=_("The organisation's team"),
    ),
    Holding(
        PitchVersion,
        what=_("Versions of a pitch that you have shown to others"),
        why=_("So that it can be seen what was commented on"),
        ground=Ground.ASKED_FOR,
        kept=_("As long as the pitch"),
        whose=WHOSE,
        by=("made_by",),
        fields=WORDS,
        stays=ITS_OWN,
        seen_by=TEAM,
    ),
    Holding(
        PitchReview,
        what=_("Comments on a pitch that you have asked for, or were asked for as an ambassador"),
        why=_("So that the organisation gets an answer"),
        ground=Ground.PUBLIC_TASK,
        kept=_("Five years after the answer"),
        whose=WHOSE,
        about=("ambassador__user",),
        by=("asked_by",),
        fields={"message": Fate.KEEP, "overall": Fate.KEEP},
        stays=_("It is part of what the municipality has told the organisation."),
        seen_by=_("The organisation's team and the ambassador"),
        retention=Retention(5 * YEAR, "finished", among=OVER, municipality="ambassador__department__municipality"),
    ),
    Holding(
        PitchComment,
        what=_("What you as an ambassador have said of a part of a pitch"),
        why=_("So that the organisation can make it better"),
        ground=Ground.PUBLIC_TASK,
        kept=_("Five years after the answer"),
        whose=WHOSE,
        by=("review__ambassador__user",),
        fields={"text": Fate.KEEP},
        stays=_("It is part of what the municipality has told the organisation."),
        seen_by=_("The organisation's team and the ambassador"),
        retention=Retention(
            5 * YEAR,
            "review__finished",
            among=~Q(review__state=ReviewState.ASKED),
            municipality="review__ambassador__department__municipality",
        ),
    ),
)
