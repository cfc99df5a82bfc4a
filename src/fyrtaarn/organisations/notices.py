"""What people are told about organisations."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.models import Rhythm
from fyrtaarn.foundation.notices import NoticeKind, register

GROUP = _("Your organisation")
MUNICIPAL = _("Organisations in your municipality")

for kind in (
    NoticeKind("organisations.claim", _("Somebody says that an organisation is theirs"), MUNICIPAL, Rhythm.AT_ONCE),
    NoticeKind(
        "organisations.claim_approved", _("Your request for an organisation was approved"), GROUP, Rhythm.AT_ONCE
    ),
    NoticeKind("organisations.claim_refused", _("Your request for an organisation was refused"), GROUP, Rhythm.AT_ONCE),
    NoticeKind("organisations.joined", _("Somebody joined your team"), GROUP, Rhythm.DAILY),
    NoticeKind("organisations.verified", _("A municipality has verified your organisation"), GROUP, Rhythm.DAILY),
):
    register(kind)
