"""Applications grow of words that somebody has written elsewhere: they say what is to be done."""

from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.listings.growing import GrowingKind, Grown, Option, Seed, register
from fyrtaarn.organisations.rules import is_member
from fyrtaarn.people.models import User
from fyrtaarn.pools.models import Call

from . import actions, queries, rules
from .eligibility import hindrances


def options(user: User, seed: Seed) -> list[Option]:
    """The municipality's calls in which she can apply with her organisation today."""
    return [Option(str(call.pk), _("An application: %(call)s") % {"call": call.label}) for call in _calls(user, seed)]


def _calls(user: User, seed: Seed) -> list[Call]:
    applicant = seed.organisation
    if applicant is None or not is_member(user, applicant):
        return []
    calls = queries.open_calls().filter(pool__municipality=seed.municipality)
    return [call for call in calls if call.rules is not None and not hindrances(applicant, call.rules)]


def grow(user: User, seed: Seed, option: str) -> int:
    """Begin an application with the words; the same seed and call again give the same one."""
    call = next((one for one in _calls(user, seed) if str(one.pk) == option), None)
    if call is None or seed.organisation is None:
        raise Refused(_("Choose one of the calls that are offered."))
    beginning = actions.Beginning(title=seed.title, text=seed.text, key=uuid5(NAMESPACE_URL, f"{seed.key}/{call.pk}"))
    return actions.begin(user, call, seed.organisation, beginning).pk


def shown(user: User, keys: Iterable[int]) -> dict[int, Grown]:
    rows = queries.whole_applications().filter(pk__in=list(keys)).order_by("pk")
    return {
        one.pk: Grown(gettext_lazy("Application"), str(one), one.path)
        for one in rows
        if rules.may_write_for(user, one.organisation_id)
    }


register(GrowingKind("application", options, grow, shown))
