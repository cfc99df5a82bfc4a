"""What the pages of the catalogue show."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from fyrtaarn.areas.models import Municipality
from fyrtaarn.topics.models import Theme

from .models import Indicator, IndicatorVersion, Outcome, WantedEffect


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
