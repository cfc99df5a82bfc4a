"""What is held of those who answer by mail."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import Ground, Holding, Retention, declare

from .models import TakenAnswer

declare(
    Holding(
        TakenAnswer,
        what=_("That you have answered one of our mails, and when"),
        why=_("So that no answer stands in a thread twice"),
        ground=Ground.PUBLIC_TASK,
        kept=_("90 days"),
        whose=_("Those who answer our mails"),
        plain=("digest",),
        retention=Retention(timedelta(days=90), "taken", delete=True),
    ),
)
