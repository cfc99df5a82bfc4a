"""What people are told about their data."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.notices import NoticeKind, register

GROUP = _("Your data")

register(NoticeKind("privacy.copy", _("The copy of your data is ready"), GROUP))
register(NoticeKind("privacy.waits", _("Your account cannot be erased yet"), GROUP))
register(NoticeKind("privacy.register", _("The answer to a request for access is ready"), GROUP))
