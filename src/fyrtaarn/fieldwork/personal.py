"""What fieldwork holds of people."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import YEAR, Fate, Ground, Holding, Retention, declare, holds_nothing

from .models import FieldworkOffer, FieldworkPeriod, FieldworkPlace, Learned, SignedDeclaration, Stay

PARTIES = _("Those who act for a department or an organisation")
RECORDS = _("The other party and the municipality's records need to know who was where.")
AS_LONG = _("As long as the municipality's records")
THE_TWO = _("The two parties")

holds_nothing(FieldworkPeriod, "hours")
holds_nothing(FieldworkPlace)
declare(
    Holding(
        FieldworkOffer,
        what=_("Offers of fieldwork that you have written"),
        why=_("So that entrepreneurs can find a place to learn"),
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=PARTIES,
        by=("created_by",),
        plain=("institution", "address", "title", "text", "rules", "declaration"),
        stays=RECORDS,
        seen_by=_("Everybody"),
    ),
    Holding(
        Stay,
        what=_("Your applications for fieldwork, and the answers"),
        why=_("So that host and guest can agree"),
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=PARTIES,
        by=("guest",),
        fields={"purpose": Fate.KEEP, "reason": Fate.KEEP},
        stays=RECORDS,
        seen_by=THE_TWO,
    ),
    Holding(
        SignedDeclaration,
        what=_("Confidentiality declarations that you have signed"),
        why=_("So that the host can show what was promised"),
        ground=Ground.LEGAL_DUTY,
        kept=_("Five years"),
        whose=PARTIES,
        by=("by",),
        fields={"name": Fate.KEEP},
        plain=("text",),
        stays=RECORDS,
        seen_by=THE_TWO,
        retention=Retention(
            5 * YEAR, "stay__period__ends", municipality="stay__period__offer__department__municipality"
        ),
    ),
    Holding(
        Learned,
        what=_("What you have written that you learned"),
        why=_("So that others can learn from it, where both sides have agreed"),
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=PARTIES,
        by=("by",),
        fields={"text": Fate.KEEP},
        plain=("who",),
        stays=RECORDS,
        seen_by=_("The two parties, and everybody where both have agreed"),
    ),
)
