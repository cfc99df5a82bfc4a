"""What people are told about their roles."""

from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.notices import LEAVINGS, NoticeKind, register

from .models import Role

GROUP = _("Roles and invitations")

register(NoticeKind("people.role-given", _("You are given a role"), GROUP))
register(NoticeKind("people.role-ended", _("One of your roles ends"), GROUP))
register(NoticeKind("people.invitation-accepted", _("Somebody accepts your invitation"), GROUP))


def last_left(person: Any) -> date | None:
    """On which day the person last left a role."""
    left: date | None = Role.objects.filter(user=person, ends__lte=clock.today()).aggregate(last=Max("ends"))["last"]
    return left


LEAVINGS.append(last_left)
