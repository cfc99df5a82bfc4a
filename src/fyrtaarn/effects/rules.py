"""Who chooses which effects a municipality asks for, and who plans."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fyrtaarn.agreements import rules as agreement_rules
from fyrtaarn.agreements.models import Agreement
from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.rules import Verdict, allowed_if
from fyrtaarn.listings.models import Listing
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.organisations.rules import is_member
from fyrtaarn.people.models import User
from fyrtaarn.people.rules import is_administrator

from .models import Plan

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

NOT_YOURS = _("Only those whom the plan is about can see it.")


def may_choose_wanted(user: "AnyUser", municipality: Municipality) -> Verdict:
    return allowed_if(
        is_administrator(user, municipality), _("Only the municipality's own administrators can do this.")
    )


def may_see_plan(user: "AnyUser", plan: Plan) -> Verdict:
    """The parties of the agreement, or the team of the organisation that the plan is about."""
    if plan.agreement is not None:
        return agreement_rules.may_see_inside(user, plan.agreement)
    return may_plan_for(user, plan.organisation if plan.offer is None else plan.offer.organisation)


may_change_plan = may_see_plan


def may_plan_for(user: "AnyUser", organisation: Organisation | None) -> Verdict:
    """An organisation's team plans for it and for what it offers."""
    return allowed_if(organisation is not None and is_member(user, organisation), NOT_YOURS)


def may_plan(user: "AnyUser", subject: Agreement | Listing | Organisation) -> Verdict:
    """Whoever could see the plan may begin it."""
    if isinstance(subject, Agreement):
        return agreement_rules.may_see_inside(user, subject)
    return may_plan_for(user, subject if isinstance(subject, Organisation) else subject.organisation)
