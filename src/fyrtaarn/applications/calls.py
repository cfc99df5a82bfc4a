"""What a pool's calls are told of the applications in them, so that pools need not know this room."""

from collections.abc import Iterable

from django.db import connection
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.rules import Verdict, allowed_if
from fyrtaarn.organisations.models import Membership
from fyrtaarn.people.models import User
from fyrtaarn.pools.models import Call
from fyrtaarn.pools.notices import followers
from fyrtaarn.pools.rules import settling_hindrances

from .models import OPEN_STATES, Application, ApplicationState

WAITING = (ApplicationState.SENT, ApplicationState.RETURNED)


def who_apply(call: Call) -> Iterable[User]:
    """The teams that write for the call, or have sent something that is not decided.

    An errand of the database, because nobody but its team sees a draft; it answers who looks after the pool.
    """
    seen = Application.objects.filter(call=call, state__in=OPEN_STATES).order_by().values("organisation")
    team = set(Membership.objects.current().filter(organisation__in=seen).values_list("user", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT errand.applicants_in(%s)", [call.pk])
        team |= {person for (person,) in cursor.fetchall()}
    return User.objects.filter(pk__in=team).order_by("pk")


def all_are_decided(call: Call) -> Verdict:
    """A call is over when no application waits."""
    waits = Application.objects.filter(call=call, state__in=WAITING).exists()
    return allowed_if(not waits, _("Some applications wait for a decision."))


followers.append(who_apply)
settling_hindrances.append(all_are_decided)
