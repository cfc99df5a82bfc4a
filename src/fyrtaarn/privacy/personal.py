"""What this room itself holds of people."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import Ground, Holding, Retention, declare

from .models import COPY_DAYS, Copy, Erasure

ACCOUNT_HOLDERS = _("Everybody with an account")

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
)
