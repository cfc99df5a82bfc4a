"""What the pages of decisions read."""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from fyrtaarn.applications.models import Application
from fyrtaarn.areas.models import Municipality
from fyrtaarn.assessment.queries import side_by_side
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import require_found
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User
from fyrtaarn.pools.models import Duty, PoolDuty
from fyrtaarn.pools.rules import is_auditor, is_fund_manager

from ..models import Complaint, Decision, DecisionState, Hearing
from . import rules

WHOLE = (
    "application__call__pool__municipality", "application__organisation", "application__municipality",
    "application__rules", "application__contact", "drafted_by", "letter",
)  # fmt: skip


def whole_decisions() -> QuerySet[Decision]:
    return Decision.objects.select_related(*WHOLE)


def decisions_for(user: User, municipality: Municipality) -> QuerySet[Decision]:
    """Those that she drafts, decides or audits, but for what her own organisations apply for."""
    rows = whole_decisions().filter(application__municipality=municipality)
    rows = rows.exclude(application__organisation__in=[one.organisation_id for one in memberships_of(user)])
    if is_fund_manager(user, municipality) or is_auditor(user, municipality):
        return rows
    return rows.filter(application__call__pool__in=pools_to_decide(user))


def pools_to_decide(user: User) -> list[int]:
    """The pools for which she decides today."""
    today = clock.today()
    held = PoolDuty.objects.filter(Q(ends=None) | Q(ends__gt=today), user=user, duty=Duty.DECIDER, starts__lte=today)
    return list(held.order_by().values_list("pool", flat=True))


def one_decision(municipality: Municipality, pk: int) -> Decision:
    """A decision of the municipality. Raises Refused where it is not there for the reader."""
    rows = whole_decisions().filter(application__municipality=municipality)
    return require_found(rows.filter(pk=pk).first(), rules.NOT_TO_SEE)


def own_decision(user: User, pk: int) -> Decision:
    """What was decided for one of her organisations. Raises Http404."""
    teams = [one.organisation_id for one in memberships_of(user)]
    decided = (DecisionState.DECIDED, DecisionState.REVERSED)
    return get_object_or_404(whole_decisions(), pk=pk, application__organisation__in=teams, state__in=decided)


def own_hearing(user: User, pk: int) -> Hearing:
    """What one of her organisations is heard about. Raises Http404."""
    teams = [one.organisation_id for one in memberships_of(user)]
    whole = ("application__call__pool__municipality", "application__organisation", "answered_by")
    return get_object_or_404(Hearing.objects.select_related(*whole), pk=pk, application__organisation__in=teams)


def hearing_of(decision: Decision) -> Hearing | None:
    return Hearing.objects.filter(decision=decision).select_related("sent_by", "answered_by").first()


def complaints_of(decision: Decision) -> QuerySet[Complaint]:
    return Complaint.objects.filter(decision=decision).select_related("by", "answered_by").order_by("at", "pk")


def current_on(application: Application) -> Decision | None:
    """The decision on an application, but for one that fell after a complaint."""
    rows = Decision.objects.filter(application=application).exclude(state=DecisionState.REVERSED)
    return rows.select_related("application__call__pool").first()


def said_by_assessors(user: User, application: Application) -> str:
    """What the assessors have said, criterion by criterion and of the whole, to write the reasons from."""
    found = [one for one in side_by_side(user, application) if one.counts]
    criteria = list(application.rules.criteria.order_by("number"))
    paragraphs = []
    for criterion in criteria:
        said = [one.scores[criterion.pk].comment for one in found if criterion.pk in one.scores]
        if any(said):
            paragraphs.append(f"{criterion.label}: " + " ".join(filter(None, said)))
    opinions = [one.opinion for one in found if one.opinion]
    if opinions:
        paragraphs.append(_("The whole: ") + " ".join(opinions))
    return "\n".join(paragraphs)


def waiting_for_yes(user: User) -> QuerySet[Decision]:
    """Proposed decisions of the pools for which she decides, but for those that she said yes to or may not."""
    if not user.current_roles:
        return Decision.objects.none()
    today = clock.today()
    held = PoolDuty.objects.filter(Q(ends=None) | Q(ends__gt=today), user=user, duty=Duty.DECIDER, starts__lte=today)
    rows = Decision.objects.filter(
        state=DecisionState.PROPOSED, application__call__pool__in=held.order_by().values("pool")
    )
    rows = rows.exclude(yeses__by=user).exclude(second_needed=True, drafted_by=user)
    rows = rows.exclude(application__organisation__in=[one.organisation_id for one in memberships_of(user)])
    return rows.select_related("application__municipality").order_by("drafted", "pk")


def hearings_for(user: User) -> QuerySet[Hearing]:
    """What her organisations can still answer."""
    teams = [one.organisation_id for one in memberships_of(user)]
    if not teams:
        return Hearing.objects.none()
    rows = Hearing.objects.filter(application__organisation__in=teams, answered=None, due__gte=clock.today())
    return rows.select_related("application").order_by("due", "pk")
