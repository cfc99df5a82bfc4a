"""What the council holds of people."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import YEAR, Fate, Ground, Holding, Retention, declare, holds_nothing

from .models import (
    Advice,
    AdviceProgress,
    AgendaItem,
    AgendaProposal,
    Council,
    CouncilMeeting,
    CouncilMember,
    MinutesAnswer,
    MinutesWording,
    Seat,
)

COUNCIL_PEOPLE = _("Members and secretaries of councils")
PUBLIC_RECORD = _("It belongs to the public record of what the council has done.")
DEPARTMENTS = _("Those who answer for a department")
AS_LONG = _("As long as the council's records")

holds_nothing(Council, "name", "purpose")
holds_nothing(Seat)
holds_nothing(CouncilMeeting, "title", "place", "cancelled_why")
declare(
    Holding(
        CouncilMember,
        what=_("Your terms in a council, and where you come from"),
        why=_("So that everybody can see who sits in the council"),
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=COUNCIL_PEOPLE,
        about=("user",),
        fields={"affiliation": Fate.BLANK},
        stays=PUBLIC_RECORD,
        seen_by=_("Everybody"),
    ),
    Holding(
        AgendaProposal,
        what=_("What you have proposed to a council, and your name and e-mail address where you have no account"),
        why=_("So that the council can take it up and answer you"),
        ground=Ground.PUBLIC_TASK,
        kept=_("Five years"),
        whose=_("Everybody who proposes something to a council"),
        about=("proposer",),
        by=("decided_by",),
        addresses=("email",),
        fields={"name": Fate.BLANK, "email": Fate.BLANK, "title": Fate.KEEP, "text": Fate.KEEP, "reason": Fate.KEEP},
        secret=("token",),
        stays=_("The municipality's records need the proposal and the answer to it."),
        seen_by=_("The council's secretary"),
        retention=Retention(5 * YEAR, "created", municipality="council__municipality"),
    ),
    Holding(
        AgendaItem,
        what=_("Your name on an agenda, where you have said that it may be shown"),
        why=_("So that everybody can see where an item comes from"),
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=_("Everybody who proposes something to a council"),
        about=("proposal__proposer",),
        fields={"proposed_by": Fate.BLANK},
        plain=("title", "text"),
        stays=PUBLIC_RECORD,
        seen_by=_("Everybody"),
    ),
    Holding(
        MinutesWording,
        what=_("Minutes that you have written"),
        why=_("So that everybody can see what was said and decided"),
        ground=Ground.LEGAL_DUTY,
        kept=AS_LONG,
        whose=COUNCIL_PEOPLE,
        by=("written_by",),
        fields={"text": Fate.KEEP, "correction": Fate.KEEP},
        stays=PUBLIC_RECORD,
        seen_by=_("Everybody once they have been approved"),
    ),
    Holding(
        MinutesAnswer,
        what=_("Whether you have approved minutes, and what you wanted to be different"),
        why=_("So that minutes say what the members agree on"),
        ground=Ground.LEGAL_DUTY,
        kept=AS_LONG,
        whose=COUNCIL_PEOPLE,
        about=("member__user",),
        fields={"remark": Fate.KEEP},
        stays=PUBLIC_RECORD,
        seen_by=_("The council's members and secretary"),
    ),
    Holding(
        Advice,
        what=_("Answers to a council's advice that you have given for a department"),
        why=_("So that everybody can see what the department does with the advice"),
        ground=Ground.LEGAL_DUTY,
        kept=AS_LONG,
        whose=DEPARTMENTS,
        by=("answered_by",),
        fields={"answer": Fate.KEEP},
        plain=("title", "text"),
        stays=PUBLIC_RECORD,
        seen_by=_("Everybody"),
    ),
    Holding(
        AdviceProgress,
        what=_("What you have told for a department of what came of advice"),
        why=_("So that everybody can see what came of the advice"),
        ground=Ground.LEGAL_DUTY,
        kept=AS_LONG,
        whose=DEPARTMENTS,
        by=("by",),
        fields={"text": Fate.KEEP},
        stays=PUBLIC_RECORD,
        seen_by=_("Everybody"),
    ),
)
