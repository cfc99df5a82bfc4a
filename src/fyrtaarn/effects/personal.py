"""What the room holds of people: who planned, and who counts. The catalogue holds nothing of them."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import Fate, Ground, Holding, declare, holds_nothing

from .models import Indicator, IndicatorVersion, Outcome, Plan, PlannedIndicator, PlannedOutcome, WantedEffect

WHOSE = _("People in organisations, and employees who plan with them")
WHY = _("So that those who do something together can say what comes of it")
ITS_OWN = _("It belongs to those whom it is about.")
KEPT = _("As long as what it is about")
SEEN_BY = _("The parties of the agreement, or the organisation's team")

holds_nothing(Outcome, "key", "name_da", "name_en", "what_da", "what_en")
holds_nothing(Indicator, "key", "target", "sort_key")
holds_nothing(
    IndicatorVersion,
    "references",
    *(
        f"{text}_{language}"
        for text in ("name", "counts", "leaves_out", "numerator", "denominator", "guidance")
        for language in ("da", "en")
    ),
)
holds_nothing(WantedEffect)
holds_nothing(PlannedOutcome)
declare(
    Holding(
        Plan,
        what=_("Plans for effect that you have begun"),
        why=WHY,
        ground=Ground.ASKED_FOR,
        kept=KEPT,
        whose=WHOSE,
        by=("created_by",),
        fields=dict.fromkeys(("does", "for_whom", "anyway", "risk", "worse", "unknown"), Fate.KEEP),
        stays=ITS_OWN,
        seen_by=SEEN_BY,
    ),
    Holding(
        PlannedIndicator,
        what=_("Who counts, where a name was written"),
        why=WHY,
        ground=Ground.ASKED_FOR,
        kept=KEPT,
        whose=WHOSE,
        fields={"collector": Fate.KEEP},
        stays=ITS_OWN,
        seen_by=SEEN_BY,
    ),
)
