"""What the books hold of people."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import Ground, Holding, declare, holds_nothing

from .models import Account, Book, DayTotal, Entry, FinanceAccount, Posting

holds_nothing(Book, "name")
holds_nothing(Account, "kind", "key", "label")
holds_nothing(Posting)
holds_nothing(DayTotal)
holds_nothing(FinanceAccount, "kind", "number")
declare(
    Holding(
        Entry,
        what=_("Entries that you have posted in a pool's books"),
        why=_("So that every krone can be followed to the one who moved it"),
        ground=Ground.LEGAL_DUTY,
        kept=_("As long as the municipality's records"),
        whose=_("Those who look after the money of a pool"),
        by=("by",),
        plain=("text", "document", "reason"),
        stays=_("Books are never changed, so that they can be audited."),
        seen_by=_("The municipality's fund managers and auditors, and the recipient of the money"),
    ),
)
