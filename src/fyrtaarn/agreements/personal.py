"""What agreements hold of people."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import YEAR, Fate, Ground, Holding, Retention, declare

from .models import Acceptance, Agreement, Party, Review, StatusUpdate, Wording

PARTIES = _("Those who act for a party of an agreement")
FIVE_YEARS = _("Five years after the agreement has ended")
RECORDS = _("The other parties and the municipality's records need the whole agreement.")
AGREEMENTS_PARTIES = _("The parties; everybody where they have agreed to tell")
CLOSED = "agreement__closed"
HERE = "agreement__municipality"

declare(
    Holding(
        Agreement,
        what=_("Agreements that you have begun"),
        why=_("So that the parties know what was promised, and others can learn from it"),
        ground=Ground.LEGAL_DUTY,
        kept=_("The agreement as long as it is told of; who began it five years after it has ended"),
        whose=PARTIES,
        by=("created_by",),
        plain=("title", "goal", "promised_effect", "worked", "did_not_work", "next_time"),
        stays=RECORDS,
        seen_by=AGREEMENTS_PARTIES,
        retention=Retention(5 * YEAR, "closed", municipality="municipality"),
    ),
    Holding(
        Party,
        what=_("Agreements in which you are a party's contact"),
        why=_("So that the parties know whom to turn to"),
        ground=Ground.LEGAL_DUTY,
        kept=FIVE_YEARS,
        whose=PARTIES,
        about=("contact",),
        fields={"contact": Fate.BLANK},
        seen_by=AGREEMENTS_PARTIES,
        retention=Retention(5 * YEAR, CLOSED, municipality=HERE),
    ),
    Holding(
        Wording,
        what=_("Terms that you have put to the parties or answered, with your reasons"),
        why=_("So that the parties know what was promised when"),
        ground=Ground.LEGAL_DUTY,
        kept=FIVE_YEARS,
        whose=PARTIES,
        by=("proposed_by", "settled_by"),
        fields={"reason": Fate.KEEP, "refusal": Fate.KEEP},
        plain=("title", "goal", "promised_effect"),
        stays=RECORDS,
        seen_by=_("The parties"),
        retention=Retention(5 * YEAR, CLOSED, municipality=HERE),
    ),
    Holding(
        Acceptance,
        what=_("That you have said yes for a party"),
        why=_("So that nobody can doubt that it was said"),
        ground=Ground.LEGAL_DUTY,
        kept=FIVE_YEARS,
        whose=PARTIES,
        by=("by",),
        stays=RECORDS,
        seen_by=_("The parties"),
        retention=Retention(5 * YEAR, "wording__agreement__closed", municipality=f"wording__{HERE}", delete=True),
    ),
    Holding(
        Review,
        what=_("Reviews that you have held, and what you found"),
        why=_("So that the parties see how it goes"),
        ground=Ground.LEGAL_DUTY,
        kept=FIVE_YEARS,
        whose=PARTIES,
        by=("held_by",),
        fields={"note": Fate.KEEP},
        plain=("question",),
        stays=RECORDS,
        seen_by=AGREEMENTS_PARTIES,
        retention=Retention(5 * YEAR, CLOSED, among=Q(held__isnull=False), municipality=HERE),
    ),
    Holding(
        StatusUpdate,
        what=_("What you have told of how it goes"),
        why=_("So that the parties see how it goes"),
        ground=Ground.LEGAL_DUTY,
        kept=FIVE_YEARS,
        whose=PARTIES,
        by=("by",),
        fields={"text": Fate.KEEP},
        stays=RECORDS,
        seen_by=AGREEMENTS_PARTIES,
        retention=Retention(5 * YEAR, CLOSED, municipality=HERE),
    ),
)
