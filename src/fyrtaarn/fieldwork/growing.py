"""Applications for a stay grow of words that somebody has written elsewhere: they are its purpose."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.listings.growing import GrowingKind, Grown, Option, Seed, register
from fyrtaarn.organisations.rules import is_member
from fyrtaarn.people.models import User

from . import actions, rules
from .models import LIVE_STATES, FieldworkPeriod, Stay
from .notices import path_of_stay
from .queries import next_periods


def options(user: User, seed: Seed) -> list[Option]:
    """The next periods in the municipality's institutions for which she can apply with her organisation."""
    return [
        Option(
            str(period.pk),
            _("An application for fieldwork: %(offer)s, from %(day)s")
            % {"offer": period.offer, "day": date_format(period.starts, "DATE_FORMAT")},
        )
        for period in _periods(user, seed)
    ]


def _periods(user: User, seed: Seed) -> list[FieldworkPeriod]:
    guest = seed.organisation
    if guest is None or not is_member(user, guest):
        return []
    return [period for period in next_periods(seed.municipality) if rules.may_apply(user, period, guest)]


def grow(user: User, seed: Seed, option: str) -> int:
    """Apply with the words as the purpose; an application that lives already is given again."""
    period = next((one for one in _periods(user, seed) if str(one.pk) == option), None)
    if period is None or seed.organisation is None:
        raise Refused(_("Choose one of the periods that are offered."))
    living = Stay.objects.filter(period=period, organisation=seed.organisation, state__in=LIVE_STATES).first()
    return living.pk if living else actions.apply(user, period, seed.organisation, seed.text).pk


def shown(user: User, keys: Iterable[int]) -> dict[int, Grown]:
    rows = Stay.objects.select_related("period__offer__department__municipality").filter(pk__in=list(keys))
    return {
        stay.pk: Grown(gettext_lazy("Fieldwork"), stay.period.offer.title, path_of_stay(stay))
        for stay in rows.order_by("pk")
        if rules.may_see_stay(user, stay)
    }


register(GrowingKind("stay", options, grow, shown))
