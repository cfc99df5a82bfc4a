"""What the pages of the catalogue and of plans show."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from fyrtaarn.agreements.models import LIVE_STATES
from fyrtaarn.agreements.queries import agreements_of
from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.rules import require_found
from fyrtaarn.listings.models import Listing, Side
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User
from fyrtaarn.topics.models import Theme

from .models import Indicator, IndicatorVersion, Outcome, Plan, PlannedIndicator, PlannedOutcome, WantedEffect
from .rules import NOT_YOURS

MOST_OFFERED = 25


def indicators() -> QuerySet[Indicator]:
    """What can be measured today, with all that a page says of it."""
    return whole_indicators().filter(withdrawn=False, current__isnull=False)


def whole_indicators() -> QuerySet[Indicator]:
    """All indicators, withdrawn ones too."""
    return Indicator.objects.select_related("current", "outcome", "theme", "goal")


def versions_of(indicator: Indicator) -> QuerySet[IndicatorVersion]:
    """The newest first."""
    return indicator.versions.order_by("-number")


def beside(indicator: Indicator) -> QuerySet[Indicator]:
    """The other indicators of the same outcome."""
    return indicators().filter(outcome=indicator.outcome_id).exclude(pk=indicator.pk).order_by("sort_key", "pk")


def counted() -> QuerySet[Indicator, tuple[Any, ...]]:
    """Bottom line, outcome, theme and UN goal of each that can be measured today."""
    return indicators().order_by().values_list("outcome__bottom_line", "outcome", "theme", "goal")


def outcomes() -> QuerySet[Outcome]:
    """The outcomes in the order of the catalogue."""
    return Outcome.objects.order_by("place", "pk")


def wanted_by(municipality: Municipality) -> QuerySet[WantedEffect]:
    """What effect a municipality asks for."""
    return WantedEffect.objects.filter(municipality=municipality).select_related("outcome")


def wanted_with_indicators(municipality: Municipality) -> QuerySet[WantedEffect]:
    """The same, each with how it can be measured as `outcome.shown_indicators`."""
    shown = Prefetch("outcome__indicators", indicators().order_by("sort_key", "pk"), to_attr="shown_indicators")
    return wanted_by(municipality).prefetch_related(shown)


def wanted_within(municipality: Municipality, themes: QuerySet[Theme]) -> QuerySet[WantedEffect]:
    """Of what a municipality asks for, what has to do with some themes; the themes are read in the same statement."""
    about = Indicator.objects.filter(theme__in=themes.order_by().values("pk"), withdrawn=False)
    return wanted_by(municipality).filter(outcome__in=about.order_by().values("outcome"))


def plans_of(user: User) -> QuerySet[Plan]:
    """The plans that the person can write on, the latest changed first."""
    teams = [membership.organisation_id for membership in memberships_of(user)]
    mine = (
        Q(organisation__in=teams)
        | Q(offer__organisation__in=teams)
        | Q(agreement__in=agreements_of(user).order_by().prefetch_related(None).values("pk"))
    )
    return whole_plans().filter(mine)


def whole_plans() -> QuerySet[Plan]:
    """Plans with what they are about."""
    return Plan.objects.select_related("agreement", "offer__organisation", "organisation").order_by("-updated", "-pk")


def one_plan(pk: int) -> Plan:
    """One plan with what it is about. Raises Refused where the reader's database has none."""
    return require_found(whole_plans().filter(pk=pk).first(), NOT_YOURS)


def planned_outcomes(plan: Plan) -> list[PlannedOutcome]:
    """What the plan aims at, each with how it will show."""
    shown = PlannedIndicator.objects.select_related("indicator", "as_of").order_by("pk")
    rows = plan.outcomes.select_related("outcome").prefetch_related(Prefetch("indicators", shown))
    return list(rows.order_by("outcome__place", "pk"))


def unplanned(user: User) -> dict[str, list[Any]]:
    """What the person can begin a plan for, by kind: agreements in force, what her teams offer, and her teams."""
    teams = [membership.organisation for membership in memberships_of(user)]
    agreements = agreements_of(user).prefetch_related(None).filter(state__in=LIVE_STATES, effect_plan=None)
    offers = Listing.objects.filter(organisation__in=teams, side=Side.OFFERED, ended=None, effect_plan=None)
    taken = set(Plan.objects.filter(organisation__in=teams).order_by().values_list("organisation", flat=True))
    return {
        "aftale": list(agreements.order_by("-created", "-pk")[:MOST_OFFERED]),
        "loesning": list(offers.order_by("sort_key", "pk")[:MOST_OFFERED]),
        "organisation": [team for team in teams if team.pk not in taken],
    }
