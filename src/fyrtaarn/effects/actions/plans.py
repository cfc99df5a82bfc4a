"""Beginning a plan, and writing on it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.agreements.models import Agreement
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.versions import claim_version
from fyrtaarn.listings.models import Listing
from fyrtaarn.listings.told import told_of
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .. import rules
from ..models import MOST_OUTCOMES, Indicator, Outcome, Plan, PlannedIndicator, PlannedOutcome


@transaction.atomic
def begin(by: User, subject: Agreement | Listing | Organisation) -> Plan:
    """The subject's plan; a new one, with what has been told already, where there is none. Raises Refused."""
    require(rules.may_plan(by, subject))
    held = hold(type(subject)._default_manager.all(), subject.pk)
    about = {_field_of(subject): held}
    found = Plan.objects.filter(**about).first()
    if found is not None:
        return found
    return Plan.objects.create(**about, **_told(held), created_by=by)


def _field_of(subject: Agreement | Listing | Organisation) -> str:
    if isinstance(subject, Agreement):
        return "agreement"
    return "offer" if isinstance(subject, Listing) else "organisation"


def _told(subject: Any) -> dict[str, str]:
    """What was written of the subject elsewhere, so that nothing is typed twice."""
    if isinstance(subject, Agreement):
        return {"does": subject.goal[:1500]}
    if isinstance(subject, Listing):
        told = told_of(subject)
        return {"does": told.what[:1500], "for_whom": told.for_whom[:1500]}
    return {"does": subject.what[:1500], "for_whom": subject.for_whom[:1500]}


@transaction.atomic
def write(by: User, plan: Plan, words: Mapping[str, str], version: int) -> Plan:
    """Save some of its words. Raises Conflict when somebody else has saved since `version`."""
    current = _claimed(by, plan, version)
    for name, value in words.items():
        setattr(current, name, value)
    current.save()
    return current


@transaction.atomic
def choose_outcomes(by: User, plan: Plan, chosen: Iterable[Outcome], version: int) -> Plan:
    """Aim at these outcomes, in the order of the catalogue. Raises Refused or Conflict.

    One that has indicators stays until they are taken out, so that no work is lost by a click.
    """
    current = _claimed(by, plan, version)
    wanted = sorted(set(chosen), key=lambda outcome: outcome.place)
    if len(wanted) > MOST_OUTCOMES:
        raise Refused(_("Choose at most five. Few that you follow up on are worth more than many."))
    held = {one.outcome_id: one for one in current.outcomes.select_related("outcome").prefetch_related("indicators")}
    keys = {outcome.pk for outcome in wanted}
    for one in held.values():
        if one.outcome_id not in keys and one.indicators.all():
            raise Refused(_("Take its indicators out first: %(outcome)s.") % {"outcome": one.outcome.name})
    current.outcomes.exclude(outcome__in=keys).delete()
    taken = {one.place for one in held.values() if one.outcome_id in keys}
    free = iter(sorted(set(range(1, MOST_OUTCOMES + 1)) - taken))
    PlannedOutcome.objects.bulk_create(
        PlannedOutcome(plan=current, outcome=outcome, place=next(free)) for outcome in wanted if outcome.pk not in held
    )
    current.save()
    return current


@transaction.atomic
def plan_indicator(
    by: User, plan: Plan, indicator: Indicator, values: Mapping[str, Any], version: int
) -> PlannedIndicator:
    """Say how one of the plan's outcomes will show; the same indicator again is changed. Raises Refused or Conflict.

    What was planned under one version of the indicator keeps it.
    """
    current = _claimed(by, plan, version)
    planned = current.outcomes.filter(outcome=indicator.outcome_id).first()
    if planned is None:
        raise Refused(_("Choose the outcome first."))
    kept = planned.indicators.filter(indicator=indicator).first()
    if kept is None and indicator.withdrawn:
        raise Refused(_("This is not measured any more. Choose another indicator."))
    one = kept or PlannedIndicator(planned=planned, indicator=indicator, as_of=indicator.current)
    for name, value in values.items():
        setattr(one, name, value)
    one.save()
    current.save()
    return one


@transaction.atomic
def remove_indicator(by: User, planned: PlannedIndicator) -> Plan:
    """Take an indicator out of the plan."""
    current = hold(
        Plan.objects.select_related("agreement", "offer__organisation", "organisation"), planned.planned.plan_id
    )
    require(rules.may_change_plan(by, current))
    PlannedIndicator.objects.filter(pk=planned.pk).delete()
    current.version += 1
    current.updated = clock.now()
    current.save()
    return current


def _claimed(by: User, plan: Plan, version: int) -> Plan:
    """The plan as it is now, held. Raises Refused or Conflict."""
    current = claim_version(plan, version)
    require(rules.may_change_plan(by, current))
    current.updated = clock.now()
    return current
