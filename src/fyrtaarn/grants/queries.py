"""Reading of grants."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from fyrtaarn.areas.models import Municipality
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User

from .models import Demand, DemandState, Grant, Instalment, InstalmentState, ReportState


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


def to_look_at(municipality: Municipality) -> QuerySet[Instalment]:
    """Instalments that the recipient asks for, the oldest day first."""
    asked = Instalment.objects.filter(grant__municipality=municipality, state=InstalmentState.ASKED)
    return asked.select_related("grant__organisation", "grant__municipality").order_by("due", "pk")


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

    @property
    def kept(self) -> int:
        """What the recipient has got and is to keep."""
        return self.paid - self.back


def money_of(grant: Grant) -> Money:
    """The sums of the grant's instalments and demands; waived demands are no money back."""
    states = InstalmentState
    sums = grant.instalments.aggregate(
        planned=Sum("oere", filter=Q(state__in=(states.PLANNED, states.ASKED))),
        underway=Sum("oere", filter=Q(state=states.APPROVED)),
        paid=Sum("oere", filter=Q(state=states.PAID)),
    )
    back = grant.demands.exclude(state=DemandState.WAIVED).aggregate(sum=Sum("oere"))["sum"]
    return Money(grant.oere, sums["planned"] or 0, sums["underway"] or 0, sums["paid"] or 0, back or 0)


def paid_net(grant: Grant) -> int:
    """What can be asked back: paid instalments but for what has been asked back already, waived or not."""
    paid = grant.instalments.filter(state=InstalmentState.PAID).aggregate(sum=Sum("oere"))["sum"] or 0
    asked: int = Demand.objects.filter(grant=grant).aggregate(sum=Sum("oere"))["sum"] or 0
    return paid - asked


REPORTS_TO_READ = Q(reports__state=ReportState.SENT)
CHANGES_TO_ANSWER = Q(changes__state="asked")
INSTALMENTS_TO_LOOK_AT = Q(instalments__state=InstalmentState.ASKED)


def waiting_for_managers(municipality: Municipality) -> QuerySet[Grant]:
    """Running grants of which something waits for those who look after the pool."""
    waiting = REPORTS_TO_READ | CHANGES_TO_ANSWER | INSTALMENTS_TO_LOOK_AT
    return grants_in(municipality).filter(waiting).distinct()
