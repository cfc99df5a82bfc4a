"""What becomes of a grant whose decision falls after a complaint."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.people.models import User

from ..actions.grants import end_early
from ..models import AidAward, Decision, Grant, InstalmentState

ON_THE_WAY = (InstalmentState.APPROVED, InstalmentState.PAID)


def give_back(decision: Decision, *, by: User, why: str) -> None:
    """End the grant so that all of its money is free again, and count its aid no more. Refused once money is on its way."""
    grant = Grant.objects.filter(decision=decision).first()
    if grant is None:
        return
    if grant.instalments.filter(state__in=ON_THE_WAY).exists():
        raise Refused(_("Money of the grant is on its way or paid. Settle that first."))
    end_early(by, grant, why)
    AidAward.objects.filter(grant=grant).delete()
