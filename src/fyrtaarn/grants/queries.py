"""Reading of grants."""

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)

from fyrtaarn.applications.models import EffectGoal
from fyrtaarn.areas.models import Municipality
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User
from fyrtaarn.pools.rules import MANAGERS

from .models import (
    AnswerState,
    Demand,
    DemandState,
    Grant,
    GrantChange,
    GrantState,
    Instalment,
    InstalmentState,
    Report,
    ReportState,
    Spent,
)


@dataclass(frozen=True)
class Goal:
    """What is promised, how much, and what came of it."""

    text: str
    target: str
    came: str


def grants_in(municipality: Municipality) -> QuerySet[Grant]:
    """The municipality's grants: public facts, for everybody."""
    return Grant.objects.filter(municipality=municipality).select_related(
        "organisation", "pool", "district", "municipality"
    )


def grants_of(user: User) -> QuerySet[Grant]:
    """The grants of the person's organisations."""
    teams = [membership.organisation_id for membership in memberships_of(user)]
    return Grant.objects.filter(organisation__in=teams).select_related("organisation", "pool", "municipality")


def whole_grant() -> QuerySet[Grant]:
    """A grant with what its page and rules read."""
    return Grant.objects.select_related(
        "organisation", "pool__municipality", "municipality", "district", "agreement", "decision__application"
    )


def grants_with_all() -> QuerySet[Grant]:
    """The same with all that its page shows of it."""
    spent = Prefetch("spent", Spent.objects.select_related("line"))
    reports = Prefetch("reports", Report.objects.prefetch_related(spent))
    return whole_grant().prefetch_related("instalments", "changes", "demands", reports)


def goals_of(grant: Grant) -> list[Goal]:
    """What is promised for the grant's money, and what has come of it by its reports."""
    told = FilteredRelation("results", condition=Q(results__report__in=[report.pk for report in grant.reports.all()]))
    goals = EffectGoal.objects.filter(application=grant.decision.application_id).annotate(told=told)
    rows = goals.order_by("number", "told__pk").values_list("text", "target", "told__text")
    return [Goal(text, target, came or "") for text, target, came in rows]


def approved_unsent(municipality: Municipality) -> QuerySet[Instalment]:
    """Approved instalments that have not been handed over to the finance system."""
    found = Instalment.objects.filter(grant__municipality=municipality, state=InstalmentState.APPROVED, file=None)
    return found.select_related("grant__organisation", "grant__pool").order_by("pk")


def payable_in(municipality: Municipality) -> QuerySet[Instalment]:
    """All instalments of the municipality that may stand in a file of payments."""
    return Instalment.objects.filter(grant__municipality=municipality).select_related("grant__organisation")


@dataclass(frozen=True)
class Money:
    """How the money of a grant stands, in øre."""

    granted: int
    planned: int
    underway: int
    paid: int
    back: int


def money_of(grant: Grant) -> Money:
    """The sums of the grant's instalments and demands; waived demands are no money back."""
    states, sums = InstalmentState, dict.fromkeys(InstalmentState, 0)
    for instalment in grant.instalments.all():
        sums[InstalmentState(instalment.state)] += instalment.oere
    back = sum(demand.oere for demand in grant.demands.all() if demand.state != DemandState.WAIVED)
    planned = sums[states.PLANNED] + sums[states.ASKED]
    return Money(grant.oere, planned, sums[states.APPROVED], sums[states.PAID], back)


def paid_net(grant: Grant) -> int:
    """What can be asked back: paid instalments but for what has been asked back already, waived or not."""
    paid = grant.instalments.filter(state=InstalmentState.PAID).aggregate(sum=Sum("oere"))["sum"] or 0
    asked: int = Demand.objects.filter(grant=grant).aggregate(sum=Sum("oere"))["sum"] or 0
    return paid - asked


INSTALMENTS_ASKED = Instalment.objects.filter(grant=OuterRef("pk"), state=InstalmentState.ASKED)
CHANGES_ASKED = GrantChange.objects.filter(grant=OuterRef("pk"), state=AnswerState.ASKED)
REPORTS_SENT = Report.objects.filter(grant=OuterRef("pk"), state=ReportState.SENT)
REPORTS_TO_WRITE = Report.objects.filter(grant=OuterRef("pk"), state__in=(ReportState.DUE, ReportState.RETURNED))
DEMANDS_OPEN = Demand.objects.filter(grant=OuterRef("pk"), state=DemandState.ASKED)


def waiting_for_managers(municipality: Municipality) -> QuerySet[Grant]:
    """Grants of which something waits for those who look after the pool."""
    return grants_in(municipality).filter(_waits())


def with_something_to_do(user: User) -> QuerySet[Grant, Any]:
    """Grants of which something waits for the person, on the recipient's side (`for_recipient`) or the other one's.

    With `report_due` and `back_due`, the first days of a report to write and of money to pay back, and `report_sent`.
    """
    teams = [membership.organisation_id for membership in memberships_of(user)]
    places = [role.municipality_id for role in user.current_roles if role.kind in MANAGERS]
    if not teams and not places:
        return Grant.objects.none()
    to_write, back = REPORTS_TO_WRITE.order_by("due").values("due")[:1], DEMANDS_OPEN.order_by("due").values("due")[:1]
    own = Q(organisation__in=teams)
    rows = Grant.objects.annotate(
        for_recipient=ExpressionWrapper(own, BooleanField()),
        report_due=Case(When(state=GrantState.ACTIVE, then=Subquery(to_write))),
        back_due=Subquery(back),
        report_sent=Exists(REPORTS_SENT),
    )
    mine = own & (Q(report_due__isnull=False) | Q(back_due__isnull=False))
    return rows.filter(mine | (~own & Q(municipality__in=places) & _waits())).order_by("granted", "pk")


def _waits() -> Q:
    """Condition on a grant: an instalment, a change or a report waits for those who look after the pool."""
    return Q(Exists(REPORTS_SENT) | Exists(CHANGES_ASKED) | Exists(INSTALMENTS_ASKED), state=GrantState.ACTIVE)
