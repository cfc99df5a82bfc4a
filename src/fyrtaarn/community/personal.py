"""What introductions hold of people."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import YEAR, Fate, Ground, Holding, Retention, declare

from .models import (
    CLOSED_STATES,
    Appointment,
    Asking,
    AskingLetter,
    IntroducedParty,
    Introduction,
    Note,
    SetAside,
    Wish,
)

MANAGERS = _("Community managers")
INTRODUCED = _("Those who are introduced, or who answer for a department or an organisation")
RECORDS = _("It must be possible to see who acted for the municipality when.")
FIVE_YEARS = _("Five years after the introduction has been closed")
THE_OTHERS = _("The other parties and the municipality's records need the whole introduction.")
CLOSED = Q(introduction__state__in=CLOSED_STATES)
HERE = "introduction__district__municipality"

declare(
    Holding(
        Appointment,
        what=_("The districts that you look after, and what you tell there about yourself"),
        why=_("So that people in the district know whom to turn to, and when"),
        ground=Ground.PUBLIC_TASK,
        kept=_("Five years after the appointment has ended"),
        whose=MANAGERS,
        about=("user",),
        fields={"greeting": Fate.BLANK},
        stays=RECORDS,
        seen_by=_("Everybody, while you look after the district"),
        retention=Retention(5 * YEAR, "ends", municipality="district__municipality"),
    ),
    Holding(
        Introduction,
        what=_("Introductions that you have made"),
        why=_("So that it can be seen who brought whom together"),
        ground=Ground.PUBLIC_TASK,
        kept=FIVE_YEARS,
        whose=MANAGERS,
        by=("created_by",),
        fields={"title": Fate.KEEP, "outcome_words": Fate.KEEP},
        stays=THE_OTHERS,
        seen_by=_("The community manager of the district and the parties"),
        retention=Retention(
            5 * YEAR, "closed", among=Q(state__in=CLOSED_STATES), municipality="district__municipality"
        ),
    ),
    Holding(
        IntroducedParty,
        what=_("Introductions in which you are to meet somebody"),
        why=_("So that you can be brought together"),
        ground=Ground.ASKED_FOR,
        kept=FIVE_YEARS,
        whose=INTRODUCED,
        about=("person",),
        stays=THE_OTHERS,
        seen_by=_("The community manager of the district; the other parties once all have said yes"),
        retention=Retention(5 * YEAR, "introduction__closed", among=CLOSED, municipality=HERE, delete=True),
    ),
    Holding(
        Asking,
        what=_("What you have answered to introductions, and what you were told of them"),
        why=_("So that nobody is brought together who does not want it"),
        ground=Ground.ASKED_FOR,
        kept=FIVE_YEARS,
        whose=INTRODUCED,
        about=("party__person",),
        by=("answered_by",),
        fields={"reason": Fate.KEEP},
        stays=THE_OTHERS,
        seen_by=_("Your own party and the community manager; your name and address the others, where you allow it"),
        retention=Retention(5 * YEAR, "introduction__closed", among=CLOSED, municipality=HERE, delete=True),
    ),
    Holding(
        AskingLetter,
        what=_("Letters by which you can answer an introduction without signing in"),
        why=_("So that an answer takes a minute"),
        ground=Ground.SECURITY,
        kept=_("One year after the introduction has been closed"),
        whose=INTRODUCED,
        about=("person",),
        secret=("token",),
        erase=True,
        retention=Retention(YEAR, "asking__introduction__closed", delete=True),
    ),
    Holding(
        Wish,
        what=_("What you have noted of the wishes of local committees"),
        why=_("So that everybody can see what was asked for and what became of it"),
        ground=Ground.PUBLIC_TASK,
        kept=_("As long as the municipality shows them"),
        whose=MANAGERS,
        by=("created_by",),
        plain=("title", "text", "source", "taken_by", "became"),
        stays=RECORDS,
        seen_by=_("Everybody"),
    ),
    Holding(
        Note,
        what=_("What a community manager has noted for herself of people whom she has met"),
        why=_("So that she remembers who needs what, and when to call again"),
        ground=Ground.PUBLIC_TASK,
        kept=_("One year after it was written or changed"),
        whose=_("People whom a community manager has met"),
        about=("author",),
        addresses=("email",),
        fields={"title": Fate.REPLACE, "text": Fate.REPLACE, "email": Fate.BLANK, "phone": Fate.BLANK},
        erase=True,
        seen_by=_("The community manager who wrote it, nobody else"),
        retention=Retention(YEAR, "changed", delete=True),
    ),
    Holding(
        SetAside,
        what=_("Suggestions that you have set aside"),
        why=_("So that what has been considered is not suggested again"),
        ground=Ground.PUBLIC_TASK,
        kept=_("One year"),
        whose=MANAGERS,
        by=("by",),
        stays=RECORDS,
        seen_by=_("The community manager of the district"),
        retention=Retention(YEAR, "at", delete=True),
    ),
)
