"""What people are told about imports."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.models import Rhythm
from fyrtaarn.foundation.notices import NoticeKind, register

GROUP = _("Imports")

register(NoticeKind("imports.done", _("Your import is done"), GROUP, Rhythm.NONE))
register(NoticeKind("imports.stopped", _("Your import was stopped by a fault"), GROUP, Rhythm.AT_ONCE))
