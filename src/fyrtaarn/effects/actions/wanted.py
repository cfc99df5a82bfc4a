"""A municipality says which effects it wants."""

from collections.abc import Iterable

from django.db import transaction

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import require
from fyrtaarn.people.models import User

from .. import rules
from ..models import Outcome, WantedEffect


@transaction.atomic
def choose_wanted(
    by: User, municipality: Municipality, *, seen: Iterable[Outcome], chosen: Iterable[Outcome]
) -> Municipality:
    """Add what was chosen and not seen as wanted, take away what was seen and not chosen.

    So two who choose at once both get their way. Raises Refused.
    """
    require(rules.may_choose_wanted(by, municipality))
    held = hold(Municipality.objects.all(), municipality.pk)
    before, after = {one.pk for one in seen}, {one.pk for one in chosen}
    for outcome in after - before:
        WantedEffect.objects.get_or_create(municipality=held, outcome_id=outcome)
    WantedEffect.objects.filter(municipality=held, outcome__in=before - after).delete()
    return held
