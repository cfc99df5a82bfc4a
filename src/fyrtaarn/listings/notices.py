"""What people are told about listings."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.models import Rhythm
from fyrtaarn.foundation.notices import NoticeKind, register

FITS = "listings.fits"

register(NoticeKind(FITS, _("Something new fits a search that you saved"), _("Searches"), Rhythm.AT_ONCE))
