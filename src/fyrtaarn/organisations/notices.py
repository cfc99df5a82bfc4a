"""What people are told about organisations."""

from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Rhythm
from fyrtaarn.foundation.notices import LEAVINGS, NoticeKind, register

from .models import Membership

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


def last_left(person: Any) -> date | None:
    """On which day the person last left a team."""
    left: date | None = Membership.objects.filter(user=person, ends__lte=clock.today()).aggregate(last=Max("ends"))[
        "last"
    ]
    return left


LEAVINGS.append(last_left)
