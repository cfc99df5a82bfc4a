"""What the interface may show: what everybody may see, with a bounded number of queries."""

from django.db.models import Prefetch, QuerySet

from fyrtaarn.agreements.models import PUBLIC_STATES, Agreement, Party
from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.effects.models import Indicator
from fyrtaarn.effects.queries import indicators as indicators_of_today
from fyrtaarn.listings.models import Audience
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.portal.models import Challenge, ChallengeState, Solution, SolutionState


def municipalities() -> QuerySet[Municipality]:
    return Municipality.objects.order_by("pk")


def departments() -> QuerySet[Department]:
    return Department.objects.select_related("municipality").order_by("pk")


def organisations() -> QuerySet[Organisation]:
    found = Organisation.objects.filter(closed=None).select_related("home")
    return found.prefetch_related("themes", "target_groups", "goals", "districts").order_by("pk")


def challenges() -> QuerySet[Challenge]:
    found = Challenge.objects.exclude(state=ChallengeState.DRAFT).filter(audience=Audience.PUBLIC)
    return (
        found.select_related("municipality", "department")
        .prefetch_related("partners", "themes", "target_groups", "goals", "districts")
        .order_by("pk")
    )


def solutions() -> QuerySet[Solution]:
    found = Solution.objects.filter(state=SolutionState.PUBLISHED).select_related("organisation")
    return found.prefetch_related(
        "themes", "target_groups", "goals", "districts", "delivers_in", "references"
    ).order_by("pk")


def indicators() -> QuerySet[Indicator]:
    return indicators_of_today().order_by("pk")


def collaborations() -> QuerySet[Agreement]:
    parties = Prefetch("parties", Party.objects.select_related("department", "organisation"))
    found = Agreement.objects.filter(public=True, kind="collaboration", state__in=PUBLIC_STATES)
    return found.select_related("municipality").prefetch_related(parties).order_by("pk")
