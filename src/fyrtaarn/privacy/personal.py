"""What this room itself holds of people."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import YEAR, Fate, Ground, Holding, Retention, declare, holds_nothing

from .models import COPY_DAYS, ArchiveDecision, Copy, Due, Erasure, Register, Removal, Viewing

ACCOUNT_HOLDERS = _("Everybody with an account")
OFFICERS = _("Data officers and administrators of a municipality")
RECORDS = _("It belongs to the municipality's records, which the law forbids us to thin out.")

declare(
    Holding(
        Erasure,
        what=_("That you have asked to be erased, and when"),
        why=_("So that it is done, and done again if a backup is restored"),
        ground=Ground.LEGAL_DUTY,
        kept=_("As long as backups from before are kept"),
        whose=ACCOUNT_HOLDERS,
        about=("person",),
        stays=_("It holds a number and dates only."),
    ),
    Holding(
        Copy,
        what=_("Copies of your data that you have asked for"),
        why=_("So that you can fetch them"),
        ground=Ground.LEGAL_DUTY,
        kept=_("One week"),
        whose=ACCOUNT_HOLDERS,
        about=("person",),
        secret=("content",),
        erase=True,
        retention=Retention(timedelta(days=COPY_DAYS), "asked", delete=True),
    ),
    Holding(
        ArchiveDecision,
        what=_("What you have noted of the archive's decisions"),
        why=_("So that nothing goes before the archive has said so"),
        ground=Ground.LEGAL_DUTY,
        kept=_("As long as the municipality is here"),
        whose=OFFICERS,
        by=("by",),
        plain=("holding", "reference"),
        stays=RECORDS,
        seen_by=_("The municipality's administrators and data officers"),
    ),
    Holding(
        Viewing,
        what=_("Who has seen your data in their work, and whose data you have seen in yours"),
        why=_("So that you can see who has looked, and misuse is found"),
        ground=Ground.SECURITY,
        kept=_("Two years"),
        whose=ACCOUNT_HOLDERS,
        about=("person",),
        by=("viewer",),
        plain=("place",),
        erase=True,
        stays=_("The other person has a right to know that you have looked."),
        seen_by=_("The person whose data was seen"),
        retention=Retention(2 * YEAR, "at", delete=True),
    ),
    Holding(
        Register,
        what=_("Answers to requests for access: what a municipality has about you, and which you have had made"),
        why=_("So that a request for access is answered in time"),
        ground=Ground.LEGAL_DUTY,
        kept=_("The file one week; that it was made five years"),
        whose=_("Parties in a municipality's matters, and data officers"),
        about=("person",),
        by=("by",),
        fields={"reason": Fate.KEEP},
        secret=("content",),
        stays=RECORDS,
        seen_by=_("The municipality's data officers"),
        retention=Retention(5 * YEAR, "asked", municipality="municipality", delete=True),
    ),
)
holds_nothing(Due, "holding")
holds_nothing(Removal, "holding")
